import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { maxUploadBytes, maxUploadFiles, readUpload, type UploadFile } from "./upload.ts";

function file(
  path: string,
  content: string | Uint8Array<ArrayBuffer> = 'syntax = "proto3";',
  size?: number,
): UploadFile {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return { path, size: size ?? bytes.byteLength, read: async () => bytes };
}

function zip(contents: Record<string, string>): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(contents).map(([path, text]) => [path, new TextEncoder().encode(text)] as const);
  return new Uint8Array(zipSync(Object.fromEntries(entries)));
}

async function paths(files: readonly UploadFile[]) {
  const upload = await readUpload(files);
  return upload.kind === "protoFiles" ? [upload.label, ...upload.files.map(({ path }) => path)] : upload;
}

describe("readUpload()", () => {
  test("takes the proto files of a folder, by their paths", async () => {
    const files = [file("apis/a/x.proto"), file("apis/b.proto"), file("apis/README.md"), file("apis/.git/y.proto")];
    expect(await paths(files)).toEqual(["apis", "apis/a/x.proto", "apis/b.proto"]);
  });

  test("takes single files by their names", async () => {
    expect(await paths([file("x.proto")])).toEqual(["x.proto", "x.proto"]);
    expect(await paths([file("x.proto"), file("y.proto")])).toEqual(["x.proto, …", "x.proto", "y.proto"]);
  });

  test("unpacks the proto files of a zip", async () => {
    const packed = zip({ "apis/x.proto": "1", "apis/image.png": "2", "__MACOSX/apis/._x.proto": "3" });
    expect(await paths([file("apis.zip", packed)])).toEqual(["apis.zip", "apis/x.proto"]);
  });

  test("takes a descriptor set as it is", async () => {
    const content = new Uint8Array([1, 2]);
    expect(await readUpload([file("dir/all.binpb", content)])).toEqual({
      kind: "descriptors",
      label: "all.binpb",
      content,
    });
  });

  test.each([
    ["nothing", [file("README.md")]],
    ["nothing", [file("empty.zip", zip({ "a.txt": "" }))]],
    ["mixed", [file("a.zip"), file("b.zip")]],
    ["badZip", [file("a.zip", "this is no zip")]],
    ["tooLarge", [file("a.proto", "", maxUploadBytes), file("b.proto", "", 1)]],
    ["tooLarge", [file("a.zip", "", maxUploadBytes + 1)]],
    ["tooLarge", [file("bomb.zip", zip({ "a.proto": " ".repeat(maxUploadBytes + 1) }))]],
    ["tooMany", Array.from({ length: maxUploadFiles + 1 }, (_, i) => file(`${i}.proto`, ""))],
  ] as const)("refuses %s", async (reason, files) => {
    expect(await readUpload(files)).toEqual({ kind: "refused", reason });
  });
});
