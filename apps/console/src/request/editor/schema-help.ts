import type { AnyDesc } from "@bufbuild/protobuf";
import type { CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";
import type { HoverTooltipSource } from "@codemirror/view";
import { fieldType } from "../../schema/field-type.ts";
import { completeJson, type JsonCompletion } from "../json/complete-json.ts";
import { describeAt } from "../json/describe-at.ts";
import type { PlaceSchema } from "../json/json-place.ts";

/** Looks up the doc comment of a part of the schema. */
export type CommentOf = (desc: AnyDesc) => string | undefined;

const completionTypes = { field: "property", enumValue: "enum", keyword: "keyword", type: "type" } as const;

/** Completion of field names, enum values and types. */
export function completeFromSchema(schema: PlaceSchema, commentOf: CommentOf): CompletionSource {
  return ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const found = completeJson(state.doc.toString(), pos, schema);
    if (found === undefined || (found.from === found.to && !explicit && !isAfterQuote(state.sliceDoc(pos - 1, pos)))) {
      return null;
    }
    const { from, to, options } = found;
    return { from, to, filter: false, options: options.map((option) => toCompletion(option, commentOf)) };
  };
}

function isAfterQuote(character: string): boolean {
  return character === '"';
}

function toCompletion({ label, insert, detail, kind, desc }: JsonCompletion, commentOf: CommentOf) {
  const comment = desc === undefined ? undefined : commentOf(desc);
  return { label, apply: insert, detail, type: completionTypes[kind], info: comment };
}

/** What the name or the value under the pointer stands for: its type and its doc comment, both as text. */
export function describeFromSchema(schema: PlaceSchema, commentOf: CommentOf): HoverTooltipSource {
  return (view, pos) => {
    const found = describeAt(view.state.doc.toString(), pos, schema);
    if (found === undefined) {
      return null;
    }
    const { from, to, desc } = found;
    return { pos: from, end: to, above: true, create: () => ({ dom: createDescription(desc, commentOf(desc)) }) };
  };
}

function createDescription(
  desc: NonNullable<ReturnType<typeof describeAt>>["desc"],
  comment: string | undefined,
): HTMLElement {
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
  return dom;
}
