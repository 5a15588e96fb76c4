/** A compression that a page can write and read, by the name that the protocols give it; `deflate` is zlib's form. */
export type CompressionName = "gzip" | "deflate";

/** Every compression, the usual one first. */
export const compressionNames: readonly CompressionName[] = ["gzip", "deflate"];

/** How messages are written as JSON and read from it, in the Connect protocol with JSON; nothing of it is in Protobuf's bytes. */
export interface JsonDialect {
  /** Writes fields by their names in the schema, `user_name`, instead of `userName`. */
  readonly protoFieldNames: boolean;
  /** Writes enum values as numbers instead of names. */
  readonly enumsAsNumbers: boolean;
  /** Writes fields without presence that hold their default too, such as empty lists. */
  readonly emitDefaults: boolean;
  /** Reads over fields that the schema doesn't know; otherwise they fail the call. */
  readonly ignoreUnknownFields: boolean;
}

/** How a call is carried, beside its protocol. */
export interface CallOptions {
  /** What each request message is compressed with; undefined for none. */
  readonly requestCompression: CompressionName | undefined;
  /**
   * What the server may compress the messages of its response with. Unary calls of Connect are outside of it: for them the
   * browser asks by itself, and decompresses.
   */
  readonly acceptedCompressions: readonly CompressionName[];
  /** The longest message that is sent, in bytes before compression; up to 2^32 - 1. */
  readonly maxSentBytes: number;
  /** The longest message that is taken, in bytes, both as carried and decompressed. */
  readonly maxReceivedBytes: number;
  readonly json: JsonDialect;
}

/** Longer messages fit no envelope: 2^32 - 1 bytes. */
const maxEnvelopeBytes = 4_294_967_295;

/** What the page takes from a server where nobody says otherwise: 64 MiB. */
export const defaultMaxReceivedBytes = 67_108_864;

/** The options of a call for which nobody chose any. */
export const defaultCallOptions: CallOptions = {
  requestCompression: undefined,
  acceptedCompressions: [],
  maxSentBytes: maxEnvelopeBytes,
  maxReceivedBytes: defaultMaxReceivedBytes,
  json: { protoFieldNames: false, enumsAsNumbers: false, emitDefaults: false, ignoreUnknownFields: true },
};
