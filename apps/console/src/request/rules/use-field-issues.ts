import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { CheckOptions } from "../document/check-document.ts";
import type { DraftReader } from "../document/draft-reader.ts";
import type { JsonDocument } from "../document/json-document.ts";
import { parseDocument } from "../document/parse-document.ts";
import type { JsonIssue } from "../json/json-issue.ts";
import { placeViolations, unchangedViolations } from "./place-violations.ts";
import type { RuleWatch } from "./rule-watch.ts";
import type { ServerRefusals } from "./server-refusals.ts";

/** What is asked for the issues of fields. */
export interface FieldIssuesOptions {
  readonly rules: RuleWatch;
  readonly refusals: StoreApi<ServerRefusals>;
  readonly reader: DraftReader;
  /** The text that is shown, as `reader` read it with `options`. */
  readonly document: JsonDocument;
  readonly options: CheckOptions;
}

/**
 * The rules that a text breaks and the fields that the server refused, placed in the text. Rules are checked behind what
 * is typed: those broken before are told until then, where they are now.
 */
export function useFieldIssues(asked: FieldIssuesOptions): readonly JsonIssue[] {
  const { rules, refusals, reader, document } = asked;
  const { input, registry, many } = asked.options;
  const { violations } = useStore(rules.store);
  const refused = useStore(refusals);
  useEffect(() => {
    const read = () => {
      const made = reader.makeMessages(document.text, { input, registry, many });
      return made.kind === "made" ? made.messages : undefined;
    };
    rules.watch({ text: document.text, input, registry, read });
  }, [rules, reader, document, input, registry, many]);
  const sent = useMemo(() => parseDocument(refused.text), [refused]);
  return useMemo(() => {
    const subject = { input, registry };
    // Which of several messages the server means, no server says.
    const meant = refused.violations.map((violation) => ({ ...violation, position: 0 }));
    const standing = sent.values.length > 1 ? [] : unchangedViolations(document, sent, subject, meant);
    // A rule that the server has told in the same words needs no second mark.
    const told = new Set(standing.map(({ position, field, message }) => `${position} ${field}\n${message}`));
    const others = violations.filter(({ position, field, message }) => !told.has(`${position} ${field}\n${message}`));
    return [
      ...placeViolations(document, subject, standing, "server"),
      ...placeViolations(document, subject, others, "rule"),
    ];
  }, [violations, refused, sent, document, input, registry]);
}
