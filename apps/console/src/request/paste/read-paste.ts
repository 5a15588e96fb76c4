import { maxTextLength, parseDocument } from "../document/parse-document.ts";
import { formatJson } from "../format-json.ts";
import { readMessages } from "../json/read-messages.ts";
import { type DecodedMessages, decodeMessages } from "./binary/decode-messages.ts";
import { readBase64 } from "./binary/read-base64.ts";
import { readHex } from "./binary/read-hex.ts";
import { readCommand } from "./command/read-command.ts";
import type { PasteContext } from "./paste-context.ts";
import { loss, remark } from "./paste-notes.ts";
import type { PasteKind, PasteReading } from "./paste-reading.ts";
import { readTextMessages } from "./read-text-messages.ts";
import { writeDocuments } from "./write-documents.ts";

/**
 * Makes of a pasted text what it can be for a call of `context.method`: a command line of grpcurl, `buf curl` or curl; JSON;
 * or a message in text format, in hexadecimal digits or in base64. Of what a text could be, that is taken which fits
 * the schema best. Undefined where it is nothing of that. Never throws.
 */
export function readPaste(text: string, context: PasteContext): PasteReading | undefined {
  if (text.trim() === "" || text.length > maxTextLength) {
    return undefined;
  }
  return readCommand(text, context) ?? readJson(text, context) ?? readMessage(text, context);
}

function readJson(text: string, { method, registry }: PasteContext): PasteReading | undefined {
  if (/^\s*[[{]/.test(text)) {
    const isJson = parseDocument(text).faults.length === 0;
    return isJson ? { kind: "json", isCertain: true, text: text.trim(), notes: [] } : undefined;
  }
  // A number or a string is JSON as well, for the few types that are written so.
  if (!/^\s*(?:"|-?[0-9]|true|false|null)/.test(text)) {
    return undefined;
  }
  const { issues } = readMessages(text, { input: method.input, registry, many: false });
  return issues.length === 0 ? { kind: "json", isCertain: false, text: formatJson(text), notes: [] } : undefined;
}

/** A reading, and how well it fits: whole, or with parts that the schema lacks. */
interface Candidate {
  readonly reading: PasteReading;
  readonly isClean: boolean;
}

function readMessage(text: string, context: PasteContext): PasteReading | undefined {
  const candidates = [readHexMessage, readTextFormat, readBase64Message].flatMap((read) => read(text, context) ?? []);
  const clean = candidates.filter(({ isClean }) => isClean);
  const chosen = (clean[0] ?? candidates[0])?.reading;
  const other = clean[1]?.reading.kind;
  return chosen === undefined || other === undefined
    ? chosen
    : { ...chosen, isCertain: false, notes: [...chosen.notes, remark("ambiguous", { kind: other })] };
}

function readTextFormat(text: string, context: PasteContext): Candidate | undefined {
  const { text: documents, understood, notes } = readTextMessages(text, context);
  if (understood === 0) {
    return undefined;
  }
  const isClean = notes.length === 0;
  const found = documents === undefined ? {} : { text: documents };
  return { reading: { kind: "text-format", isCertain: false, ...found, notes }, isClean };
}

/** The fewest bytes that are taken for a message where nothing but digits tells: many numbers are digits. */
const minBareHex = 4;

function readHexMessage(text: string, context: PasteContext): Candidate | undefined {
  const hex = readHex(text);
  if (hex === undefined) {
    return undefined;
  }
  if (!hex.isCertain && hex.bytes.length < minBareHex) {
    return undefined;
  }
  const decoded = decodeMessages(hex.bytes, context);
  if (decoded === undefined) {
    const { typeName } = context.method.input;
    const notes = [loss("notMessage", { expected: typeName })];
    return hex.isCertain ? { reading: { kind: "hex", isCertain: false, notes }, isClean: false } : undefined;
  }
  const isCertain = decoded.isClean && (hex.isCertain || decoded.isEnveloped);
  return candidateOf("hex", decoded, isCertain, context);
}

/** The shortest base64 that is taken for a message of which the schema knows only parts: many words are base64. */
const minUncleanBase64 = 24;

function readBase64Message(text: string, context: PasteContext): Candidate | undefined {
  const bytes = readBase64(text);
  const decoded = bytes && decodeMessages(bytes, context);
  if (decoded === undefined || (!decoded.isClean && text.trim().length < minUncleanBase64)) {
    return undefined;
  }
  return candidateOf("base64", decoded, false, context);
}

function candidateOf(kind: PasteKind, decoded: DecodedMessages, isCertain: boolean, context: PasteContext): Candidate {
  const { messages, isClean, notes } = decoded;
  return { reading: { kind, isCertain, text: writeDocuments(messages, context), notes }, isClean };
}
