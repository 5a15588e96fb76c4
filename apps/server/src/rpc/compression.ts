import { Code, ConnectError } from "@connectrpc/connect";
import type { Compression } from "@connectrpc/connect/protocol";

/** Which compressions a call uses. */
export interface CompressionChoice {
  /** That of the request's messages; undefined for none. */
  readonly request: Compression | undefined;
  /** That of the response's messages; undefined for none. */
  readonly response: Compression | undefined;
}

/** Chooses by the values of two request fields; an absent one is undefined. */
export type ChooseCompression = (encoding: string | undefined, acceptEncoding: string | undefined) => CompressionChoice;

const none: CompressionChoice = { request: undefined, response: undefined };

const maxQuoted = 50;

/** The most choices that are kept, so that what clients send doesn't fill the memory. */
const maxKept = 64;

/**
 * Creates the choice among available compressions, the best-liked first. A client that names none that it takes gets
 * the one it uses, as gRPC's compression document has it (https://github.com/grpc/grpc/blob/master/doc/compression.md).
 *
 * @param acceptField the field in which an error tells what would be taken
 * @returns a function that throws ConnectError with `UNIMPLEMENTED` for an encoding that isn't available
 */
export function createChooseCompression(available: readonly Compression[], acceptField: string): ChooseCompression {
  const byAccepted = new Map<string, Compression | undefined>();
  const find = (name: string) => available.find((one) => one.name === name);
  function accepted(list: string): Compression | undefined {
    if (byAccepted.has(list)) {
      return byAccepted.get(list);
    }
    const found = list
      .split(",")
      .map((name) => find(name.trim()))
      .find((one) => one !== undefined);
    if (byAccepted.size < maxKept) {
      byAccepted.set(list, found);
    }
    return found;
  }
  return (encoding, acceptEncoding) => {
    if (encoding === undefined && acceptEncoding === undefined) {
      return none;
    }
    const request = encoding === undefined || encoding === "identity" ? undefined : find(encoding);
    if (request === undefined && encoding !== undefined && encoding !== "identity") {
      const names = available.map(({ name }) => name).join(",");
      const asked = JSON.stringify(encoding.slice(0, maxQuoted));
      const message = `the compression ${asked} is not available: there is ${names || "none"}`;
      throw new ConnectError(message, Code.Unimplemented, { [acceptField]: names });
    }
    const response = acceptEncoding === undefined || acceptEncoding === "" ? request : accepted(acceptEncoding);
    return { request, response };
  };
}
