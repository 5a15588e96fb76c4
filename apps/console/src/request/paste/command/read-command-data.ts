import { base64Decode } from "@bufbuild/protobuf/wire";
import { parseDocument } from "../../document/parse-document.ts";
import { formatJson } from "../../format-json.ts";
import { decodeMessages } from "../binary/decode-messages.ts";
import type { PasteContext } from "../paste-context.ts";
import { loss } from "../paste-notes.ts";
import type { PasteNote } from "../paste-reading.ts";
import { readTextMessages } from "../read-text-messages.ts";
import { writeDocuments } from "../write-documents.ts";
import type { FoundCommand } from "./find-command.ts";
import type { ReadFlags, UsedFlag } from "./read-flags.ts";

/** The messages that a command sends. */
export interface CommandData {
  /** As JSON documents; undefined where they can't be had. */
  readonly text: string | undefined;
  readonly notes: readonly PasteNote[];
}

/** What tells of a command's messages. */
export interface CommandDataSource {
  readonly found: FoundCommand;
  readonly used: ReadFlags;
  readonly query: URLSearchParams;
  readonly contentType: string | undefined;
}

/** Reads the messages that a command sends; without data, an empty one, as the programs do. */
export function readCommandData(source: CommandDataSource, context: PasteContext): CommandData {
  const { found, used, query, contentType } = source;
  const isGet = used.flags.some(({ role }) => role === "get");
  const given = found.tool === "curl" && isGet ? mergeQuery(used, query) : query;
  if (found.tool === "curl" && given.has("message")) {
    return readQuery(given, context);
  }
  const pieces = used.flags.filter(({ role }) => role === "data" || role === "json" || role === "encodedData");
  if (pieces.length === 0) {
    return { text: isManyOf(context) ? "" : "{}", notes: [] };
  }
  const data = gather(pieces, found);
  if (data.text === undefined) {
    return data;
  }
  if (found.tool === "grpcurl" && used.flags.findLast(({ role }) => role === "format")?.value === "text") {
    return readTextMessages(data.text, context);
  }
  const isJson = contentType === undefined || contentType.endsWith("json") || found.tool !== "curl";
  return isJson || isJsonText(data.text)
    ? { text: layOut(data.text), notes: data.notes }
    : { text: undefined, notes: [loss("dataForm", { actual: contentType ?? "" })] };
}

function isManyOf({ method }: PasteContext): boolean {
  return method.methodKind === "client_streaming" || method.methodKind === "bidi_streaming";
}

/** Joins what several flags give; of grpcurl and buf the last counts. */
function gather(pieces: readonly UsedFlag[], { tool, line }: FoundCommand): CommandData {
  const counted = tool === "curl" ? pieces : pieces.slice(-1);
  const texts: string[] = [];
  for (const { value, flag, role } of counted) {
    const isRaw = flag === "--data-raw" || role === "encodedData";
    if (isRaw || !value.startsWith("@")) {
      texts.push(value);
      continue;
    }
    const name = value.slice(1);
    const isInput = name === "" || name === "-";
    const content = isInput ? line.input : undefined;
    if (content === undefined) {
      const file = isInput ? line.inputFile : name;
      return { text: undefined, notes: [file === undefined ? loss("dataInput") : loss("dataFile", { name: file })] };
    }
    texts.push(content);
  }
  return { text: texts.join(pieces.every(({ role }) => role === "json") ? "" : "&"), notes: [] };
}

function mergeQuery({ flags }: ReadFlags, query: URLSearchParams): URLSearchParams {
  const merged = new URLSearchParams(query);
  for (const { role, value } of flags) {
    if (role === "data") {
      for (const [name, content] of new URLSearchParams(value)) {
        merged.append(name, content);
      }
    } else if (role === "encodedData") {
      const equals = value.indexOf("=");
      merged.append(value.slice(0, Math.max(equals, 0)), value.slice(equals + 1));
    }
  }
  return merged;
}

/** Reads Connect's GET (https://connectrpc.com/docs/protocol/#unary-get-request). */
function readQuery(query: URLSearchParams, context: PasteContext): CommandData {
  const message = query.get("message") ?? "";
  if (query.has("compression") && query.get("compression") !== "identity") {
    return { text: undefined, notes: [loss("dataForm", { actual: query.get("compression") ?? "" })] };
  }
  if (query.get("encoding") === "json" && query.get("base64") !== "1") {
    return { text: layOut(message), notes: [] };
  }
  const bytes = query.get("base64") === "1" ? decodeBase64(message) : new TextEncoder().encode(message);
  if (query.get("encoding") === "json") {
    return { text: layOut(new TextDecoder().decode(bytes)), notes: [] };
  }
  const decoded = bytes && decodeMessages(bytes, context);
  return decoded === undefined
    ? { text: undefined, notes: [loss("notMessage", { expected: context.method.input.typeName })] }
    : { text: writeDocuments(decoded.messages, context), notes: decoded.notes };
}

function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return base64Decode(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return undefined;
  }
}

/** JSON laid out anew; text that is none stays as it is, for the editor to mark. */
function layOut(text: string): string {
  if (isJsonText(text)) {
    return formatJson(text);
  }
  // PowerShell asks for these backslashes, and gives the program the text without them.
  const unescaped = text.replaceAll('\\"', '"');
  return isJsonText(unescaped) ? formatJson(unescaped) : text;
}

function isJsonText(text: string): boolean {
  return parseDocument(text).faults.length === 0;
}
