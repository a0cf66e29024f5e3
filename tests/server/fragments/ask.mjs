// Asks Comunica the queries in these files over one source, whose address is all that it is told.
// usage: node ask.mjs PACKAGE SOURCE FILE… ; prints one line of JSON for each: the rows with the values of variables.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, source, ...files] = process.argv.slice(2);
const { QueryEngine } = createRequire(`${folder}/`)("@comunica/query-sparql");
const engine = new QueryEngine();
for (const file of files) {
  const bindings = await engine.queryBindings(readFileSync(file, "utf8"), { sources: [source] });
  const rows = (await bindings.toArray()).map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, term.value])));
  console.log(JSON.stringify(rows));
}
