import { Code, ConnectError } from "@connectrpc/connect";

/** The most header fields that a block may hold. */
export const maxHeaderBlockFields = 1_024;

/** The longest header block: 256 KiB. */
export const maxHeaderBlockBytes = 262_144;

/** What gRPC allows (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests). */
const metadataName = /^[0-9a-z_.-]+$/;
const metadataValue = /^[\x20-\x7e\x80-\xff]*$/;

/** What HTTP allows beside that (RFC 9110, sections 5.5 and 5.6.2). */
const fieldName = /^[0-9a-z!#$%&'*+^_`|~.-]+$/;
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Serializes metadata as gRPC-Web writes trailers: lines of `name: value`, each ended by CR LF, with no blank line at the
 * end, one byte for each character (ISO 8859-1).
 *
 * @throws ConnectError with `INVALID_ARGUMENT` for what is no metadata, naming the field.
 */
export function serializeHeaderBlock(headers: Headers): Uint8Array<ArrayBuffer> {
  for (const [name, value] of headers) {
    assertLegalField(name, value);
  }
  return serializeHeaderFields([...headers].flat());
}

/**
 * Serializes what HTTP calls fields, in their order, repeated ones as they are.
 *
 * @param fields a name, its value, the next name, its value
 * @throws ConnectError with `INTERNAL` for a field that would break its line, naming it.
 */
export function serializeHeaderFields(fields: readonly string[]): Uint8Array<ArrayBuffer> {
  let text = "";
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i] ?? "";
    const value = fields[i + 1] ?? "";
    if (!fieldName.test(name) || !fieldValue.test(value)) {
      throw new ConnectError(`the field ${JSON.stringify(name)} can't stand in a header block`, Code.Internal);
    }
    text += `${name}: ${value}\r\n`;
  }
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    bytes[i] = text.charCodeAt(i);
  }
  return bytes;
}

/**
 * Parses a header block. A space after the colon is optional, and white space around a value is dropped; repeated names
 * are kept in order, joined by a comma as `Headers` does.
 *
 * @throws ConnectError with `INTERNAL` for a block that is not made of such lines.
 */
export function parseHeaderBlock(bytes: Uint8Array): Headers {
  const headers = new Headers();
  const fields = parseHeaderFields(bytes);
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i] ?? "";
    const value = fields[i + 1] ?? "";
    if (!fieldName.test(name) || !fieldValue.test(value)) {
      throw notALine();
    }
    headers.append(name, value);
  }
  return headers;
}

/**
 * Parses a header block to a list of names, in lower case, and values, in turn: in their order, repeated ones as they
 * are. Whether names and values are legal is for `assertLegalField` to tell.
 *
 * @throws ConnectError with `INTERNAL` for a block that is not made of lines, and with `RESOURCE_EXHAUSTED` for one that
 * has more than `maxHeaderBlockFields`.
 */
export function parseHeaderFields(bytes: Uint8Array): string[] {
  const lines = latin1(bytes).split("\r\n");
  if (lines.pop() !== "") {
    throw new ConnectError("the peer sent a header block whose last line has no end", Code.Internal);
  }
  if (lines.length > maxHeaderBlockFields) {
    throw new ConnectError(
      `the peer sent ${lines.length} header fields, where ${maxHeaderBlockFields} is the limit`,
      Code.ResourceExhausted,
    );
  }
  const fields: string[] = [];
  for (const line of lines) {
    // A pseudo-field's name begins with one.
    const colon = line.indexOf(":", 1);
    if (colon === -1) {
      throw notALine();
    }
    fields.push(line.slice(0, colon).toLowerCase(), trimSpace(line.slice(colon + 1)));
  }
  return fields;
}

/**
 * Checks a piece of metadata that is to stand in a header block.
 *
 * @throws ConnectError with `INVALID_ARGUMENT`, naming the field.
 */
export function assertLegalField(name: string, value: string): void {
  if (!metadataName.test(name)) {
    throw new ConnectError(
      `header name ${JSON.stringify(name)} is not allowed: use the letters a-z, digits, "_", "." and "-"`,
      Code.InvalidArgument,
    );
  }
  if (!metadataValue.test(value)) {
    throw new ConnectError(`header ${name} has a value with a line break or a control character`, Code.InvalidArgument);
  }
}

function notALine(): ConnectError {
  return new ConnectError("the peer sent a header line that is not of the form `name: value`", Code.Internal);
}

/** Spaces and tabs alone (RFC 9110, section 5.6.3): what else is white space to JavaScript is part of the value. */
function trimSpace(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isSpace(value.charCodeAt(start))) {
    start++;
  }
  while (end > start && isSpace(value.charCodeAt(end - 1))) {
    end--;
  }
  return value.slice(start, end);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  // In steps, because a call takes only so many arguments.
  for (let i = 0; i < bytes.byteLength; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return text;
}
