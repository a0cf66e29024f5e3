// Makes one bundle of each script in src/, and licences.txt with the terms of everything that is bundled.
//
// usage: node build.mjs [FOLDER]   (default: ../static/ui, where the server looks)

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const outdir = process.argv[2] ?? join(here, "..", "static", "ui");
// What lies in folders of src/ is imported by these.
const entryPoints = readdirSync(join(here, "src"))
  .filter((name) => name.endsWith(".js"))
  .map((name) => join(here, "src", name));

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints,
  outdir,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022"],
  legalComments: "none", // they are in licences.txt, whole
  banner: { js: "/* Licences of what is bundled here: /static/ui/licences.txt */" },
  charset: "utf8",
  metafile: true,
  logLevel: "warning",
});

writeFileSync(join(outdir, "licences.txt"), licences(Object.keys(metafile.inputs)));

/** The licence of each package that a file comes from. A package without one stops the build. */
function licences(inputs) {
  const packages = new Set(inputs.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]).filter(Boolean));
  return [...packages].sort().map((name) => {
    const folder = join(here, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "license"].find((one) => existsSync(join(folder, one)));
    if (!file) throw new Error(`${name} ${version} comes without the text of its licence (${license})`);
    return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  }).join(`\n${"-".repeat(72)}\n\n`);
}
