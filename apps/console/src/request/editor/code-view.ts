import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyField, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  syntaxHighlighting,
  syntaxTree,
} from "@codemirror/language";
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension, type Text, Transaction } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { findChange } from "../document/text-change.ts";
import type { JsonIssue } from "../json/json-issue.ts";
import type { PlaceSchema } from "../json/json-place.ts";
import type { PastePlace } from "../paste/takes-over.ts";
import { codeTheme, jsonHighlighting } from "./code-theme.ts";
import { completeFromSchema, describeFromSchema, type SchemaHelp } from "./schema-help.ts";

/** What a view of the editor begins with. */
export interface CodeViewOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly selection: { readonly from: number; readonly to: number; readonly hasFocus: boolean };
  /** The state that an earlier view of the same draft left; what the text has become since is one step to undo. */
  readonly remembered: EditorState | undefined;
  readonly schema: PlaceSchema;
  readonly nonce: string;
  readonly label: string;
  readonly onTextChange: (text: string) => void;
  readonly help: SchemaHelp;
  /** Told of what is pasted, before it is inserted; answers whether it was taken, and is not to be inserted. */
  readonly onPaste: (text: string, place: PastePlace) => boolean;
}

/** Creates the editor's view within `parent`. */
export function createCodeView(options: CodeViewOptions): EditorView {
  const { parent, text, selection, remembered, onTextChange } = options;
  const extensions = createExtensions(options);
  const anchor = Math.min(selection.from, text.length);
  const head = Math.min(selection.to, text.length);
  // A remembered state calls back into a view that is gone, so only its text, selection and history are taken over.
  const state =
    remembered === undefined
      ? EditorState.create({ doc: text, selection: { anchor, head }, extensions })
      : withText(EditorState.fromJSON(remembered.toJSON(historyFields), { extensions }, historyFields), text);
  const view = new EditorView({
    parent,
    state,
    dispatchTransactions(transactions, target) {
      target.update(transactions);
      if (transactions.some((one) => one.docChanged && one.annotation(Transaction.userEvent) !== outsideEvent)) {
        onTextChange(textOf(target.state.doc));
      }
    },
  });
  if (selection.hasFocus) {
    view.focus();
  }
  return view;
}

const historyFields = { history: historyField };
const outsideEvent = "outside";

const texts = new WeakMap<Text, string>();

/** The editor's text as one string, which is made once for each. */
export function textOf(doc: Text): string {
  const known = texts.get(doc);
  if (known !== undefined) {
    return known;
  }
  const text = doc.toString();
  texts.set(doc, text);
  return text;
}

/** Changes the text where it differs from what the editor holds, as one step that can be undone. */
export function showText(view: EditorView, text: string): void {
  const change = changeTo(view.state, text);
  if (change !== undefined) {
    view.dispatch(change);
  }
}

function withText(state: EditorState, text: string): EditorState {
  const change = changeTo(state, text);
  return change === undefined ? state : state.update(change).state;
}

/** The shortest change that makes `text` of what the editor holds; undefined for none. */
function changeTo({ doc }: EditorState, text: string) {
  const held = textOf(doc);
  if (held === text) {
    return undefined;
  }
  const { from, oldTo, newTo } = findChange(held, text);
  return { changes: { from, to: oldTo, insert: text.slice(from, newTo) }, userEvent: outsideEvent };
}

/** An issue in words. */
export type WordedIssue = JsonIssue & { readonly message: string };

/** Marks the issues in the text. */
export function showIssues(view: EditorView, issues: readonly WordedIssue[]): void {
  const { length } = view.state.doc;
  const diagnostics = issues.map(
    ({ kind, from, to, message }): Diagnostic => ({
      from: Math.min(from, length),
      to: Math.min(to, length),
      // Rules are the schema's wish: what breaks them can be sent.
      severity: kind === "rule" ? "warning" : "error",
      message,
    }),
  );
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

/**
 * Types over a selection in the browser's place. Its own editing would keep the look of the replaced text by inline
 * styles, which the page's Content-Security-Policy refuses and reports.
 */
function replaceSelection(event: InputEvent, view: EditorView): boolean {
  const { data, inputType } = event;
  const { from, to, empty } = view.state.selection.main;
  if (inputType !== "insertText" || data === null || empty || view.composing) {
    return false;
  }
  const insert = () =>
    view.state.update(view.state.replaceSelection(data), { userEvent: "input.type", scrollIntoView: true });
  const isHandled = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, data, insert));
  if (!isHandled) {
    view.dispatch(insert());
  }
  return true;
}

/** Where the caret stands, for what is pasted there. */
function placeOf({ state }: EditorView): PastePlace {
  const { from, to } = state.selection.main;
  const isBlank = (start: number, end?: number) => state.sliceDoc(start, end).trim() === "";
  const { name } = syntaxTree(state).resolveInner(from, 0);
  return {
    isWhole: isBlank(0, from) && isBlank(to),
    isInString: (name === "String" || name === "PropertyName") && from === to,
  };
}

function createExtensions({ schema, nonce, label, help, onPaste }: CodeViewOptions): Extension[] {
  // The page sends by this key, wherever the focus is.
  const editingKeys = defaultKeymap.filter(({ key }) => key !== "Mod-Enter");
  return [
    EditorView.cspNonce.of(nonce),
    // The index changes nothing in a browser, and tells axe that what scrolls can be reached by the keyboard.
    EditorView.contentAttributes.of({ "aria-label": label, autocapitalize: "off", spellcheck: "false", tabindex: "0" }),
    EditorState.tabSize.of(2),
    lineNumbers(),
    foldGutter(),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightSelectionMatches(),
    EditorView.domEventHandlers({
      beforeinput: replaceSelection,
      paste(event, view) {
        const isTaken = onPaste(event.clipboardData?.getData("text/plain") ?? "", placeOf(view));
        if (isTaken) {
          // What was selected is about to be replaced; the caret is left behind it.
          view.dispatch({ selection: { anchor: view.state.doc.length } });
        }
        return isTaken;
      },
    }),
    json(),
    syntaxHighlighting(jsonHighlighting),
    codeTheme,
    autocompletion({ override: [completeFromSchema(schema, help)], icons: false }),
    hoverTooltip(describeFromSchema(schema, help), { hoverTime: 250 }),
    keymap.of([
      ...closeBracketsKeymap,
      ...editingKeys,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...completionKeymap,
    ]),
  ];
}
