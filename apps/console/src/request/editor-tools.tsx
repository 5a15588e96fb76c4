import type { DescMethod, Registry } from "@bufbuild/protobuf";
import { useTranslation } from "react-i18next";
import tools from "../ui/text-button.module.css";
import type { Draft } from "./draft.ts";
import { exampleFor } from "./example/example-for.ts";
import { formatJson } from "./format-json.ts";
import type { JsonIssue } from "./json/json-issue.ts";
import { schemaExampleRules } from "./rules/schema-example-rules.ts";

/** Props of `EditorTools`. */
export interface EditorToolsProps {
  readonly method: DescMethod;
  readonly registry: Registry;
  readonly draft: Draft;
  /** What is wrong with the text. */
  readonly issues: readonly JsonIssue[];
  readonly onDraftChange: (change: Partial<Draft>) => void;
}

/** Formats the text, and puts the example back. Both can be undone in the editor. */
export function EditorTools({ method, registry, draft, issues, onDraftChange }: EditorToolsProps) {
  const { t } = useTranslation();
  const example = exampleFor(method, schemaExampleRules(registry));
  const hasSyntaxFault = issues.some(({ kind }) => kind === "syntax" || kind === "tooDeep");
  return (
    <div className={tools.group}>
      <button
        type="button"
        className={tools.button}
        onClick={() => onDraftChange({ text: formatJson(draft.text) })}
        disabled={hasSyntaxFault}
      >
        {t("request.format")}
      </button>
      <button
        type="button"
        className={tools.button}
        onClick={() => onDraftChange({ text: example })}
        disabled={draft.text === example}
      >
        {t("request.reset")}
      </button>
    </div>
  );
}
