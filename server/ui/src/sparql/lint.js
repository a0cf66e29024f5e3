// Faults of syntax are marked where the endpoint's own parser finds them. It is asked about an empty dataset, so that a
// check costs next to nothing however dear the query is.

import { linter } from "@codemirror/lint";

import { declaration, undeclared, vocabulary } from "./vocabulary.js";

const PAUSE = 700; // milliseconds without a key before the endpoint is asked
const NOTHING = "urn:x-nothing"; // the name of a graph that nobody has
const ACCEPT = "application/sparql-results+json, text/turtle, application/problem+json";

export function checkSyntax() {
  let request;
  return linter(async (view) => {
    request?.abort();
    request = new AbortController();
    const text = view.state.doc.toString();
    const problem = await ask(text, request.signal);
    if (!problem?.line || view.state.doc.toString() !== text) return [];
    return [await diagnostic(view.state.doc, problem)];
  }, { delay: PAUSE });
}

/** The problem that the endpoint has with a query, or null. Queries with SERVICE are left alone: they ask others. */
async function ask(text, signal) {
  if (!text.trim() || /\bservice\b/i.test(text)) return null;
  const address = `/sparql?${new URLSearchParams({ "default-graph-uri": NOTHING, timeout: "2" })}`;
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { Accept: ACCEPT },
      body: new URLSearchParams({ query: text }),
      signal,
    });
    return response.status === 400 ? await response.json() : null;
  } catch {
    return null; // the next key asks again, and the answer to the query itself tells of every fault
  }
}

async function diagnostic(doc, { detail, line, column }) {
  const at = position(doc, line, column ?? 1);
  const end = doc.lineAt(at).to;
  const word = doc.sliceString(at, end).match(/^[\w:?$-]+|^./u)?.[0] ?? "";
  const from = word || at === 0 ? at : at - 1; // at the end of a line there is nothing to mark but what stands before
  const { prefixes } = await vocabulary();
  const missing = undeclared(doc.toString(), prefixes);
  const actions = missing.length ? [{
    name: `Declare ${missing.map((name) => `${name}:`).join(" ")}`,
    apply: (view) => view.dispatch({ changes: declaration(view.state.doc, missing, prefixes) }),
  }] : [];
  return { from, to: at + word.length, severity: "error", message: detail, actions };
}

/** Where a line and a column are; columns count characters, the editor counts units of UTF-16. */
function position(doc, number, column) {
  const line = doc.line(Math.min(number, doc.lines));
  return line.from + [...line.text].slice(0, column - 1).join("").length;
}
