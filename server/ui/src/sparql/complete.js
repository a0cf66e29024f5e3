// Completion of what this graph knows: our prefixes, classes, properties and concepts, and things by their names.
// Whoever chooses a name whose prefix is not declared yet gets the PREFIX line too.

import { syntaxTree } from "@codemirror/language";

import { fetchSuggestions } from "../site/suggestions.js";
import { declaration, declared, vocabulary } from "./vocabulary.js";

const KEYWORDS = (
  "SELECT DISTINCT CONSTRUCT DESCRIBE ASK WHERE FROM NAMED PREFIX BASE OPTIONAL UNION MINUS GRAPH FILTER BIND VALUES AS " +
  "GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET NOT EXISTS IN COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG " +
  "LANGMATCHES DATATYPE BOUND IF COALESCE CONCAT CONTAINS STRSTARTS STRENDS STRLEN UCASE LCASE REGEX REPLACE SUBSTR " +
  "YEAR MONTH DAY ABS ROUND CEIL FLOOR ISIRI ISLITERAL"
).split(" ").map((label) => ({ label, type: "keyword", boost: -50 }));
const ENTITIES = new Set(["article", "event", "country", "place", "person", "organization", "crisis"]);
const LOCAL = /^[A-Za-z0-9_](?:[\w-]*[\w-])?$/; // of a prefixed name, without what would have to be escaped
const PAUSE = 150;

export const completions = [completeTerms, completeEntities];

async function completeTerms(context) {
  const before = lineBefore(context);
  if (isWithin(context, "comment", "string")) return null;
  const { prefixes, terms } = await vocabulary();
  const declaring = before.match(/^\s*PREFIX\s+([\w-]*)$/i);
  if (declaring) return { from: context.pos - declaring[1].length, options: Object.keys(prefixes).map((name) => asLine(name, prefixes)) };
  const variable = context.matchBefore(/[?$]\w*/);
  if (variable) return { from: variable.from, options: variables(context, variable.from), validFor: /^[?$]\w*$/ };
  if (/<[^>\s]*$/.test(before)) return null;
  const word = context.matchBefore(/(?:[A-Za-z][\w-]*)?:?[\w-]*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const options = terms.map((term) => asTerm(term, prefixes));
  const starts = Object.keys(prefixes).map((name) => ({ label: `${name}:`, type: "namespace", detail: prefixes[name], boost: -10, apply: withPrefix(`${name}:`, name, prefixes) }));
  return { from: word.from, options: word.text.includes(":") ? options : [...options, ...starts, ...KEYWORDS], validFor: /^[\w-]*:?[\w-]*$/ };
}

/** Things by name: `russ`, or `country:russ` for those of one kind. */
async function completeEntities(context) {
  if (isWithin(context, "comment", "string") || /<[^>\s]*$/.test(lineBefore(context))) return null;
  const word = context.matchBefore(/(?:([a-z]+):)?[\p{L}][\p{L}\p{N}-]*/u);
  if (!word || /[?$:]/.test(context.state.sliceDoc(word.from - 1, word.from))) return null;
  const [kind, name] = word.text.includes(":") ? word.text.split(":") : ["", word.text];
  if (name.length < 3 || (kind && !ENTITIES.has(kind))) return null;
  await new Promise((done) => setTimeout(done, PAUSE));
  if (context.aborted) return null;
  const [{ prefixes }, found] = await Promise.all([vocabulary(), fetchSuggestions(name.replaceAll("-", " "))]);
  const options = found.map((one) => asEntity(one, prefixes)).filter((one) => one && (!kind || one.type === kind));
  return options.length ? { from: word.from, options, filter: false } : null;
}

function asTerm({ name, kind, label, definition }, prefixes) {
  const words = label.replaceAll(" ", "").toLowerCase() === name.split(":")[1].toLowerCase() ? kind : `${label} · ${kind}`;
  return { label: name, type: kind, detail: words, info: definition || undefined, apply: withPrefix(name, name.split(":")[0], prefixes) };
}

function asLine(name, prefixes) {
  return { label: `${name}: <${prefixes[name]}>`, type: "namespace" };
}

/** A thing as a prefixed name, or as an IRI where its slug has characters that such a name may not have. */
function asEntity({ label, kind, href }, prefixes) {
  const [resource, fragment] = href.split("#");
  const path = decodeURIComponent(resource).match(/^\/page\/([a-z]+)\/(.+)$/);
  if (!path || fragment || !ENTITIES.has(path[1])) return null;
  const [, prefix, slug] = path;
  const isName = LOCAL.test(slug);
  const text = isName ? `${prefix}:${slug}` : `<${prefixes[prefix]}${slug}>`;
  return { label: text, displayLabel: label, detail: isName ? text : kind, type: prefix, boost: -5, apply: isName ? withPrefix(text, prefix, prefixes) : text };
}

function variables(context, from) {
  const names = new Set();
  for (const match of context.state.doc.toString().matchAll(/[?$](\w+)/g)) {
    if (match.index !== from) names.add(match[0]);
  }
  return [...names].map((label) => ({ label, type: "variable" }));
}

/** Insert `text`, and declare its prefix in the same step, so that one undo takes both back. */
function withPrefix(text, prefix, prefixes) {
  return (view, _completion, from, to) => {
    const { doc } = view.state;
    const missing = !declared(doc.toString()).has(prefix);
    const line = missing ? declaration(doc, [prefix], prefixes) : null;
    const moved = line && line.from <= from ? line.insert.length : 0;
    view.dispatch({
      changes: [{ from, to, insert: text }, ...(line ? [line] : [])],
      selection: { anchor: from + text.length + moved },
      userEvent: "input.complete",
    });
  };
}

function lineBefore(context) {
  return context.state.sliceDoc(context.state.doc.lineAt(context.pos).from, context.pos);
}

function isWithin(context, ...names) {
  const { name, from } = syntaxTree(context.state).resolveInner(context.pos, -1);
  return names.includes(name) && from < context.pos;
}
