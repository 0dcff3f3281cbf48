import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";

import type { AnalyzeResult } from "@pulumi/pulumi/provider/experimental/analyzer";
import { parse } from "yaml";

const EXAMPLES = path.join(__dirname, "..", "..", "examples");
const COMPONENT = "VideoBatchPipeline";

type Properties = NonNullable<AnalyzeResult["typeDefinitions"][string]["properties"]>;

/** The YAML example's arguments, and the outputs that it reads, against what the analyzer found. */
export function checkYaml(result: AnalyzeResult): void {
  const text = fs.readFileSync(path.join(EXAMPLES, "yaml", "Pulumi.yaml"), "utf8");
  const program = parse(text) as { resources: { videos: { type: string; properties: Record<string, unknown> } } };
  const { type, properties } = program.resources.videos;
  assert.equal(type, `video-batch-pipeline:index:${COMPONENT}`);
  checkObject(result, inputsOf(result), properties, COMPONENT);
  const read = [...text.matchAll(/\$\{videos\.(\w+)\}/g)].map(([, name]) => name as string);
  assert.ok(read.length > 0);
  for (const name of read) assert.ok(name in outputsOf(result), `${name} is no output`);
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

/** The Python example's keywords, each in the snake case of an argument of the class that it calls. */
export function checkPython(result: AnalyzeResult): void {
  const text = fs.readFileSync(path.join(EXAMPLES, "python", "__main__.py"), "utf8");
  const calls = callsIn(text);
  assert.ok(calls.length > 4);
  for (const { name, keywords } of calls) {
    const known = name === COMPONENT ? inputsOf(result) : result.typeDefinitions[name]?.properties;
    assert.ok(known, `There is no ${name}`);
    const names = Object.keys(known).map(snakeCase);
    for (const keyword of keywords) assert.ok(names.includes(keyword), `${name} has no ${keyword}`);
    for (const [required, { optional }] of Object.entries(known)) {
      assert.ok(optional || keywords.includes(snakeCase(required)), `${name} needs ${snakeCase(required)}`);
    }
  }
  const outputs = Object.keys(outputsOf(result)).map(snakeCase);
  const read = [...text.matchAll(/\bvideos\.(\w+)/g)].map(([, name]) => name as string);
  assert.ok(read.length > 0);
  for (const name of read) assert.ok(outputs.includes(name), `${name} is no output`);
}

/** Calls of the package's classes with the keywords of each, without those of calls inside it. */
function callsIn(text: string): { name: string; keywords: string[] }[] {
  return [...text.matchAll(/\bvbp\.(\w+)\(/g)].map((match) => {
    let depth = 1;
    let own = "";
    for (let at = match.index + match[0].length; depth > 0; at++) {
      const character = text.charAt(at);
      if ("([{".includes(character)) depth++;
      if (depth === 1) own += character;
      if (")]}".includes(character)) depth--;
    }
    return {
      name: match[1] as string,
      keywords: [...own.matchAll(/\b(\w+)=/g)].map(([, keyword]) => keyword as string),
    };
  });
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
