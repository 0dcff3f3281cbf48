/** What a program can see of how it was started and loaded. */
const FACTS = `{
  file: __filename,
  folder: process.cwd(),
  arguments: process.argv.length,
  project: pulumi.getProject(),
  stack: pulumi.getStack(),
  organization: pulumi.getOrganization(),
  root: pulumi.getRootDirectory(),
}`;

const TYPESCRIPT = `
import * as pulumi from "@pulumi/pulumi";
enum Kind { Demo = "demo" }
class Thing extends pulumi.CustomResource {
  constructor(name: string, facts: pulumi.Inputs) {
    super(Kind.Demo + ":index:Thing", name, facts);
  }
}
new Thing("thing", ${FACTS});
export const made: boolean = true;
`;

const COMMON = `
const pulumi = require("@pulumi/pulumi");
new pulumi.CustomResource("demo:index:Thing", "thing", ${FACTS});
exports.made = true;
`;

const MODULE = `
import * as pulumi from "@pulumi/pulumi";
import { fileURLToPath } from "node:url";
const __filename = fileURLToPath(import.meta.url);
new pulumi.CustomResource("demo:index:Thing", "thing", ${FACTS});
export const made = true;
`;

/** A program by the ending of its file. */
export const THING: Record<string, string> = {
  ".ts": TYPESCRIPT,
  ".cts": TYPESCRIPT,
  ".js": COMMON,
  ".cjs": COMMON,
  ".mjs": MODULE,
  ".mts": MODULE.replace("new pulumi.CustomResource(", "new (pulumi.CustomResource as any)("),
};

/** For programs whose package is one of ES modules, where `.js` is one. */
export const ES_MODULE = { js: MODULE, ts: THING[".mts"]! };

/** A program in CommonJS around some lines, with `thing` to register one. */
export function program(lines: string): string {
  return `
const pulumi = require("@pulumi/pulumi");
const thing = (name, inputs = {}, options) => new pulumi.CustomResource("demo:index:Thing", name, inputs, options);
${lines}
`;
}
