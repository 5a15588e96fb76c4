import { setImmediate as nextTurn } from "node:timers/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { parseSchemaFile } from "../files/schema-file.ts";
import { splitDescriptorSet } from "../split-descriptor-set.ts";
import type { CompileResult } from "./compile-proto-files.ts";
import { errorWithoutPlace } from "./proto-file.ts";

/** How much is parsed before others get their turn, in bytes. */
const bytesPerTurn = 262_144;

/**
 * Takes a serialized `google.protobuf.FileDescriptorSet` or buf image, which has the same form, also in gzip, apart.
 *
 * @param maxBytes the largest set, in bytes
 */
export async function readDescriptorSet(bytes: Uint8Array, maxBytes: number): Promise<CompileResult> {
  const set = await unpack(bytes, maxBytes);
  if (set === undefined || set.length > maxBytes) {
    return failed(`the descriptor set has more than ${maxBytes} bytes, or is broken gzip; choose a smaller one`);
  }
  try {
    const files = splitDescriptorSet(set);
    let parsed = 0;
    for (const file of files) {
      // A set without a name in every file is most likely some other message.
      if (parseSchemaFile(file).proto.name === "") {
        throw new Error("a file without a name");
      }
      parsed += file.length;
      if (parsed > bytesPerTurn) {
        parsed = 0;
        await nextTurn();
      }
    }
    return files.length === 0 ? failed("the descriptor set has no files") : { kind: "compiled", files, notes: [] };
  } catch {
    return failed(
      "it is no serialized google.protobuf.FileDescriptorSet or buf image; make one by `buf build -o schema.binpb`",
    );
  }
}

/** The first bytes of gzip; no descriptor set begins with them. See RFC 1952. */
const gzipMagic = [0x1f, 0x8b];

async function unpack(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array | undefined> {
  if (!gzipMagic.every((byte, index) => bytes[index] === byte)) {
    return bytes;
  }
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: maxBytes });
  } catch {
    return undefined;
  }
}

function failed(message: string): CompileResult {
  return { kind: "failed", errors: [errorWithoutPlace(message)] };
}
