import type { AnyDesc } from "@bufbuild/protobuf";
import type { CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";
import type { Text } from "@codemirror/state";
import type { HoverTooltipSource } from "@codemirror/view";
import { fieldType } from "../../schema/field-type.ts";
import type { JsonDocument } from "../document/json-document.ts";
import { completeJson, type JsonCompletion } from "../json/complete-json.ts";
import { describeAt } from "../json/describe-at.ts";
import type { PlaceSchema } from "../json/json-place.ts";

/** What is told of a text, and of a part of the schema. */
export interface SchemaHelp {
  /** The tree of the editor's text. */
  readonly documentOf: (text: Text) => JsonDocument;
  /** Looks up its doc comment. */
  readonly commentOf: (desc: AnyDesc) => string | undefined;
  /** Its rules as sentences. */
  readonly rulesOf: (desc: AnyDesc) => readonly string[];
}

const completionTypes = { field: "property", enumValue: "enum", keyword: "keyword", type: "type" } as const;

/** Completion of field names, enum values and types. */
export function completeFromSchema(schema: PlaceSchema, help: SchemaHelp): CompletionSource {
  return ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const found = completeJson(help.documentOf(state.doc), pos, schema);
    if (found === undefined || (found.from === found.to && !explicit && !isAfterQuote(state.sliceDoc(pos - 1, pos)))) {
      return null;
    }
    const { from, to, options } = found;
    return { from, to, filter: false, options: options.map((option) => toCompletion(option, help)) };
  };
}

function isAfterQuote(character: string): boolean {
  return character === '"';
}

function toCompletion({ label, insert, detail, kind, desc }: JsonCompletion, { commentOf, rulesOf }: SchemaHelp) {
  const told = desc === undefined ? [] : [commentOf(desc) ?? "", ...rulesOf(desc)].filter((line) => line !== "");
  return {
    label,
    apply: insert,
    detail,
    type: completionTypes[kind],
    info: told.length === 0 ? undefined : told.join("\n"),
  };
}

/** What the name or the value under the pointer stands for: its type, its doc comment and its rules, all as text. */
export function describeFromSchema(schema: PlaceSchema, help: SchemaHelp): HoverTooltipSource {
  return (view, pos) => {
    const found = describeAt(help.documentOf(view.state.doc), pos, schema);
    if (found === undefined) {
      return null;
    }
    const { from, to, desc } = found;
    return { pos: from, end: to, above: true, create: () => ({ dom: createDescription(desc, help) }) };
  };
}

function createDescription(
  desc: NonNullable<ReturnType<typeof describeAt>>["desc"],
  { commentOf, rulesOf }: SchemaHelp,
): HTMLElement {
  const comment = commentOf(desc);
  const rules = rulesOf(desc);
  const dom = document.createElement("div");
  dom.className = "cm-description";
  const head = document.createElement("code");
  head.textContent =
    desc.kind === "enum_value" ? `${desc.name} = ${desc.number}` : `${fieldType(desc)} ${desc.name} = ${desc.number}`;
  dom.append(head);
  if (comment !== undefined) {
    const text = document.createElement("p");
    text.textContent = comment;
    dom.append(text);
  }
  if (rules.length > 0) {
    const list = document.createElement("ul");
    list.append(
      ...rules.map((rule) => {
        const item = document.createElement("li");
        item.textContent = rule;
        return item;
      }),
    );
    dom.append(list);
  }
  return dom;
}
