import { fromBinary, type Message } from "@bufbuild/protobuf";
import {
  isReflectList,
  isReflectMap,
  isReflectMessage,
  type ReflectMessage,
  reflect,
} from "@bufbuild/protobuf/reflect";
import type { PasteContext } from "../paste-context.ts";

/** A message, and how well it fits its type. */
export interface DecodedMessage {
  readonly message: Message;
  /** The numbers of fields that the schema lacks, here and in messages within. */
  readonly unknown: readonly number[];
  /** Whether a string has bytes that are no text. */
  readonly hasBrokenText: boolean;
}

/** Decodes bytes as one message of the method's input; undefined where they are none. Never throws. */
export function decodeMessage(bytes: Uint8Array, { method, registry }: PasteContext): DecodedMessage | undefined {
  try {
    const message = fromBinary(method.input, bytes);
    const found = { unknown: new Set<number>(), hasBrokenText: false };
    inspect(reflect(method.input, message), found, registry);
    return { message, unknown: [...found.unknown], hasBrokenText: found.hasBrokenText };
  } catch {
    return undefined;
  }
}

interface Found {
  readonly unknown: Set<number>;
  hasBrokenText: boolean;
}

/** Recursion is bounded: the library reads messages no deeper than 100. */
function inspect(message: ReflectMessage, found: Found, registry: PasteContext["registry"]): void {
  for (const { no } of message.getUnknown() ?? []) {
    if (registry.getExtensionFor(message.desc, no) === undefined) {
      found.unknown.add(no);
    }
  }
  for (const field of message.fields) {
    if (message.isSet(field)) {
      inspectValue(message.get(field), found, registry);
    }
  }
}

function inspectValue(value: unknown, found: Found, registry: PasteContext["registry"]): void {
  if (typeof value === "string") {
    found.hasBrokenText ||= value.includes("\ufffd");
  } else if (isReflectMessage(value)) {
    inspect(value, found, registry);
  } else if (isReflectList(value) || isReflectMap(value)) {
    for (const item of value.values()) {
      inspectValue(item, found, registry);
    }
  }
}
