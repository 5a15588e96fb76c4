import type { WireProtocol } from "../../call/wire-protocol.ts";
import type { TextFaultKind } from "./text-format/text-fault.ts";

/** What a pasted text was taken for: a key of the language catalogues under `paste.kind`. */
export type PasteKind = "json" | "text-format" | "hex" | "base64" | "grpcurl" | "buf-curl" | "curl";

/** What is said of a part of a pasted text: a key of the language catalogues under `paste.note`. */
export type PasteNoteKind =
  /** gRPC's five bytes before each message were taken off: `count`. */
  | "envelopes"
  /** An envelope's message was compressed, and is not any more. */
  | "decompressed"
  /** Its message can't be decompressed. */
  | "compressed"
  /** An envelope held trailers, which are no message. */
  | "trailers"
  /** The method takes one message, and `count` came. */
  | "manyMessages"
  /** Fields that the schema lacks: their `numbers`. JSON has no place for them. */
  | "unknownFields"
  /** The bytes are no message of the type `expected`. */
  | "notMessage"
  /** It could be `kind` as well. */
  | "ambiguous"
  /** Flags about how the server is reached, which is the target's matter: `flags`. */
  | "targetFlags"
  /** Flags about where the schema comes from. */
  | "schemaFlags"
  /** Flags about what is printed. */
  | "outputFlags"
  | "unknownFlags"
  /** Metadata for reflection alone: `names`. */
  | "reflectHeaders"
  /** Header fields that the protocol or the browser sets: `names`. */
  | "reservedHeaders"
  /** A header that is no `name: value`: `actual`. */
  | "badHeader"
  /** Data comes from a file that only the command's shell has: `name`. */
  | "dataFile"
  /** Data comes from standard input, and what goes there is not in the text. */
  | "dataInput"
  /** Data in a form that can't be read here. */
  | "dataForm"
  /** Parts that the shell would fill in, kept as they are: `names`. */
  | "substitutions"
  | "unclosedQuote"
  /** A deadline that can't be read: `actual`. */
  | "badDeadline"
  /** The command asks what there is, and calls no method. */
  | "listing"
  /** The command names no method. */
  | "noMethod"
  /** The address that the command calls; the call here goes to the tab's target. */
  | "address";

/** One thing that is to be said of a pasted text. */
export type PasteNote = {
  /** Offsets into the pasted text, where the note is about a part of it. */
  readonly place?: { readonly from: number; readonly to: number };
  /** What the catalogue's sentence is filled with. */
  readonly values: Readonly<Record<string, string>>;
  /** Whether something of the text was left out. */
  readonly isLoss: boolean;
} & (
  | { readonly kind: PasteNoteKind }
  /** A fault in text format, `fault` being a key of the catalogues under `paste.fault`. */
  | { readonly kind: "fault"; readonly fault: TextFaultKind }
);

/** What a pasted text means for a call. What it does not tell is left out. */
export interface PasteReading {
  readonly kind: PasteKind;
  /** Whether it can be nothing else, wherever it is pasted. */
  readonly isCertain: boolean;
  /** The messages as JSON documents. */
  readonly text?: string;
  /** Metadata, names in lower case. */
  readonly metadata?: readonly (readonly [name: string, value: string])[];
  /** As the deadline's field takes it: `30 s`. */
  readonly deadline?: string;
  readonly protocol?: WireProtocol;
  /** The method that a command calls. */
  readonly method?: { readonly service: string; readonly method: string };
  /** The address that a command calls. */
  readonly address?: string;
  readonly notes: readonly PasteNote[];
}
