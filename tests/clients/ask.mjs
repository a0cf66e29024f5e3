// Asks Comunica queries over sources whose addresses are all that it is told.
// usage: node ask.mjs PACKAGE SOURCES QUERY… ; SOURCES are addresses with a space between. Prints the answer to each
// query as a line of JSON: rows with the values of variables, true or false, or triples as lists of values.
import { createRequire } from "node:module";

const [folder, sources, ...queries] = process.argv.slice(2);
const { QueryEngine } = createRequire(`${folder}/`)("@comunica/query-sparql");
const engine = new QueryEngine();
const plain = {
  boolean: (found) => found,
  bindings: (found) => found.map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, term.value]))),
  quads: (found) => found.map(({ subject, predicate, object }) => [subject.value, predicate.value, object.value]),
};
for (const query of queries) {
  const result = await engine.query(query, { sources: sources.split(" ") });
  const found = await result.execute();
  console.log(JSON.stringify(plain[result.resultType](result.resultType === "boolean" ? found : await found.toArray())));
}
