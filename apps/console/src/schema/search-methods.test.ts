import { describe, expect, it } from "vitest";
import { searchMethods } from "./search-methods.ts";
import { findMethod, serviceGroups } from "./service-catalog.ts";

const services = serviceGroups.flatMap((group) => group.services);

function names(query: string): string[] {
  return searchMethods(services, query).map(({ parent, name }) => `${parent.typeName}/${name}`);
}

describe("searchMethods()", () => {
  it("answers every method for a blank query", () => {
    expect(names(" ")).toHaveLength(services.reduce((sum, { methods }) => sum + methods.length, 0));
  });

  it("finds a substring in any case", () => {
    expect(names("HELLOJ")).toEqual(["test.demo/hellojlc"]);
  });

  it("finds initials", () => {
    expect(names("sh")[0]).toBe("Greeter/SayHello");
    expect(names("ttws")).toEqual(["test.demo/TestTwoWayStream"]);
  });

  it("ranks an exact method name above a service's name", () => {
    expect(names("test")[0]).toBe("Greeter/Test");
  });

  it("needs every word", () => {
    expect(names("article detail")).toEqual(["ArticleService/ArticleDetail"]);
    expect(names("article hello")).toEqual([]);
  });

  it("takes a path as it stands", () => {
    expect(names("test.demo/hellojlc")).toEqual(["test.demo/hellojlc"]);
  });
});

describe("findMethod()", () => {
  it("finds a method by its service's full name", () => {
    expect(findMethod("test.demo", "hellojlc")?.name).toBe("hellojlc");
  });

  it("answers undefined for what nobody has", () => {
    expect(findMethod("test.demo", "nothing")).toBeUndefined();
    expect(findMethod("constructor", "toString")).toBeUndefined();
  });
});
