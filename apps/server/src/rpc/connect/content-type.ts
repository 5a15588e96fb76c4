import { type CodecName, readCodecName } from "../codec-name.ts";

/** What the media type of a Connect request tells. */
export interface ConnectContentType {
  /** Undefined for one that we lack. */
  readonly codec: CodecName | undefined;
  /** Whether messages have a length prefix, as all but those of unary methods do. */
  readonly stream: boolean;
}

const streamPattern = /^application\/connect\+(.*)$/;
const unaryPattern = /^application\/(proto|json)$/;

/** Reads a Connect request's media type, in lower case. Undefined where it is none. */
export function parseContentType(mediaType: string): ConnectContentType | undefined {
  const stream = streamPattern.exec(mediaType)?.[1];
  if (stream !== undefined) {
    return { stream: true, codec: readCodecName(stream) };
  }
  const unary = unaryPattern.exec(mediaType)?.[1];
  return unary === undefined ? undefined : { stream: false, codec: readCodecName(unary) };
}

/** The media type of Connect responses. */
export function contentTypeOf(codec: CodecName, stream: boolean): string {
  return stream ? `application/connect+${codec}` : `application/${codec}`;
}
