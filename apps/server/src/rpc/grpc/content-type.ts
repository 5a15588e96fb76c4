import type { CodecName } from "../protocol.ts";

const pattern = /^application\/grpc(?:\+(proto|json))?$/;

/** Reads the codec of a gRPC request off its media type, in lower case. Undefined where that is none of ours. */
export function parseContentType(mediaType: string): CodecName | undefined {
  const match = pattern.exec(mediaType);
  return match === null ? undefined : match[1] === "json" ? "json" : "proto";
}

/** The media type of gRPC responses. */
export function contentTypeOf(codec: CodecName): string {
  return codec === "json" ? "application/grpc+json" : "application/grpc+proto";
}
