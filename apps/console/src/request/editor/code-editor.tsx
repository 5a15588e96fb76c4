import type { EditorView } from "@codemirror/view";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { useTranslation } from "react-i18next";
import { updateDocument } from "../document/update-document.ts";
import { issueText } from "../issue-text.ts";
import type { PasteDesk } from "../paste/paste-desk.ts";
import { readPaste } from "../paste/read-paste.ts";
import { beginsAsJson, type PastePlace, takesOver } from "../paste/takes-over.ts";
import { describeRules } from "../rules/describe-rules.ts";
import { ruleText } from "../rules/rule-text.ts";
import { createCodeView, showIssues, showText, textOf } from "./code-view.ts";
import type { EditorHandle } from "./editor-handle.ts";
import type { JsonEditorProps } from "./json-editor.tsx";
import type { PlainSelection } from "./plain-editor.tsx";

/** Props of `CodeEditor`. */
export interface CodeEditorProps extends JsonEditorProps {
  /** Where the plain field's caret stood when this editor took its place. */
  readonly getInitialSelection: () => PlainSelection;
  readonly ref?: Ref<EditorHandle>;
}

/** CodeMirror with the method's schema behind it. Loaded apart from the page. */
export function CodeEditor(props: CodeEditorProps) {
  const { text, issues, label, ref } = props;
  const { t, i18n } = useTranslation();
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  // The view outlives renders and calls back into the newest one.
  const latest = useRef({ ...props, t });
  latest.current = { ...props, t };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the view is made once; what changes reaches it below.
  useEffect(() => {
    if (parent.current === null) {
      return;
    }
    const { method, registry, nonce, memory, getInitialSelection } = latest.current;
    const created = createCodeView({
      parent: parent.current,
      text,
      selection: getInitialSelection(),
      remembered: memory.state,
      schema: { input: method.input, registry },
      nonce,
      label,
      onTextChange: (changed) => latest.current.onTextChange(changed),
      help: {
        documentOf: (doc) => updateDocument(latest.current.document, textOf(doc)),
        commentOf: (desc) => latest.current.comments?.commentOf(desc),
        rulesOf: (desc) =>
          desc.kind === "field" || desc.kind === "extension"
            ? describeRules(desc, latest.current.registry).map((hint) => ruleText(latest.current.t, hint))
            : [],
      },
      onPaste: (pasted, place) => takePaste(latest.current.desk, pasted, place),
    });
    view.current = created;
    return () => {
      memory.state = created.state;
      created.destroy();
      view.current = undefined;
    };
  }, []);

  useEffect(() => {
    if (view.current !== undefined) {
      showText(view.current, text);
    }
  }, [text]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another language words the same issues anew.
  useEffect(() => {
    if (view.current !== undefined) {
      showIssues(
        view.current,
        issues.map((issue) => ({ ...issue, message: issueText(t, issue) })),
      );
    }
  }, [issues, i18n.language]);

  useImperativeHandle(ref, () => ({
    focus: () => view.current?.focus(),
    select(from, to) {
      const length = view.current?.state.doc.length ?? 0;
      view.current?.dispatch({
        selection: { anchor: Math.min(from, length), head: Math.min(to, length) },
        scrollIntoView: true,
      });
      view.current?.focus();
    },
  }));
  return <div ref={parent} />;
}

/** Fills in what is more than JSON; answers whether it was. */
function takePaste(desk: PasteDesk, text: string, place: PastePlace): boolean {
  const reading = beginsAsJson(text) ? undefined : readPaste(text, desk.getContext());
  if (reading === undefined || !takesOver(reading, place)) {
    return false;
  }
  desk.take(reading);
  return true;
}
