import type { DescMethod, Registry } from "@bufbuild/protobuf";
import { useTranslation } from "react-i18next";
import tools from "../ui/text-button.module.css";
import { sendsMany } from "./check-draft.ts";
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
  /** Shows the panel for what is pasted. */
  readonly onPaste: () => void;
}

/** Fills in the example, clears and formats the text: each can be undone in the editor. And takes what is pasted. */
export function EditorTools({ method, registry, draft, issues, onDraftChange, onPaste }: EditorToolsProps) {
  const { t } = useTranslation();
  const example = exampleFor(method, schemaExampleRules(registry));
  const empty = sendsMany(method) ? "" : "{}";
  const hasSyntaxFault = issues.some(({ kind }) => kind === "syntax" || kind === "tooDeep");
  return (
    <div className={tools.group}>
      <button
        type="button"
        className={tools.button}
        title={t("request.exampleHint")}
        onClick={() => onDraftChange({ text: example })}
        disabled={draft.text === example}
      >
        {t("request.reset")}
      </button>
      <button
        type="button"
        className={tools.button}
        title={t("request.clearHint")}
        onClick={() => onDraftChange({ text: empty })}
        disabled={draft.text === empty}
      >
        {t("request.clear")}
      </button>
      <button
        type="button"
        className={tools.button}
        onClick={() => onDraftChange({ text: formatJson(draft.text) })}
        disabled={hasSyntaxFault}
      >
        {t("request.format")}
      </button>
      <button type="button" className={tools.button} aria-haspopup="dialog" title={t("paste.hint")} onClick={onPaste}>
        {t("request.paste")}
      </button>
    </div>
  );
}
