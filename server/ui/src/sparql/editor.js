// CodeMirror in place of the text area. It lives in a shadow root, where its styles become constructed sheets: in the
// document they would be <style> elements, which the Content-Security-Policy forbids. The text area stays what the
// form sends.
//
// Tab leaves the editor (WCAG 2.2, 2.1.2); Ctrl+] and Ctrl+[ indent.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { lintKeymap } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";

import { completions } from "./complete.js";
import { checkSyntax } from "./lint.js";
import { highlighting, theme } from "./theme.js";

const HELP = "Ctrl+Enter (⌘ Enter) asks. Ctrl+Space completes names of the vocabulary and of things. Tab leaves the editor.";

/** Put an editor where `area` is; `form` is sent with Ctrl+Enter. */
export function mountEditor(area, form) {
  const host = document.createElement("div");
  host.className = "editor";
  const root = host.attachShadow({ mode: "open" });
  const help = Object.assign(document.createElement("p"), { id: "help", textContent: HELP });
  Object.assign(help.style, { margin: ".4rem 0", color: "var(--soft)", fontSize: ".875rem" });
  const view = new EditorView({
    state: EditorState.create({ doc: area.value, extensions: extensions(area, form) }),
    parent: root,
    root,
  });
  root.append(help);
  area.after(host);
  area.hidden = true;
  for (const label of area.labels) label.addEventListener("click", () => view.focus());
  // What the page or the reader's list of queries puts into the text area is shown too.
  area.addEventListener("change", () => {
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: area.value } });
    view.focus();
  });
  return view;
}

function extensions(area, form) {
  const ask = () => { form.requestSubmit(); return true; };
  return [
    Prec.highest(keymap.of([{ key: "Mod-Enter", run: ask }, { key: "Ctrl-Enter", run: ask }])),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap]),
    lineNumbers(),
    history(),
    drawSelection(),
    highlightActiveLine(),
    bracketMatching(),
    closeBrackets(),
    indentOnInput(),
    indentUnit.of("  "),
    EditorState.tabSize.of(2),
    EditorView.lineWrapping,
    StreamLanguage.define(sparql),
    syntaxHighlighting(highlighting),
    theme,
    autocompletion({ override: completions, icons: false, maxRenderedOptions: 10 }),
    checkSyntax(),
    overwrite,
    EditorView.contentAttributes.of({ "aria-label": "SPARQL query", "aria-describedby": "help", spellcheck: "false" }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) area.value = update.state.doc.toString();
    }),
  ];
}

// Typing over a selection: Chromium would carry its looks over in a style attribute, which the policy forbids and tells.
const overwrite = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { ranges, main: { from, to, empty } } = view.state.selection;
    if (empty || ranges.length > 1 || view.composing || event.inputType !== "insertText" || !event.data) return false;
    const typed = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler); // as of closeBrackets
    if (!handlers.some((handle) => handle(view, from, to, event.data, typed))) view.dispatch(typed());
    event.preventDefault();
    return true;
  },
});
