/** The flag of an envelope whose payload is compressed. */
export const compressedFlag = 0b0000_0001;

/** The flag of the envelope that ends a Connect stream (https://connectrpc.com/docs/protocol/#streaming-response). */
export const connectEndFlag = 0b0000_0010;

/** The flag of the envelope that holds gRPC-Web's trailers. */
export const grpcWebTrailerFlag = 0b1000_0000;

/** The flags of an envelope that is no message. */
export const endFlags = connectEndFlag | grpcWebTrailerFlag;
