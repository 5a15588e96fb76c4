import { describe, expect, test } from "vitest";
import { formatRoute, parseRoute } from "./route.ts";

describe("parseRoute()", () => {
  test.each([
    { target: "local", service: "test.demo", method: "TestTwoWayStream" },
    { target: "a/b", service: "é%", method: "#" },
  ])("reads back what formatRoute() wrote: $service", (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  test.each(["", "#", "#/", "#/local", "#/local/Greeter", "#/local/Greeter/", "#/a/b/c/d", "#local/b/c"])(
    "finds no method in %j",
    (hash) => {
      expect(parseRoute(hash)).toBeUndefined();
    },
  );

  test("keeps a broken escape as it is", () => {
    expect(parseRoute("#/local/%zz/m")).toEqual({ target: "local", service: "%zz", method: "m" });
  });
});
