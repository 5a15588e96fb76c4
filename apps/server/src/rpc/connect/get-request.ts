import { Code, ConnectError } from "@connectrpc/connect";
import { type CodecName, readCodecName } from "../codec-name.ts";

/** A unary call in a URL (https://connectrpc.com/docs/protocol#unary-get-request). */
export interface GetRequest {
  /** Undefined where the query names none of ours. */
  readonly codec: CodecName | undefined;
  /** The name of the message's compression; undefined for none. */
  readonly compression: string | undefined;
  /** The protocol's version, without the `v` that stands before it; undefined where there is none. */
  readonly version: string | undefined;
  /**
   * The message's bytes as they were sent, compressed or not.
   *
   * @throws ConnectError with `INVALID_ARGUMENT` for base64 that is none.
   */
  readMessage(): Uint8Array;
}

/** Reads the query of a GET request. */
export function readGetRequest(target: string): GetRequest {
  const query = new URLSearchParams(target.split("?", 2)[1] ?? "");
  const message = query.get("message") ?? "";
  return {
    codec: readCodecName(query.get("encoding") ?? ""),
    compression: query.get("compression") ?? undefined,
    version: /^v(.*)$/.exec(query.get("connect") ?? "")?.[1],
    readMessage: () => (query.get("base64") === "1" ? decodeBase64(message) : Buffer.from(message)),
  };
}

/** Takes both alphabets of base64 (RFC 4648, sections 4 and 5), with padding and without. */
function decodeBase64(text: string): Uint8Array {
  const { length } = text.replace(/=+$/, "");
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text) || length % 4 === 1) {
    throw new ConnectError("the query's message is not base64, though base64=1 says so", Code.InvalidArgument);
  }
  return Buffer.from(text, "base64");
}
