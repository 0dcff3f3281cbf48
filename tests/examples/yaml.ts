import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";

import type { AnalyzeResult } from "@pulumi/pulumi/provider/experimental/analyzer";

import { findProblems } from "../../components/checks";
import { yamlExample } from "../support/examples";

const EXAMPLES = path.join(__dirname, "..", "..", "examples");

/** The YAML example's arguments against the schema, and the outputs that it reads against what the analyzer found. */
export function checkYaml(result: AnalyzeResult): void {
  for (const { name, args } of yamlExample("yaml")) assert.deepEqual(findProblems(name, args), []);
  const text = fs.readFileSync(path.join(EXAMPLES, "yaml", "Pulumi.yaml"), "utf8");
  const read = [...text.matchAll(/\$\{videos\.(\w+)\}/g)].map(([, name]) => name as string);
  assert.ok(read.length > 0);
  const outputs = result.components["VideoBatchPipeline"]?.outputs ?? {};
  for (const name of read) assert.ok(name in outputs, `${name} is no output`);
}
