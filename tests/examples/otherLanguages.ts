import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";

import type { AnalyzeResult } from "@pulumi/pulumi/provider/experimental/analyzer";

import { pythonExample, yamlExample } from "../support/examples";

const EXAMPLES = path.join(__dirname, "..", "..", "examples");
const COMPONENT = "VideoBatchPipeline";

type Properties = NonNullable<AnalyzeResult["typeDefinitions"][string]["properties"]>;

/** The YAML example's arguments, and the outputs that it reads, against what the analyzer found. */
export function checkYaml(result: AnalyzeResult): void {
  for (const { args } of yamlExample("yaml")) {
    checkObject(result, inputsOf(result), args as Record<string, unknown>, COMPONENT);
  }
  checkOutputs(path.join("yaml", "Pulumi.yaml"), /\$\{videos\.(\w+)\}/g, Object.keys(outputsOf(result)));
}

/** The same for Python, whose SDK spells names in snake case, and has a class for every type of an argument. */
export function checkPython(result: AnalyzeResult): void {
  for (const { args } of pythonExample("python")) {
    checkObject(result, inputsOf(result), args as Record<string, unknown>, COMPONENT);
  }
  const file = path.join("python", "__main__.py");
  checkOutputs(file, /\bvideos\.(\w+)/g, Object.keys(outputsOf(result)).map(snakeCase));
  const classes = [...textOf(file).matchAll(/\bvbp\.(\w+)\(/g)].map(([, name]) => name as string);
  assert.ok(classes.length > 4);
  for (const name of classes) assert.ok(name === COMPONENT || name in result.typeDefinitions, `There is no ${name}`);
}

function checkObject(result: AnalyzeResult, known: Properties, given: Record<string, unknown>, where: string): void {
  for (const [name, property] of Object.entries(known)) {
    assert.ok(property.optional || name in given, `${where}.${name} is missing`);
  }
  for (const [name, value] of Object.entries(given)) {
    const property = known[name];
    assert.ok(property, `${where} has no ${name}`);
    const type = property.items ?? property;
    const entries = property.items ? (value as unknown[]) : [value];
    for (const entry of entries) {
      if ("$ref" in type) {
        checkObject(result, typeOf(result, type.$ref), entry as Record<string, unknown>, `${where}.${name}`);
      } else if (type.type !== "object") {
        assert.equal(typeof entry, type.type === "integer" ? "number" : type.type, `${where}.${name}`);
      }
    }
  }
}

function checkOutputs(file: string, reading: RegExp, outputs: string[]): void {
  const read = [...textOf(file).matchAll(reading)].map(([, name]) => name as string);
  assert.ok(read.length > 0);
  for (const name of read) assert.ok(outputs.includes(name), `${name} is no output`);
}

function textOf(file: string): string {
  return fs.readFileSync(path.join(EXAMPLES, file), "utf8");
}

/** As Pulumi's Python SDKs spell names. */
function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

function inputsOf(result: AnalyzeResult): Properties {
  return result.components[COMPONENT]?.inputs ?? {};
}

function outputsOf(result: AnalyzeResult): Properties {
  return result.components[COMPONENT]?.outputs ?? {};
}

function typeOf(result: AnalyzeResult, reference: string): Properties {
  return result.typeDefinitions[reference.split(":").at(-1) as string]?.properties ?? {};
}
