// The colours of the editor are those of the site, light and dark: custom properties reach into a shadow root.

import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const highlighting = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--code-keyword)", fontWeight: "600" },
  { tag: tags.standard(tags.variableName), color: "var(--code-keyword)" },
  { tag: tags.local(tags.variableName), color: "var(--code-variable)" },
  { tag: tags.atom, color: "var(--code-name)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: tags.meta, color: "var(--code-string)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);

export const theme = EditorView.theme({
  "&": { background: "var(--raised)", color: "var(--ink)", border: "1px solid var(--soft)", borderRadius: "6px", fontSize: ".9rem" },
  "&.cm-focused": { outline: "3px solid var(--mark-line)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5", minHeight: "14rem", maxHeight: "70vh" },
  ".cm-content": { caretColor: "var(--ink)", padding: ".6rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { background: "var(--raised)", color: "var(--soft)", border: "0", borderRadius: "6px 0 0 6px" },
  ".cm-activeLine, .cm-activeLineGutter": { background: "transparent" },
  "&.cm-focused .cm-activeLine": { background: "var(--code-line)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { background: "var(--code-selection)" },
  "&.cm-focused .cm-matchingBracket": { background: "var(--code-selection)", outline: "1px solid var(--soft)" },
  "&.cm-focused .cm-nonmatchingBracket": { background: "transparent", color: "var(--doubt)" },
  // The library underlines with pictures in data: addresses, which the Content-Security-Policy forbids.
  ".cm-lintRange-error, .cm-lintRange-error.cm-lintRange-active": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--doubt)",
    backgroundColor: "var(--doubt-back)",
  },
  ".cm-lintPoint:after": { borderBottomColor: "var(--doubt)" },
  ".cm-tooltip": { background: "var(--raised)", color: "var(--ink)", border: "1px solid var(--soft)", borderRadius: "6px", maxWidth: "min(34rem, 90vw)" },
  // So many options are shown that none has to be scrolled to: the keyboard could not scroll the list.
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "none" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".3rem .6rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--accent)", color: "var(--page)" },
  ".cm-completionMatchedText": { textDecoration: "underline" },
  ".cm-completionDetail": { color: "var(--soft)", fontStyle: "normal", fontFamily: "var(--sans)" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionInfo": { padding: ".5rem .7rem", fontFamily: "var(--sans)", lineHeight: "1.4" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--doubt)" },
  ".cm-diagnosticAction": { background: "var(--accent)", color: "var(--page)", font: "inherit", borderRadius: "4px" },
});
