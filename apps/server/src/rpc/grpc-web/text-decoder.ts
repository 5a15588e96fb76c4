import { Code, ConnectError } from "@connectrpc/connect";

/** Takes a body in base64 in pieces and gives its bytes. */
export interface TextDecoder64 {
  /**
   * Decodes what is complete with this piece.
   *
   * @throws ConnectError with `INVALID_ARGUMENT` for a character that isn't base64.
   */
  decode(chunk: Uint8Array): Uint8Array;
  /**
   * Takes the end of the body.
   *
   * @throws ConnectError with `INVALID_ARGUMENT` where it ends within a group of four characters.
   */
  finish(): void;
}

const legal = /^[A-Za-z0-9+/=]*$/;

/**
 * Creates the decoder of a gRPC-Web text body: base64 in one piece or in many, each padded or not, cut anywhere
 * (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md).
 */
export function createTextDecoder(): TextDecoder64 {
  let rest = "";
  return {
    decode(chunk) {
      const text = rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString("latin1");
      if (!legal.test(text)) {
        throw malformed("has a character that is not base64");
      }
      const whole = text.length - (text.length % 4);
      rest = text.slice(whole);
      const groups = text.slice(0, whole);
      return groups.includes("=") ? decodePadded(groups) : Buffer.from(groups, "base64");
    },
    finish() {
      if (rest !== "") {
        throw malformed(`ends within a group of four characters, of which ${rest.length} arrived`);
      }
    },
  };
}

/** Decodes groups of four, of which any may be padded, since each message may have been encoded by itself. */
function decodePadded(groups: string): Uint8Array {
  const parts: Buffer[] = [];
  let from = 0;
  for (let pad = groups.indexOf("="); pad !== -1; pad = groups.indexOf("=", from)) {
    const end = (Math.floor(pad / 4) + 1) * 4;
    const group = groups.slice(end - 4, end);
    if (!/^[^=]{2}(==|[^=]=)$/.test(group)) {
      throw malformed(`has padding in the middle of a group: ${group}`);
    }
    parts.push(Buffer.from(groups.slice(from, end), "base64"));
    from = end;
  }
  parts.push(Buffer.from(groups.slice(from), "base64"));
  return Buffer.concat(parts);
}

function malformed(what: string): ConnectError {
  return new ConnectError(`the body ${what}`, Code.InvalidArgument);
}
