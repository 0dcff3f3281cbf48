// `npm run reference` generates components/schema.json, the package's schema as Pulumi's engine gets it from the component, from the
// types and docstrings. Arguments are checked against it. A test fails if the file is stale.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer.js";
import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema.js";
import prettier from "prettier";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const FILE = path.join(root, "components", "schema.json");
const { name, description } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, await schema(analyse()));

/** What Pulumi's analyzer finds in the current sources. */
export function analyse() {
  // The whole project takes several times as long to read as the part of it that the component is made of.
  const directory = mkdtempSync(path.join(tmpdir(), "analyzer-"));
  const config = { extends: path.join(root, "tsconfig.json"), include: [], files: [path.join(root, "index.ts")] };
  writeFileSync(path.join(directory, "tsconfig.json"), JSON.stringify(config));
  try {
    const packageJson = { main: path.join(root, "index.js") };
    return new Analyzer(directory, name, packageJson, new Set(["VideoBatchPipeline"])).analyze();
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The content of the file. It has no version, because a release would make it stale. */
export async function schema({ components, typeDefinitions, dependencies }) {
  const generated = generateSchema(name, undefined, description, components, typeDefinitions, dependencies);
  // Pulumi leaves out what types are.
  for (const type of Object.values(typeDefinitions))
    generated.types[`${name}:index:${type.name}`].description = type.description;
  return prettier.format(JSON.stringify(generated), { ...(await prettier.resolveConfig(FILE)), filepath: FILE });
}
