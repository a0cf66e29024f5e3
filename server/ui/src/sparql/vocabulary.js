// What there is to write in a query: asked of the server once, when it is first needed.

let asked;

/** @returns {Promise<{prefixes: Record<string, string>, terms: {name: string, kind: string, label: string, definition: string}[]}>} */
export function vocabulary() {
  asked ??= fetch("/sparql/terms.json", { headers: { Accept: "application/json" } }).then((response) => {
    if (!response.ok) throw new Error(`/sparql/terms.json: ${response.status}`);
    return response.json();
  }).catch(() => {
    asked = undefined; // asked again at the next key: the server may have been starting
    return { prefixes: {}, terms: [] };
  });
  return asked;
}

const DECLARATION = /^[ \t]*PREFIX[ \t]+([\w-]*):/gim;
const NAME = /(?<![\w:<?$@/#-])([A-Za-z][\w-]*):(?=[\w%\\])/g;
const NOT_NAMES = /<[^\s<>]*>|"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#.*/g;

/** The prefixes that a query declares. */
export function declared(text) {
  return new Set([...text.matchAll(DECLARATION)].map((match) => match[1]));
}

/** The prefixes that a query uses and does not declare, of those that are known. */
export function undeclared(text, prefixes) {
  const known = declared(text);
  const names = text.replace(NOT_NAMES, " ").matchAll(NAME);
  return [...new Set([...names].map((match) => match[1]))].filter((prefix) => prefix in prefixes && !known.has(prefix));
}

/** The change that declares prefixes: behind the last declaration, else before the first line that is no comment. */
export function declaration(doc, names, prefixes) {
  const text = doc.toString();
  let at = 0;
  for (const match of text.matchAll(/^[ \t]*(?:PREFIX|BASE)\b.*$/gim)) at = Math.min(match.index + match[0].length + 1, text.length);
  if (at === 0) at = text.match(/^(?:[ \t]*#.*\n)*/)[0].length;
  const needsBreak = at > 0 && text[at - 1] !== "\n";
  const lines = names.map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`).join("");
  return { from: at, insert: needsBreak ? `\n${lines}` : lines };
}
