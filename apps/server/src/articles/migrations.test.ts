import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { migrate } from "./migrations.ts";

const steps = ["CREATE TABLE a (x)", "INSERT INTO a VALUES (1)"];

function versionOf(database: DatabaseSync): unknown {
  return database.prepare("PRAGMA user_version").get()?.user_version;
}

describe("migrate()", () => {
  test("runs every step once, whatever the version it begins at", () => {
    using database = new DatabaseSync(":memory:");
    migrate(database, steps.slice(0, 1));
    expect(versionOf(database)).toBe(1);
    migrate(database, steps);
    migrate(database, steps);
    expect(versionOf(database)).toBe(2);
    expect(database.prepare("SELECT count(*) AS n FROM a").get()).toEqual({ n: 1 });
  });

  test("leaves the version and the tables as they were when a step fails", () => {
    using database = new DatabaseSync(":memory:");
    expect(() => migrate(database, [...steps, "CREATE TABLE b (x); SELECT nonsense"])).toThrow("nonsense");
    expect(versionOf(database)).toBe(2);
    expect(() => database.prepare("SELECT * FROM b")).toThrow("no such table");
  });

  test("refuses a version that it doesn't know", () => {
    using database = new DatabaseSync(":memory:");
    database.exec("PRAGMA user_version = 3");
    expect(() => migrate(database, steps)).toThrow("schema version 3, and this program knows versions up to 2");
  });
});
