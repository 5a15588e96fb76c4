import type { CodecName } from "../protocol.ts";

/** What the media type of a Connect request tells. */
export interface ConnectContentType {
  readonly codec: CodecName;
  /** Whether messages have a length prefix, as all but those of unary methods do. */
  readonly stream: boolean;
}

const pattern = /^application\/(connect\+)?(proto|json)$/;

/** Reads a Connect request's media type, in lower case. Undefined where that is none of ours. */
export function parseContentType(mediaType: string): ConnectContentType | undefined {
  const match = pattern.exec(mediaType);
  return match === null ? undefined : { stream: match[1] !== undefined, codec: match[2] === "json" ? "json" : "proto" };
}

/** The media type of Connect responses. */
export function contentTypeOf(codec: CodecName, stream: boolean): string {
  return stream ? `application/connect+${codec}` : `application/${codec}`;
}
