import { Code, ConnectError } from "@connectrpc/connect";
import { connectionFields } from "../net/connection-fields.ts";
import type { FieldList } from "../net/http-exchange.ts";

/** Fields that are HTTP's, and not a service's to set. */
const httpFields: ReadonlySet<string> = new Set([...connectionFields, "content-type"]);

/**
 * Fields by which the protocols tell of themselves, which an error's metadata may repeat from elsewhere. What encodings are
 * taken is left, since an error about them tells it.
 */
const protocolFields = new Set([
  ...httpFields,
  "connect-content-encoding",
  "connect-protocol-version",
  "connect-timeout-ms",
  "content-encoding",
  "date",
  "grpc-encoding",
  "grpc-message",
  "grpc-status",
  "grpc-status-details-bin",
  "grpc-timeout",
  "user-agent",
]);

/** Visible characters, spaces and tabs, and those beyond ASCII (RFC 9110, section 5.5). */
const legalValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Appends a service's metadata to a list of fields, with `prefix` before each name.
 *
 * @throws ConnectError with `INTERNAL` for a field that HTTP keeps for itself or can't carry. It is the service's
 * fault, and the message names it for the log.
 */
export function appendMetadata(fields: FieldList, metadata: Headers | undefined, prefix = ""): void {
  if (metadata === undefined) {
    return;
  }
  for (const [name, value] of metadata) {
    if (prefix === "" && httpFields.has(name)) {
      throw unfit(`the service set the response field ${name}, which is not metadata`);
    }
    if (!legalValue.test(value)) {
      throw unfit(`the service set the response field ${name} to a value with a control character`);
    }
    // Space at the edges is no part of a value (RFC 9110, section 5.5), and would cost HTTP/2 the field.
    fields.push(prefix + name, value.trim());
  }
}

/** Adds an error's metadata to that of the response, without what an error of another server brings along. */
export function mergeErrorMetadata(metadata: Headers | undefined, error: ConnectError): Headers | undefined {
  let merged = metadata;
  // Of an error that another server sent, the status alone is passed on.
  if (error.isWireError) {
    return merged;
  }
  for (const [name, value] of error.metadata) {
    if (!protocolFields.has(name)) {
      merged ??= new Headers();
      merged.append(name, value);
    }
  }
  return merged;
}

/**
 * Reads a request's metadata. Pseudo-fields are left out.
 *
 * @param rawHeaders names and values in turn
 * @param hidden lower-case names of fields that the service doesn't get to see
 */
export function readMetadata(rawHeaders: readonly string[], hidden: readonly string[]): Headers {
  const metadata = new Headers();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? "";
    if (!name.startsWith(":") && !hidden.includes(name.toLowerCase())) {
      metadata.append(name, rawHeaders[i + 1] ?? "");
    }
  }
  return metadata;
}

function unfit(message: string): ConnectError {
  return new ConnectError("internal error", Code.Internal, undefined, undefined, new Error(message));
}
