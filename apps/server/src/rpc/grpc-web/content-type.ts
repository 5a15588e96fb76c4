import { type CodecName, readCodecName } from "../codec-name.ts";

/** What the media type of a gRPC-Web request tells. */
export interface WebContentType {
  /** Undefined for one that we lack. */
  readonly codec: CodecName | undefined;
  /** Whether the body is in base64 (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md). */
  readonly text: boolean;
}

const pattern = /^application\/grpc-web(-text(?:-base64)?)?(?:\+(.*))?$/;

/** Reads a gRPC-Web request's media type, in lower case. Undefined where it is none. */
export function parseContentType(mediaType: string): WebContentType | undefined {
  const match = pattern.exec(mediaType);
  return match === null ? undefined : { text: match[1] !== undefined, codec: readCodecName(match[2] ?? "proto") };
}

/** The media type of gRPC-Web responses. */
export function contentTypeOf(codec: CodecName, text: boolean): string {
  return `application/grpc-web${text ? "-text" : ""}+${codec}`;
}

/**
 * Whether the response is to be in base64: where the client accepts that, or sent it so and accepts no binary. The form
 * of the response is the client's to choose, whatever that of its request.
 *
 * @param accept the value of `accept`
 */
export function acceptsText(accept: string | undefined, requestIsText: boolean): boolean {
  if (accept?.includes("application/grpc-web-text")) {
    return true;
  }
  return requestIsText && !(accept?.includes("application/grpc-web") ?? false);
}
