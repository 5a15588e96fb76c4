import type { DescMethod, Registry } from "@bufbuild/protobuf";
import { type ComponentType, type Ref, useEffect, useRef, useState } from "react";
import type { CommentIndex } from "../../schema/comments.ts";
import type { JsonDocument } from "../document/json-document.ts";
import type { JsonIssue } from "../json/json-issue.ts";
import type { PasteDesk } from "../paste/paste-desk.ts";
import type { CodeEditorProps } from "./code-editor.tsx";
import classes from "./editor.module.css";
import type { EditorHandle } from "./editor-handle.ts";
import type { EditorMemory } from "./editor-memory.ts";
import { PlainEditor, type PlainSelection } from "./plain-editor.tsx";

/** Props of `JsonEditor`. */
export interface JsonEditorProps {
  readonly text: string;
  /** The tree of the text. */
  readonly document: JsonDocument;
  readonly onTextChange: (text: string) => void;
  readonly method: DescMethod;
  readonly registry: Registry;
  readonly issues: readonly JsonIssue[];
  readonly comments: CommentIndex | undefined;
  /** Keeps undo history and caret while the tab is not shown. */
  readonly memory: EditorMemory;
  /** For the styles that the editor adds to the page. */
  readonly nonce: string;
  /** Where a paste goes that is more than JSON. */
  readonly desk: PasteDesk;
  /** Its accessible name. */
  readonly label: string;
  readonly ref?: Ref<EditorHandle>;
}

/** An editor for the request's JSON: a plain field at once, with the schema's help as soon as that is loaded. */
export function JsonEditor({ ref, ...props }: JsonEditorProps) {
  const [Editor, setEditor] = useState<ComponentType<CodeEditorProps> | undefined>(() => loaded);
  const selection = useRef<PlainSelection>({ from: 0, to: 0, hasFocus: false });
  useEffect(() => {
    let isShown = true;
    loadCodeEditor().then(
      (component) => {
        if (isShown) {
          setEditor(() => component);
        }
      },
      // The plain field goes on serving.
      () => {},
    );
    return () => {
      isShown = false;
    };
  }, []);
  return (
    <div className={classes.frame}>
      {Editor === undefined ? (
        <PlainEditor
          ref={ref}
          text={props.text}
          onTextChange={props.onTextChange}
          label={props.label}
          onSelect={(next) => {
            selection.current = next;
          }}
        />
      ) : (
        <Editor {...props} ref={ref} getInitialSelection={() => selection.current} />
      )}
    </div>
  );
}

let loaded: ComponentType<CodeEditorProps> | undefined;

async function loadCodeEditor(): Promise<ComponentType<CodeEditorProps>> {
  const { CodeEditor } = await import("./code-editor.tsx");
  loaded = CodeEditor;
  return CodeEditor;
}
