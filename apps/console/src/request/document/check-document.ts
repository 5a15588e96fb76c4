import { type DescMessage, fromJson, type JsonValue, type Message, type Registry } from "@bufbuild/protobuf";
import { checkMessage } from "../json/check-message.ts";
import { createIssueList, type IssueList } from "../json/issue-list.ts";
import type { JsonIssue } from "../json/json-issue.ts";
import type { ReadMessages } from "../json/read-messages.ts";
import type { JsonDocument } from "./json-document.ts";
import type { JsonTree } from "./json-tree.ts";
import { maxTextLength } from "./parse-document.ts";
import { maxJsonDepth } from "./parse-tree.ts";

/** What a document is to hold. */
export interface CheckOptions {
  /** The type of each message. */
  readonly input: DescMessage;
  /** Types that an `Any` can hold, and extensions. */
  readonly registry: Registry;
  /** Whether the text may hold any number of messages, one after the other or in one array; otherwise exactly one. */
  readonly many: boolean;
}

/** What a check of a document found. */
export interface DocumentCheck {
  /** In the order of the text, at most 100. */
  readonly issues: readonly JsonIssue[];
  /** How many messages the text holds, those with issues too. */
  readonly messageCount: number;
}

/** One message of a document, and where it begins in the text. */
export interface MessageNode {
  readonly tree: JsonTree;
  readonly from: number;
}

/** The messages of a document: its values, or the items of its only array where it may hold many. */
export function messageNodes(
  { values }: JsonDocument,
  { input, many }: Pick<CheckOptions, "input" | "many">,
): readonly MessageNode[] {
  const [only] = values;
  const isArrayItself = input.typeName === "google.protobuf.ListValue" || input.typeName === "google.protobuf.Value";
  if (many && values.length === 1 && only?.tree.kind === "array" && !isArrayItself) {
    return only.tree.items.map(({ at, tree }) => ({ tree, from: only.at + at }));
  }
  return values.map(({ at, tree }) => ({ tree, from: at }));
}

/**
 * Checks a document by the ProtoJSON format. What was checked before, as the same type, is not checked again: after
 * `updateDocument`, that is all but what the change touched.
 */
export function checkDocument(document: JsonDocument, options: CheckOptions): DocumentCheck {
  const { issues, nodes } = check(document, options);
  return { issues: issues.sorted(), messageCount: nodes.length };
}

/** Makes the messages of a document; those without issues, beside the issues of the others. Never throws. */
export function makeMessages(document: JsonDocument, options: CheckOptions): ReadMessages {
  const { issues, nodes } = check(document, options);
  const { input, registry } = options;
  const messages: Message[] = [];
  for (const { from, tree, value } of nodes) {
    if (value === undefined) {
      continue;
    }
    try {
      messages.push(fromJson(input, value, { registry, recursionLimit }));
    } catch (error) {
      const actual = error instanceof Error ? error.message : String(error);
      issues.add(
        "badFormat",
        { from, to: from + tree.length },
        { field: input.name, expected: input.typeName, actual },
      );
    }
  }
  return { messages, issues: issues.sorted() };
}

/** The parser's limit is the one that counts; a `Value` in a message counts twice here. */
const recursionLimit = maxJsonDepth * 2;

interface CheckedNode extends MessageNode {
  /** What `fromJson` reads; undefined where there is an issue. */
  readonly value: JsonValue | undefined;
}

function check(
  document: JsonDocument,
  options: CheckOptions,
): { readonly issues: IssueList; readonly nodes: readonly CheckedNode[] } {
  const { text, faults } = document;
  const { input, registry, many } = options;
  const issues = createIssueList();
  if (text.length > maxTextLength) {
    issues.add("tooLarge", { from: maxTextLength, to: text.length }, { limit: String(maxTextLength) });
    return { issues, nodes: [] };
  }
  issues.addFrom(0, faults);
  const found = messageNodes(document, options);
  const nodes = found.flatMap(({ tree, from }): CheckedNode[] => {
    const before = issues.length;
    const value = checkMessage(input, { tree, at: from, field: input.name, issues, registry });
    const isGood = issues.length === before && !tree.hasFaults;
    return tree.kind === "missing" ? [] : [{ tree, from, value: isGood ? value : undefined }];
  });
  if (!many && found.length !== 1) {
    const [, extra] = found;
    const place = extra
      ? { from: extra.from, to: extra.from + extra.tree.length }
      : { from: text.length, to: text.length };
    issues.add("messageCount", place, { expected: "1", actual: String(found.length) });
  }
  return { issues, nodes };
}
