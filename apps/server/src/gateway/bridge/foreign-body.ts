import { ConnectError } from "@connectrpc/connect";
import type { UpstreamHead } from "../upstream/upstream.ts";
import { codeOfHttpStatus } from "./code-of-http-status.ts";
import { findField } from "./response-fields.ts";

/** The most that an error quotes of an answer in no protocol of ours, in bytes. */
export const maxExcerptBytes = 16_384;

const maxQuotedType = 100;

/** The body of an answer that a proxy or a web server gave in the server's place. */
export interface ForeignBody {
  /** Takes a piece of it. True once there is enough. */
  add(chunk: Uint8Array): boolean;
  /** The error for the answer, with what it says in quotes: it is somebody else's text. */
  toError(): ConnectError;
}

/** Creates what collects the beginning of such a body, for a person to read. */
export function createForeignBody({ status, fields }: UpstreamHead): ForeignBody {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  return {
    add(chunk) {
      const piece = chunk.subarray(0, maxExcerptBytes - bytes);
      pieces.push(piece);
      bytes += piece.byteLength;
      return bytes === maxExcerptBytes;
    },
    toError() {
      const type = findField(fields, "content-type");
      const typed = type === undefined ? "no content-type" : `content-type ${quote(type.slice(0, maxQuotedType))}`;
      const text = Buffer.concat(pieces).toString("utf8");
      const said = text === "" ? "" : `; it says ${quote(text)}`;
      return new ConnectError(
        `the server answered with HTTP ${status} and ${typed} in the place of gRPC${said}`,
        codeOfHttpStatus(status),
      );
    },
  };
}

function quote(text: string): string {
  return JSON.stringify(text);
}
