import * as fs from "node:fs";
import * as path from "node:path";

import { synthesiseFolder, type SynthesisedResource } from "../../testing";
import { exampleNames, languageOf } from "../support/examples";

export const ROOT = path.join(__dirname, "..", "..");
const EXAMPLES = path.join(ROOT, "examples");

/** A program whose resources somebody may have deployed. */
export interface InventoriedProgram {
  /** Name of the file with the recorded inventory. */
  name: string;
  directory: string;
  stack?: string;
}

/** Both stacks, and every example in TypeScript that evaluates inside this repository. */
export function programs(): InventoriedProgram[] {
  const examples = exampleNames().filter((name) => name !== "consumer" && languageOf(name) === "nodejs");
  return [
    ...["dev", "prod"].map((stack) => ({ name: `stack-${stack}`, directory: ROOT, stack })),
    ...examples.map((name) => ({ name: `example-${name}`, directory: path.join(EXAMPLES, name) })),
  ];
}

/** What makes a resource the one that it is: its URN, and its name in AWS where the program chooses that. */
export async function identities({ directory, stack }: InventoriedProgram): Promise<string[]> {
  const { resources } = await synthesiseFolder(directory, stack);
  return resources.map((resource) => [resource.urn, ...chosenNames(resource)].join(" ")).sort();
}

function chosenNames({ type, inputs }: SynthesisedResource): string[] {
  const keys = type === "aws:s3/bucket:Bucket" ? ["bucket", "bucketPrefix"] : ["name", "namePrefix"];
  return keys.filter((key) => typeof inputs[key] === "string").map((key) => `${key}=${inputs[key] as string}`);
}

export function recordOf({ name }: InventoriedProgram): string {
  return path.join(__dirname, "recorded", `${name}.txt`);
}

/** The identities of the last recording; nothing for a program that is new. */
export function recorded(program: InventoriedProgram): string[] | undefined {
  const file = recordOf(program);
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trimEnd().split("\n") : undefined;
}

/** `type::name` of each recorded resource. */
export function recordedResources(program: InventoriedProgram): string[] {
  return (recorded(program) ?? []).map((identity) => {
    const [, , qualifiedType = "", name = ""] = (identity.split(" ")[0] as string).split("::");
    return `${qualifiedType.split("$").at(-1)}::${name}`;
  });
}

/**
 * Lost identities that the changelog says nothing of. `pulumi up` would delete these resources, or replace them by others.
 * The section of what is not released yet acknowledges one by naming the resource in backquotes.
 */
export function unacknowledged(lost: string[], changelog: string): string[] {
  const [, section = ""] = /^## [^\n]*unreleased[^\n]*\n(.*?)(?=^## |$(?![^]))/ims.exec(changelog) ?? [];
  return lost.filter((identity) => !section.includes(`\`${nameOf(identity)}\``));
}

function nameOf(identity: string): string {
  return (identity.split(" ")[0] as string).split("::").at(-1) as string;
}

export function changelog(): string {
  return fs.readFileSync(path.join(ROOT, "CHANGELOG.md"), "utf8");
}
