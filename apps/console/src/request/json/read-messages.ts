import { type DescMessage, fromJson, type Message, type Registry } from "@bufbuild/protobuf";
import { checkMessage } from "./check-message.ts";
import { createIssueList } from "./issue-list.ts";
import type { JsonIssue } from "./json-issue.ts";
import type { JsonNode } from "./json-node.ts";
import { maxJsonDepth, parseJson } from "./parse-json.ts";

/** What typed JSON means for a method's input. Messages are complete only where there is no issue. */
export interface ReadMessages {
  readonly messages: readonly Message[];
  readonly issues: readonly JsonIssue[];
}

/** How typed JSON is read. */
export interface ReadMessagesOptions {
  /** The type of each message. */
  readonly input: DescMessage;
  /** Types that an `Any` can hold. */
  readonly registry: Registry;
  /** Whether the text may hold any number of messages, one after the other or in one array; otherwise exactly one. */
  readonly many: boolean;
}

/** The longest text that is read: 64 Mi UTF-16 units. */
export const maxTextLength = 67_108_864;

/**
 * Reads the messages that `text` holds in the ProtoJSON format. Every fault is placed; at most 100 are told. Integers of
 * 64 bits keep every digit. Never throws, for any text.
 */
export function readMessages(text: string, { input, registry, many }: ReadMessagesOptions): ReadMessages {
  const issues = createIssueList();
  if (text.length > maxTextLength) {
    issues.add("tooLarge", { from: maxTextLength, to: text.length }, { limit: String(maxTextLength) });
    return { messages: [], issues: issues.sorted() };
  }
  const documents = parseJson(text, issues);
  const nodes = many ? unpackArray(documents, input) : documents;
  const messages: Message[] = [];
  for (const node of nodes) {
    const before = issues.length;
    const value = checkMessage(input, node, { issues, registry });
    if (value === undefined || issues.length > before || node.kind === "missing") {
      continue;
    }
    try {
      messages.push(fromJson(input, value, { registry, recursionLimit }));
    } catch (error) {
      const actual = error instanceof Error ? error.message : String(error);
      issues.add("badFormat", node, { field: input.name, expected: input.typeName, actual });
    }
  }
  if (!many && nodes.length !== 1) {
    const extra = nodes[1] ?? { from: text.length, to: text.length };
    issues.add("messageCount", extra, { expected: "1", actual: String(nodes.length) });
  }
  return { messages, issues: issues.sorted() };
}

/** The parser's limit is the one that counts; a `Value` in a message counts twice here. */
const recursionLimit = maxJsonDepth * 2;

function unpackArray(documents: readonly JsonNode[], input: DescMessage): readonly JsonNode[] {
  const [only] = documents;
  const isArrayItself = input.typeName === "google.protobuf.ListValue" || input.typeName === "google.protobuf.Value";
  return documents.length === 1 && only?.kind === "array" && !isArrayItself ? only.items : documents;
}
