import { Code, ConnectError } from "@connectrpc/connect";
import { connectionFields } from "../../net/connection-fields.ts";

/** Names as gRPC allows them (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests). */
const legalName = /^[0-9a-z_.-]+$/;

/** Visible characters, spaces, tabs, and bytes beyond ASCII, without space at the edges (RFC 9110, section 5.5). */
const legalValue = /^(?![\t ])[\t\x20-\x7e\x80-\xff]*(?<![\t ])$/;

/** Names that metadata may have, though `grpc-` is the protocol's. */
const passedGrpcNames: ReadonlySet<string> = new Set([
  "grpc-encoding",
  "grpc-message-type",
  "grpc-previous-rpc-attempts",
  "grpc-tags-bin",
  "grpc-trace-bin",
]);

/** Fields that end at each server on the way. */
const hopFields: ReadonlySet<string> = new Set([
  ...connectionFields,
  "expect",
  "proxy-authenticate",
  "proxy-authorization",
]);

/** The prefix of this program's own fields. */
export const ownPrefix = "x-switchboard-";

/** Whether a field of this lower-case name belongs to a connection, and so ends at each server on the way. */
export function isConnectionName(name: string): boolean {
  return hopFields.has(name);
}

/** Whether the name is one that gRPC keeps for itself and that no client may set. */
export function isReservedName(name: string): boolean {
  return name.startsWith("grpc-") && !passedGrpcNames.has(name);
}

/** Whether the name is one that metadata may have, be it reserved or not. */
export function isLegalName(name: string): boolean {
  return legalName.test(name);
}

/**
 * Checks a piece of metadata that somebody typed, as in the page or in a target's settings: everything that would not
 * reach the server as it is.
 *
 * @throws ConnectError with `INVALID_ARGUMENT`, naming the key, never the value.
 */
export function assertMetadata(name: string, value: string): void {
  assertName(name);
  assertNotOfConnection(name);
  if (name === "content-type") {
    throw fieldOfHttp(name);
  }
  if (name.startsWith(ownPrefix)) {
    throw unfit(name, `begins with ${ownPrefix}, which the gateway keeps for itself`);
  }
  if (isReservedName(name)) {
    throw unfit(name, "begins with grpc-, which the protocol keeps for itself");
  }
  assertMetadataValue(name, value);
}

/**
 * Checks a value of metadata.
 *
 * @throws ConnectError with `INVALID_ARGUMENT`, naming the key.
 */
export function assertMetadataValue(name: string, value: string): void {
  if (!legalValue.test(value)) {
    throw unfit(
      name,
      "has a value with a line break, a control character, a character beyond ISO 8859-1 or space at its edge; " +
        "encode it, for example with a name that ends in -bin",
    );
  }
}

/** The error for a name that gRPC or the gateway keeps for itself. */
export function reservedName(name: string): ConnectError {
  return unfit(name, "begins with grpc-, which the protocol keeps for itself");
}

/**
 * Checks that a name is one that metadata may have.
 *
 * @throws ConnectError with `INVALID_ARGUMENT`, naming the key.
 */
export function assertName(name: string): void {
  if (name.startsWith(":")) {
    throw unfit(name, "is a pseudo-field of HTTP/2, which the gateway sets");
  }
  if (!legalName.test(name)) {
    throw unfit(name, 'is no name: use a-z, digits, "_", "." and "-"');
  }
}

/**
 * Checks that a name, in lower case, is none of a field that belongs to a connection.
 *
 * @throws ConnectError with `INVALID_ARGUMENT`, naming the key.
 */
export function assertNotOfConnection(name: string): void {
  if (isConnectionName(name)) {
    throw fieldOfHttp(name);
  }
}

function fieldOfHttp(name: string): ConnectError {
  return unfit(name, "is a field of HTTP itself, which the gateway sets");
}

const maxQuoted = 100;

function unfit(name: string, why: string): ConnectError {
  return new ConnectError(`the metadata ${JSON.stringify(name.slice(0, maxQuoted))} ${why}`, Code.InvalidArgument);
}
