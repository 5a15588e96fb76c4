import { type CallOptions, type CompressionName, compressionNames } from "../call/call-options.ts";

/** The header fields by which a protocol tells of compression. */
export interface CompressionFields {
  /** Names the compression, in requests and in responses. */
  readonly encoding: string;
  /** Lists what the client reads; undefined where the browser says that by itself. */
  readonly acceptEncoding: string | undefined;
}

/** Unary calls of Connect leave compression to HTTP (https://connectrpc.com/docs/protocol/#unary-request). */
export const connectUnaryFields: CompressionFields = { encoding: "content-encoding", acceptEncoding: undefined };

/** Streams of Connect (https://connectrpc.com/docs/protocol/#streaming-request). */
export const connectStreamFields: CompressionFields = {
  encoding: "connect-content-encoding",
  acceptEncoding: "connect-accept-encoding",
};

/** gRPC and gRPC-Web (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests). */
export const grpcFields: CompressionFields = { encoding: "grpc-encoding", acceptEncoding: "grpc-accept-encoding" };

/** What of a call's options is about compression. */
export type CompressionOptions = Pick<CallOptions, "requestCompression" | "acceptedCompressions">;

/** Tells the server of a request's compression and of what may be in its response. Says nothing where nothing was chosen. */
export function setCompressionFields(
  header: Headers,
  { encoding, acceptEncoding }: CompressionFields,
  { requestCompression, acceptedCompressions }: CompressionOptions,
): void {
  if (requestCompression !== undefined) {
    header.set(encoding, requestCompression);
  }
  if (acceptEncoding !== undefined && (requestCompression !== undefined || acceptedCompressions.length > 0)) {
    // Left out, it would mean the request's own.
    header.set(acceptEncoding, acceptedCompressions.join(",") || "identity");
  }
}

/** How a response's messages may be compressed. */
export interface ResponseCompression {
  /** What the server named, as it stands there; undefined for none. */
  readonly named: string | undefined;
  /** The compression to read; undefined where the server named none, or one that it was not asked for. */
  readonly name: CompressionName | undefined;
}

/** Reads what a response's header says of compression. */
export function readResponseCompression(
  header: Headers,
  { encoding }: CompressionFields,
  { requestCompression, acceptedCompressions }: CompressionOptions,
): ResponseCompression {
  const named = header.get(encoding)?.trim();
  if (named === undefined || named === "" || named === "identity") {
    return { named: undefined, name: undefined };
  }
  const isAsked = (name: CompressionName) => name === requestCompression || acceptedCompressions.includes(name);
  return { named, name: compressionNames.find((name) => name === named && isAsked(name)) };
}
