import { type CodecName, readCodecName } from "../codec-name.ts";

/** What the media type of a gRPC request tells. */
export interface GrpcContentType {
  /** Undefined for one that we lack. */
  readonly codec: CodecName | undefined;
}

const pattern = /^application\/grpc(?:\+(.*))?$/;

/** Reads a gRPC request's media type, in lower case. Undefined where it is none. */
export function parseContentType(mediaType: string): GrpcContentType | undefined {
  const match = pattern.exec(mediaType);
  return match === null ? undefined : { codec: readCodecName(match[1] ?? "proto") };
}

/** The media type of gRPC responses. */
export function contentTypeOf(codec: CodecName): string {
  return codec === "json" ? "application/grpc+json" : "application/grpc+proto";
}
