import { Code, ConnectError } from "@connectrpc/connect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTrailers, encodeStatusMessage } from "./status.ts";

describe("encodeStatusMessage()", () => {
  it.each([
    ["plain words", "plain words"],
    ["100% of it", "100%25 of it"],
    ["日本", "%E6%97%A5%E6%9C%AC"],
    ["a\r\ngrpc-status: 0", "a%0D%0Agrpc-status: 0"],
    [" edges ", "%20edges%20"],
    ["\ud800", "%EF%BF%BD"],
    ["", ""],
  ])("writes %j", (message, encoded) => {
    expect(encodeStatusMessage(message)).toBe(encoded);
  });

  it("is undone by percent-decoding, and holds visible ASCII alone", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (message) => {
        const encoded = encodeStatusMessage(message);
        expect(encoded).toMatch(/^[\x20-\x7e]*$/);
        expect(encoded.trim()).toBe(encoded);
        expect(decodeURIComponent(encoded)).toBe(message);
      }),
    );
  });
});

describe("createTrailers()", () => {
  it("adds an error's metadata to the service's own, but nothing that tells of a protocol", () => {
    const metadata = new Headers({ "x-both": "service" });
    const error = new ConnectError("no", Code.NotFound, { "x-both": "error", "grpc-status": "0", date: "x" });
    expect(createTrailers(error, metadata)).toEqual([
      "grpc-status",
      "5",
      "grpc-message",
      "no",
      "x-both",
      "service, error",
    ]);
  });

  it.each([
    ["connection", "close"],
    ["content-length", "0"],
    ["x-bell", "\x07"],
  ])("refuses the service's field %s: %j as the service's fault", (name, value) => {
    expect(() => createTrailers(undefined, new Headers({ [name]: value }))).toThrow(
      expect.objectContaining({
        code: Code.Internal,
        cause: expect.objectContaining({ message: expect.stringContaining(name) }),
      }),
    );
  });
});
