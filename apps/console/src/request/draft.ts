import type { WireProtocol } from "../call/wire-protocol.ts";
import { type DraftOptions, defaultDraftOptions } from "./options/draft-options.ts";
import type { ParkedValue } from "./parked-values.ts";

/** The forms in which the bytes of a `-bin` field are typed. */
export const metadataBytesFormats = ["base64", "hex", "text"] as const;

/** One of the forms in which the bytes of a `-bin` field are typed. */
export type MetadataBytesFormat = (typeof metadataBytesFormats)[number];

/** One row of request metadata, as it was typed. */
export interface MetadataRow {
  /** Tells rows apart while they are edited; never sent. */
  readonly id: string;
  readonly name: string;
  /** Of a `-bin` name, the bytes in base64; what was typed and is no bytes yet stands there as it is. */
  readonly value: string;
  readonly isEnabled: boolean;
  /** The form in which the bytes of a `-bin` name are typed. Default base64. */
  readonly format?: MetadataBytesFormat;
}

/** What was typed for one call and not necessarily sent: everything that survives a reload. */
export interface Draft {
  /** JSON; for streams that send, any number of documents. */
  readonly text: string;
  /** Values that the form took out of the text, such as those of a oneof's other members: they come back. */
  readonly parked: readonly ParkedValue[];
  readonly metadata: readonly MetadataRow[];
  /** As typed: `30 s`, `500 ms`, or empty for none. */
  readonly deadline: string;
  /** The chosen protocol; undefined for the default of the method's kind. */
  readonly protocol: WireProtocol | undefined;
  /** How the call is carried beside its protocol. */
  readonly options: DraftOptions;
  /** How many times *Send ×N* sends, as typed. */
  readonly repeat: string;
}

/** The draft of a method nobody has typed anything for: `text` is its example. */
export function createDraft(text: string): Draft {
  return {
    text,
    parked: [],
    metadata: [],
    deadline: "",
    protocol: undefined,
    options: defaultDraftOptions,
    repeat: "10",
  };
}
