import {
  type BinaryReadOptions,
  type BinaryWriteOptions,
  create,
  type DescMessage,
  fromBinary,
  fromJsonString,
  type Message,
  type MessageInitShape,
  toBinary,
  toJsonString,
} from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { answerTooLong, messageTooLong } from "./message-limit.ts";
import type { JsonOptions } from "./protocol.ts";

/** Reads and writes the messages of one method in one format. */
export interface MessageCodec {
  /**
   * Reads a request's message.
   *
   * @throws ConnectError with `INTERNAL` for malformed binary and `INVALID_ARGUMENT` for malformed JSON, as Connect has
   * it.
   */
  parse(bytes: Uint8Array): Message;
  /**
   * Writes a response's message, or what one can be made of.
   *
   * @throws ConnectError with `INTERNAL` for a value that isn't the method's, and `RESOURCE_EXHAUSTED` for one too
   * long.
   */
  serialize(message: MessageInitShape<DescMessage>): Uint8Array;
}

/** What `createMessageCodecs` needs. */
export interface MessageCodecOptions {
  readonly input: DescMessage;
  readonly output: DescMessage;
  readonly binaryOptions: Partial<BinaryReadOptions & BinaryWriteOptions> | undefined;
  /** Unknown fields are ignored unless `ignoreUnknownFields` is false. */
  readonly jsonOptions: JsonOptions | undefined;
  /** The longest message to read, in bytes. */
  readonly readMaxBytes: number;
  /** The longest message to write, in bytes. */
  readonly writeMaxBytes: number;
}

/** Creates both codecs of a method. */
export function createMessageCodecs(options: MessageCodecOptions): {
  readonly proto: MessageCodec;
  readonly json: MessageCodec;
} {
  const { input, output, binaryOptions, readMaxBytes, writeMaxBytes } = options;
  const jsonOptions = { ignoreUnknownFields: true, ...options.jsonOptions };
  const decoder = new TextDecoder();
  const bounded = (parse: MessageCodec["parse"], write: (message: Message) => Uint8Array): MessageCodec => ({
    parse(bytes) {
      // A message without a prefix, or one that was compressed, may be too long though its envelope wasn't.
      if (bytes.byteLength > readMaxBytes) {
        throw messageTooLong(bytes.byteLength, readMaxBytes);
      }
      return parse(bytes);
    },
    serialize(message) {
      let bytes: Uint8Array;
      try {
        bytes = write(create(output, message));
      } catch (thrown) {
        throw new ConnectError("internal error", Code.Internal, undefined, undefined, thrown);
      }
      if (bytes.byteLength > writeMaxBytes) {
        throw answerTooLong(bytes.byteLength, writeMaxBytes);
      }
      return bytes;
    },
  });
  return {
    proto: bounded(
      (bytes) => {
        try {
          return fromBinary(input, bytes, binaryOptions);
        } catch (thrown) {
          throw malformed(thrown, Code.Internal);
        }
      },
      (message) => toBinary(output, message, binaryOptions),
    ),
    json: bounded(
      (bytes) => {
        try {
          return fromJsonString(input, decoder.decode(bytes), jsonOptions);
        } catch (thrown) {
          throw malformed(thrown, Code.InvalidArgument);
        }
      },
      (message) => Buffer.from(toJsonString(output, message, jsonOptions)),
    ),
  };
}

function malformed(thrown: unknown, code: Code): ConnectError {
  return new ConnectError(thrown instanceof Error ? thrown.message : String(thrown), code);
}
