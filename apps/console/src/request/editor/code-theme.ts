import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** The colours of JSON, which follow the page's theme through its variables. */
export const jsonHighlighting = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--sb-json-key)" },
  { tag: tags.string, color: "var(--sb-json-string)" },
  { tag: tags.number, color: "var(--sb-json-number)" },
  { tag: [tags.bool, tags.null], color: "var(--sb-json-atom)" },
  { tag: [tags.punctuation, tags.separator], color: "var(--sb-json-punctuation)" },
]);

const floating = {
  border: "1px solid var(--sb-line-strong)",
  borderRadius: "var(--sb-radius)",
  backgroundColor: "var(--sb-panel)",
  color: "var(--sb-text)",
  boxShadow: "var(--sb-shadow)",
};

/** The editor's look, made of the page's variables. */
export const codeTheme = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--sb-field)", color: "var(--sb-text)", fontSize: "13px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--sb-mono)", lineHeight: "20px" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--sb-text)" },
  ".cm-cursor": { borderLeftColor: "var(--sb-text)" },
  ".cm-gutters": { border: "none", backgroundColor: "var(--sb-field)", color: "var(--sb-muted)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "26px", padding: "0 2px 0 8px" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--sb-hover) 55%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--sb-accent) 28%, transparent)",
  },
  "& .cm-matchingBracket": { backgroundColor: "transparent" },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--sb-accent-soft)",
    outline: "1px solid var(--sb-line-strong)",
  },
  ".cm-selectionMatch": { backgroundColor: "var(--sb-accent-soft)" },
  ".cm-foldPlaceholder": { border: "none", backgroundColor: "var(--sb-raised)", color: "var(--sb-muted)" },
  ".cm-tooltip": floating,
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--sb-mono)", fontSize: "12px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px", lineHeight: "18px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--sb-selected)",
    color: "var(--sb-text)",
  },
  ".cm-completionDetail": { color: "var(--sb-muted)", fontStyle: "normal" },
  ".cm-tooltip.cm-completionInfo": {
    ...floating,
    maxWidth: "320px",
    padding: "6px 10px",
    font: "12px/18px var(--sb-sans)",
  },
  ".cm-description": { maxWidth: "420px", padding: "6px 10px" },
  ".cm-description p": {
    margin: "4px 0 0",
    font: "12px/18px var(--sb-sans)",
    color: "var(--sb-muted)",
    whiteSpace: "pre-line",
  },
  ".cm-description ul": {
    margin: "4px 0 0",
    padding: "0 0 0 16px",
    font: "12px/18px var(--sb-sans)",
    overflowWrap: "anywhere",
  },
  ".cm-diagnostic": { padding: "4px 10px", font: "12px/18px var(--sb-sans)" },
  ".cm-diagnostic-error": { borderLeft: "3px solid var(--sb-server)" },
  ".cm-panels": { border: "none", backgroundColor: "var(--sb-raised)", color: "var(--sb-text)" },
});
