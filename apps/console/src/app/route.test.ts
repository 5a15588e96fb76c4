import { describe, expect, test } from "vitest";
import { formatRoute, parseRoute } from "./route.ts";

describe("parseRoute()", () => {
  test.each([
    { target: "local", service: "test.demo", method: "TestTwoWayStream" },
    { target: "a/b", service: "é%", method: "#" },
  ])("reads back the method that formatRoute() wrote: $service", (method) => {
    const route = { target: method.target, method };
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  test("reads back the target that formatRoute() wrote", () => {
    const route = { target: "staging 1/2", method: undefined };
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  test.each(["", "#", "#/", "#/local/", "#/local/Greeter", "#/local/Greeter/", "#/a/b/c/d", "#local/b/c"])(
    "finds nothing in %j",
    (hash) => {
      expect(parseRoute(hash)).toBeUndefined();
    },
  );

  test("keeps a broken escape as it is", () => {
    expect(parseRoute("#/local/%zz/m")?.method).toEqual({ target: "local", service: "%zz", method: "m" });
  });
});
