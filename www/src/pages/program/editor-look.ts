import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--paper-sunk)", fontSize: "inherit", height: "100%" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-code)", lineHeight: "var(--leading-code)", overflow: "auto" },
  ".cm-content": { padding: "var(--space-2) 0", caretColor: "var(--ink)", fontVariantLigatures: "none" },
  ".cm-line": { padding: "0 var(--space-3) 0 var(--space-2)", borderInlineStart: "3px solid transparent" },
  ".cm-gutters": { backgroundColor: "var(--paper-sunk)", color: "var(--ink-2)", border: "0" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "4ch", padding: "0 var(--space-1) 0 var(--space-2)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-soft)", outline: "1px solid var(--accent)" },
  ".cm-stood": { backgroundColor: "var(--accent-soft)" },
  ".cm-own": { borderInlineStartColor: "var(--accent)" },
  ".cm-note": {
    marginInlineStart: "var(--space-4)",
    padding: "0 var(--space-1)",
    borderRadius: "3px",
    color: "var(--accent)",
    fontFamily: "var(--font-text)",
    fontSize: "var(--text-13)",
    userSelect: "none",
  },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    backgroundColor: "var(--removed-soft)",
    textDecoration: "underline wavy var(--removed)",
    textUnderlineOffset: "3px",
  },
  ".cm-lintPoint-error::after": { borderBottomColor: "var(--removed)" },
  ".cm-tooltip": {
    maxWidth: "60ch",
    border: "1px solid var(--rule)",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--paper-raised)",
    color: "var(--ink)",
    boxShadow: "var(--shadow)",
  },
  ".cm-diagnostic": { padding: "var(--space-1) var(--space-3)", fontFamily: "var(--font-text)", fontSize: "var(--text-13)" },
  ".cm-diagnostic-error": { borderInlineStart: "3px solid var(--removed)" },
});

/** The colours of the source beside the charts, and no more. */
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.bool, tags.null], color: "var(--accent)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--added)" },
  { tag: tags.propertyName, color: "var(--ink)" },
  { tag: tags.comment, color: "var(--ink-2)", fontStyle: "italic" },
]);

/** How the editor looks: the page's tokens, so that it follows the theme by itself. */
export const look: Extension = [theme, syntaxHighlighting(colours)];
