import { Code, ConnectError } from "@connectrpc/connect";

/** The most content types that are kept, so that what peers send doesn't fill the memory. */
const maxKept = 64;
const kept = new Map<string, MediaType>();

interface MediaType {
  /** In lower case and without parameters. */
  readonly text: string;
  /** As `+proto`; empty for none, and undefined where the text is no media type. */
  readonly suffix: string | undefined;
}

const legal = /^[a-z0-9!#$&^_.-]+\/[a-z0-9!#$&^_.-]+(\+[a-z0-9!#$&^_.+-]+)?$/;

/** The media type in a content type, in lower case and without parameters (RFC 9110, section 8.3.1). */
export function mediaTypeOf(contentType: string): string {
  return read(contentType).text;
}

/**
 * The codec's suffix of a media type, as `+proto`; empty where it has none.
 *
 * @throws ConnectError with `INVALID_ARGUMENT` for a media type that is none.
 */
export function codecSuffixOf(contentType: string): string {
  const { suffix } = read(contentType);
  if (suffix === undefined) {
    throw new ConnectError("the content-type is no media type", Code.InvalidArgument);
  }
  return suffix;
}

function read(contentType: string): MediaType {
  const before = kept.get(contentType);
  if (before !== undefined) {
    return before;
  }
  const text = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const match = legal.exec(text);
  const mediaType = { text, suffix: match === null ? undefined : (match[1] ?? "") };
  if (kept.size < maxKept) {
    kept.set(contentType, mediaType);
  }
  return mediaType;
}

/** Whether a response of this content type is one of gRPC over HTTP/2. */
export function isGrpcType(contentType: string): boolean {
  const mediaType = mediaTypeOf(contentType);
  return mediaType === "application/grpc" || mediaType.startsWith("application/grpc+");
}
