import { base64Decode } from "@bufbuild/protobuf/wire";
import { describe, expect, it } from "vitest";
import { imageType } from "./image-type.ts";

describe("imageType()", () => {
  it.each([
    ["iVBORw0KGgoAAAAN", "image/png"],
    ["/9j/4AAQ", "image/jpeg"],
    ["R0lGODlhAQAB", "image/gif"],
    ["UklGRiIAAABXRUJQVlA4", "image/webp"],
  ])("knows %s", (base64, type) => {
    expect(imageType(base64Decode(base64))).toBe(type);
  });

  it("takes nothing else for an image", () => {
    expect(imageType(new Uint8Array())).toBeUndefined();
    expect(imageType(new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg'/>"))).toBeUndefined();
    expect(imageType(new TextEncoder().encode("RIFF____WAVE"))).toBeUndefined();
    expect(imageType(Uint8Array.of(0x89, 0x50))).toBeUndefined();
  });
});
