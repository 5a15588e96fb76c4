import { Code, ConnectError } from "@connectrpc/connect";

/** The most header fields that a block may hold: 128, as Node's HTTP/2 allows. */
export const maxHeaderBlockFields = 128;

const legalName = /^[0-9a-z_.-]+$/;
const legalValue = /^[\x20-\x7e\x80-\xff]*$/;

/**
 * Serializes headers as gRPC-Web writes trailers: lines of `name: value`, each ended by CR LF, with no blank line at the
 * end, one byte for each character (ISO 8859-1). Fields whose name or value could forge another line are refused.
 *
 * @throws ConnectError with `INVALID_ARGUMENT`, naming the field.
 */
export function serializeHeaderBlock(headers: Headers): Uint8Array<ArrayBuffer> {
  let text = "";
  for (const [name, value] of headers) {
    assertLegalField(name, value);
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
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (colon < 1 || !legalName.test(name) || !legalValue.test(value)) {
      throw new ConnectError("the peer sent a header line that is not of the form `name: value`", Code.Internal);
    }
    headers.append(name, value);
  }
  return headers;
}

function assertLegalField(name: string, value: string): void {
  if (!legalName.test(name)) {
    throw new ConnectError(
      `header name ${JSON.stringify(name)} is not allowed: use the letters a-z, digits, "_", "." and "-"`,
      Code.InvalidArgument,
    );
  }
  if (!legalValue.test(value)) {
    throw new ConnectError(`header ${name} has a value with a line break or a control character`, Code.InvalidArgument);
  }
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  // In steps, because a call takes only so many arguments.
  for (let i = 0; i < bytes.byteLength; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return text;
}
