import type { TFunction } from "i18next";
import { shownText } from "../ui/shown-text.ts";
import type { SyntaxReason } from "./document/syntax-fault.ts";
import type { JsonIssue } from "./json/json-issue.ts";

const syntaxReasons: readonly SyntaxReason[] = [
  "extraText",
  "missingValue",
  "missingName",
  "missingColon",
  "missingComma",
  "trailingComma",
  "unquotedName",
  "unclosedObject",
  "unclosedArray",
  "unclosedString",
  "badEscape",
  "controlCharacter",
  "badNumber",
  "badWord",
];

/**
 * An issue as a sentence in the page's language, with a suggestion where there is one. What strangers and typing hands
 * have put into it turns nothing around it.
 */
export function issueText(t: TFunction, issue: JsonIssue): string {
  return shownText(sentenceOf(t, issue));
}

function sentenceOf(t: TFunction, { kind, missing, values: replace }: JsonIssue): string {
  const reason = syntaxReasons.find((known) => known === replace.reason);
  const sentence =
    kind === "syntax" && reason !== undefined
      ? t(`issue.reason.${reason}`, { replace })
      : t(`issue.${kind}`, { replace });
  if (missing !== undefined) {
    return `${missing}: ${sentence}`;
  }
  return replace.suggestion === undefined ? sentence : `${sentence} ${t("issue.suggestion", { replace })}`;
}
