import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";

import type { AnalyzeResult } from "@pulumi/pulumi/provider/experimental/analyzer";

import { yamlExample } from "../support/examples";

const EXAMPLES = path.join(__dirname, "..", "..", "examples");
const COMPONENT = "VideoBatchPipeline";

type Properties = NonNullable<AnalyzeResult["typeDefinitions"][string]["properties"]>;

/** The YAML example's arguments, and the outputs that it reads, against what the analyzer found. */
export function checkYaml(result: AnalyzeResult): void {
  for (const { args } of yamlExample("yaml")) {
    checkObject(result, inputsOf(result), args as Record<string, unknown>, COMPONENT);
  }
  const text = fs.readFileSync(path.join(EXAMPLES, "yaml", "Pulumi.yaml"), "utf8");
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
      const definition = "$ref" in type ? typeOf(result, type.$ref) : undefined;
      if (definition?.enum) {
        assert.ok(
          definition.enum.some((choice) => choice.value === entry),
          `${where}.${name}`,
        );
      } else if (definition) {
        checkObject(result, definition.properties ?? {}, entry as Record<string, unknown>, `${where}.${name}`);
      } else if ("type" in type && type.type !== "object") {
        assert.equal(typeof entry, type.type === "integer" ? "number" : type.type, `${where}.${name}`);
      }
    }
  }
}

function inputsOf(result: AnalyzeResult): Properties {
  return result.components[COMPONENT]?.inputs ?? {};
}

function outputsOf(result: AnalyzeResult): Properties {
  return result.components[COMPONENT]?.outputs ?? {};
}

function typeOf(result: AnalyzeResult, reference: string): AnalyzeResult["typeDefinitions"][string] | undefined {
  return result.typeDefinitions[reference.split(":").at(-1) as string];
}
