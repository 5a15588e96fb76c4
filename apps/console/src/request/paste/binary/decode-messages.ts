import type { Message } from "@bufbuild/protobuf";
import type { PasteContext } from "../paste-context.ts";
import { loss, remark } from "../paste-notes.ts";
import type { PasteNote } from "../paste-reading.ts";
import { decodeMessage } from "./decode-message.ts";
import { type Envelope, readEnvelopes } from "./read-envelopes.ts";

/** Bytes as messages of a method's input. */
export interface DecodedMessages {
  readonly messages: readonly Message[];
  /** Whether the schema knows every part of them. */
  readonly isClean: boolean;
  /** Whether each had gRPC's five bytes before it. */
  readonly isEnveloped: boolean;
  readonly notes: readonly PasteNote[];
}

/**
 * Decodes bytes as one message of the method's input, or as a number of them in gRPC's envelopes
 * (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md, "Length-Prefixed-Message"). Undefined where they are
 * neither. Never throws.
 */
export function decodeMessages(bytes: Uint8Array, context: PasteContext): DecodedMessages | undefined {
  const envelopes = readEnvelopes(bytes);
  const enveloped = envelopes && decodeEnvelopes(envelopes, context);
  if (enveloped?.isClean === true) {
    return enveloped;
  }
  const bare = decodeAll([bytes], context, []);
  return bare?.isClean === true ? bare : (enveloped ?? bare);
}

function decodeEnvelopes(envelopes: readonly Envelope[], context: PasteContext): DecodedMessages | undefined {
  const data = envelopes.filter(({ isEnd }) => !isEnd);
  const readable = data.flatMap(({ payload }) => (payload === undefined ? [] : [payload]));
  const notes = [
    remark("envelopes", { count: String(envelopes.length) }),
    ...(data.some(({ isCompressed, payload }) => isCompressed && payload !== undefined)
      ? [remark("decompressed")]
      : []),
    ...(readable.length < data.length ? [loss("compressed", { count: String(data.length - readable.length) })] : []),
    ...(data.length < envelopes.length ? [remark("trailers")] : []),
  ];
  const decoded = decodeAll(readable, context, notes);
  return decoded && { ...decoded, isEnveloped: true };
}

function decodeAll(
  payloads: readonly Uint8Array[],
  context: PasteContext,
  notes: readonly PasteNote[],
): DecodedMessages | undefined {
  const decoded = payloads.map((payload) => decodeMessage(payload, context));
  const messages = decoded.flatMap((one) => (one === undefined ? [] : [one.message]));
  if (messages.length < payloads.length) {
    return undefined;
  }
  const numbers = [...new Set(decoded.flatMap((one) => one?.unknown ?? []))];
  const { methodKind } = context.method;
  const isMany = methodKind === "client_streaming" || methodKind === "bidi_streaming";
  return {
    messages,
    isClean: numbers.length === 0 && decoded.every((one) => one?.hasBrokenText === false),
    isEnveloped: false,
    notes: [
      ...notes,
      ...(messages.length > 1 && !isMany ? [remark("manyMessages", { count: String(messages.length) })] : []),
      ...(numbers.length > 0 ? [loss("unknownFields", { numbers: numbers.slice(0, maxTold).join(", ") })] : []),
    ],
  };
}

/** The most numbers of unknown fields that are told. */
const maxTold = 20;
