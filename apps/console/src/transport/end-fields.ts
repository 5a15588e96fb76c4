import type { HeaderFields } from "../call/call.ts";
import { grpcWebTrailerFlag } from "./envelope-flags.ts";

/**
 * The trailers in the payload of an envelope that ends a stream, as they stand there. Never throws: what can't be read is
 * left out, since whoever decodes the call tells of it.
 */
export function readEndFields(flags: number, payload: Uint8Array): HeaderFields {
  const text = new TextDecoder("latin1").decode(payload);
  return (flags & grpcWebTrailerFlag) === 0 ? connectFields(payload) : grpcWebFields(text);
}

function grpcWebFields(text: string): HeaderFields {
  return text.split("\r\n").flatMap((line) => {
    const colon = line.indexOf(":");
    return colon < 1 ? [] : [[line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const];
  });
}

function connectFields(payload: Uint8Array): HeaderFields {
  let end: unknown;
  try {
    end = JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return [];
  }
  const metadata = typeof end === "object" && end !== null && "metadata" in end ? end.metadata : undefined;
  if (typeof metadata !== "object" || metadata === null) {
    return [];
  }
  return Object.entries(metadata).flatMap(([name, values]) =>
    Array.isArray(values) ? values.map((value) => [name, String(value)] as const) : [],
  );
}

const unaryTrailerPrefix = "trailer-";

/** The trailers of a unary Connect response, which has them among its headers. */
export function unaryTrailers(headers: HeaderFields): HeaderFields {
  return headers.flatMap(([name, value]) =>
    name.startsWith(unaryTrailerPrefix) ? [[name.slice(unaryTrailerPrefix.length), value] as const] : [],
  );
}
