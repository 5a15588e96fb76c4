import type { Message } from "@bufbuild/protobuf";
import { writeJson } from "../json/write-json.ts";
import type { PasteContext } from "./paste-context.ts";

/** Messages of a method's input as JSON documents, one after the other. */
export function writeDocuments(messages: readonly Message[], { method, registry }: PasteContext): string {
  return messages.map((message) => writeJson(method.input, message, { registry })).join("\n");
}
