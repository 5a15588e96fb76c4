import { Code, ConnectError } from "@connectrpc/connect";
import type { HeaderFields } from "./call.ts";

/** Why a metadata field can't be sent. */
export type MetadataFault =
  /** Not made of `a-z`, `0-9`, `_`, `.` and `-` alone (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md). */
  | "badName"
  /** The protocol or the browser sets it itself. */
  | "reservedName"
  /** Holds something else than printable ASCII. */
  | "badValue"
  /** The name ends with `-bin`, and the value isn't base64. */
  | "badBase64";

const legalName = /^[0-9a-z_.-]+$/;
const printable = /^[\x20-\x7e]*$/;
const base64Alphabet = /^[A-Za-z0-9+/]*$/;

/** Fields that belong to the protocols, and those that a browser won't let a page set (https://fetch.spec.whatwg.org/). */
const reservedNames: ReadonlySet<string> = new Set([
  ...["accept", "accept-charset", "accept-encoding", "connection", "content-encoding", "content-length"],
  ...["content-type", "cookie", "cookie2", "date", "dnt", "expect", "host", "http2-settings", "keep-alive"],
  ...[
    "origin",
    "permissions-policy",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
  ],
  ...["via", "x-grpc-web", "x-user-agent", "x-switchboard-token"],
]);
const reservedPrefixes = ["grpc-", "connect-", "access-control-", "proxy-", "sec-", ":"];

/** Whether a name in lower case has only the characters that gRPC allows. */
export function isLegalName(name: string): boolean {
  return legalName.test(name);
}

/** Whether the protocols or the browser set the field of this name, in lower case, themselves. */
export function isReservedName(name: string): boolean {
  return reservedNames.has(name) || reservedPrefixes.some((prefix) => name.startsWith(prefix));
}

/** Whether a value is printable ASCII. */
export function isPrintable(value: string): boolean {
  return printable.test(value);
}

/** Whether a text is base64 in the standard alphabet, with or without padding. */
export function isBase64(text: string): boolean {
  const unpadded = text.replace(/={1,2}$/, "");
  return base64Alphabet.test(unpadded) && unpadded.length % 4 !== 1;
}

/** What is wrong with a metadata field; undefined where it can be sent. Case makes no difference in names. */
export function metadataFault(name: string, value: string): MetadataFault | undefined {
  const lower = name.toLowerCase();
  if (isReservedName(lower)) {
    return "reservedName";
  }
  if (!isLegalName(lower)) {
    return "badName";
  }
  if (!isPrintable(value)) {
    return "badValue";
  }
  return lower.endsWith("-bin") && !isBase64List(value) ? "badBase64" : undefined;
}

function isBase64List(value: string): boolean {
  return value.split(",").every((part) => isBase64(part.trim()));
}

const explanations: Readonly<Record<MetadataFault, string>> = {
  badName: "has a name that is not made of letters, digits, `_`, `.` and `-`",
  reservedName: "has a name that the protocol or the browser sets itself",
  badValue: "has a value that is not printable ASCII; use a name that ends with `-bin` and base64",
  badBase64: "has a name that ends with `-bin`, so that its value must be base64",
};

/**
 * Makes request headers of metadata.
 *
 * @throws ConnectError with `INVALID_ARGUMENT`, naming the first field that can't be sent
 */
export function metadataToHeaders(fields: HeaderFields): Headers {
  const headers = new Headers();
  for (const [name, value] of fields) {
    const fault = metadataFault(name, value);
    if (fault !== undefined) {
      throw new ConnectError(`the metadata field ${JSON.stringify(name)} ${explanations[fault]}`, Code.InvalidArgument);
    }
    headers.append(name, value);
  }
  return headers;
}
