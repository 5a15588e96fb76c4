import { fromBinary } from "@bufbuild/protobuf";
import type { PasteContext } from "./paste-context.ts";
import type { PasteNote } from "./paste-reading.ts";
import { textToBinary } from "./text-format/text-to-binary.ts";
import { writeDocuments } from "./write-documents.ts";

/** What text format means for a method's input. */
export interface TextMessages {
  /** The messages as JSON documents; undefined where the text is not text format. */
  readonly text: string | undefined;
  /** How many of the outermost fields the type has. */
  readonly understood: number;
  readonly notes: readonly PasteNote[];
}

/** What grpcurl puts between two messages. */
const separator = "\u001e";

/** Reads messages in text format, one after the other where U+001E stands between them. Faults are placed in `text`. */
export function readTextMessages(text: string, context: PasteContext): TextMessages {
  const { method, registry } = context;
  const pieces = text.split(separator);
  let from = 0;
  let understood = 0;
  let isWhole = true;
  const notes: PasteNote[] = [];
  const messages = pieces.map((piece) => {
    const read = textToBinary(piece, method.input, { registry });
    for (const fault of read.faults) {
      const place = { from: from + fault.from, to: from + fault.to };
      notes.push({ kind: "fault", fault: fault.kind, values: fault.values, place, isLoss: true });
    }
    from += piece.length + separator.length;
    understood += read.understood;
    isWhole &&= read.isWhole;
    return fromBinary(method.input, read.bytes);
  });
  return { text: isWhole ? writeDocuments(messages, context) : undefined, understood, notes };
}
