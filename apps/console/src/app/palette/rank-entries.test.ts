import { describe, expect, test } from "vitest";
import type { PaletteEntry } from "./palette-entry.ts";
import { rankEntries } from "./rank-entries.ts";

const entry = (title: string, detail = ""): PaletteEntry => ({
  id: `method:${detail}/${title}`,
  kind: "method",
  title,
  detail,
  run: () => undefined,
});

const entries = [
  entry("SayHello", "local Greeter"),
  entry("hellojlc", "local test.demo"),
  entry("ArticleList", "local ArticleService"),
  entry("Send, open a stream"),
];

const titles = (query: string, usage: Readonly<Record<string, number>> = {}) =>
  rankEntries(entries, query, (id) => usage[id] ?? 0).map(({ title }) => title);

describe("rankEntries()", () => {
  test("puts a beginning before initials and a part", () => {
    expect(titles("hello")).toEqual(["hellojlc", "SayHello"]);
    expect(titles("sh")).toEqual(["SayHello"]);
  });

  test("asks every word to be found, in title or detail", () => {
    expect(titles("greeter hello")).toEqual(["SayHello"]);
    expect(titles("article list")).toEqual(["ArticleList"]);
    expect(titles("article nothing")).toEqual([]);
  });

  test("moves up what was used more", () => {
    expect(titles("hello", { "method:local Greeter/SayHello": 8 })).toEqual(["SayHello", "hellojlc"]);
  });

  test("lists everything for a blank query, the most used first and the rest in its own order", () => {
    expect(titles("  ", { "method:local ArticleService/ArticleList": 3 })).toEqual([
      "ArticleList",
      "SayHello",
      "hellojlc",
      "Send, open a stream",
    ]);
  });

  test("never lets use outrank a whole name by its detail alone", () => {
    expect(titles("articlelist", { "method:local Greeter/SayHello": 1_000 })).toEqual(["ArticleList"]);
  });
});
