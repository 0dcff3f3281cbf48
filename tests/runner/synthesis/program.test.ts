import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { findProject, loadProgram, synthesiseProgram } from "../../../runner/synthesis/program";
import { UsageError } from "../../../contract/usageError";

describe("a Pulumi program on disk", () => {
  let directory: string;

  beforeEach(() => {
    directory = realpathSync(mkdtempSync(path.join(tmpdir(), "program-")));
    symlinkSync(path.resolve(__dirname, "../../../node_modules"), path.join(directory, "node_modules"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  function write(files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
      writeFileSync(path.join(directory, name), text);
    }
  }

  const topic = `
    import * as sns from "@pulumi/aws/sns";
    import * as pulumi from "@pulumi/pulumi";
    new sns.Topic("notices", { displayName: new pulumi.Config().get("label") ?? process.cwd() });
    export const label: string = "exported";
  `;

  it("runs the file that main names, in that file's folder", async () => {
    write({ "Pulumi.yaml": "name: demo\nruntime: nodejs\nmain: stacks/index.ts\n", "stacks/index.ts": topic });
    const synthesis = await synthesiseProgram(loadProgram({ directory }));
    assert.equal(synthesis.resources[0]?.inputs["displayName"], path.join(directory, "stacks"));
    assert.deepEqual(synthesis.outputs, { label: "exported" });
    assert.notEqual(process.cwd(), path.join(directory, "stacks"));
  });

  it("runs the package's main if there is none, and is found from a folder below", async () => {
    write({
      "Pulumi.yaml": "name: demo\nruntime: { name: nodejs, options: { typescript: true } }\n",
      "package.json": '{ "main": "program.ts" }',
      "program.ts": topic,
      "deep/below/file": "",
    });
    const program = loadProgram({ directory: path.join(directory, "deep/below") });
    assert.equal(program.directory, directory);
    assert.equal((await synthesiseProgram(program)).resources[0]?.inputs["displayName"], directory);
  });

  it("runs a function that is exported as the program", async () => {
    write({
      "Pulumi.yaml": "name: demo\nruntime: nodejs\n",
      "index.js": `module.exports = async () => { new (require("@pulumi/aws/sns").Topic)("notices"); return { done: true }; };`,
    });
    const synthesis = await synthesiseProgram(loadProgram({ directory }));
    assert.equal(synthesis.resources.length, 1);
    assert.deepEqual(synthesis.outputs, { done: true });
  });

  it("can consist of ES modules", async () => {
    write({
      "Pulumi.yaml": "name: demo\nruntime: nodejs\n",
      "package.json": '{ "type": "module", "main": "program.ts" }',
      "program.ts": `
        import * as sns from "@pulumi/aws/sns";
        import { Label } from "./label";
        new sns.Topic("notices", { displayName: Label.notices + import.meta.url });
      `,
      "label.ts": `export enum Label { notices = "of " }`,
    });
    const { resources } = await synthesiseProgram(loadProgram({ directory }));
    assert.equal(resources[0]?.inputs["displayName"], `of ${pathToFileURL(path.join(directory, "program.ts")).href}`);
  });

  it("gives the same result when evaluated twice", async () => {
    write({ "Pulumi.yaml": "name: demo\nruntime: nodejs\n", "index.ts": topic });
    const program = loadProgram({ directory });
    assert.deepEqual(await synthesiseProgram(program), await synthesiseProgram(program));
  });

  it("gives the same result when evaluated twice, if the entry is that of a package above", async () => {
    write({
      "package.json": '{ "main": "bin/index.js" }',
      "bin/index.js": 'new (require("@pulumi/aws/sns").Topic)("notices");',
      "infra/Pulumi.yaml": "name: demo\nruntime: nodejs\n",
    });
    const program = loadProgram({ directory: path.join(directory, "infra") });
    const first = await synthesiseProgram(program);
    assert.equal(first.resources.length, 1);
    assert.deepEqual(await synthesiseProgram(program), first);
  });

  it("merges the stack's values with the project's defaults", () => {
    write({
      "Pulumi.yaml": `
name: demo
runtime: nodejs
config:
  maxVcpus: { type: integer, default: 4 }
  emails: { type: array, items: { type: string }, default: [] }
  label: plain
  aws:region: { value: eu-west-1 }
`,
      "Pulumi.prod.yaml": `
config:
  demo:maxVcpus: 64
  demo:token: { secure: AAABAG }
  demo:queues: [{ name: high, priority: 10 }]
  demo:notifications: { topic: { secure: AAABAG }, addresses: [{ secure: AAABAG }, a@example.com] }
`,
      "index.ts": topic,
    });
    const program = loadProgram({ directory, stack: "prod" });
    assert.deepEqual(program.config, {
      "demo:maxVcpus": "64",
      "demo:token": "[secret]",
      "demo:queues": '[{"name":"high","priority":10}]',
      "demo:notifications": '{"topic":"[secret]","addresses":["[secret]","a@example.com"]}',
      "demo:emails": "[]",
      "demo:label": "plain",
      "aws:region": "eu-west-1",
    });
    assert.deepEqual(program.secretKeys, ["demo:token", "demo:notifications"]);
    assert.equal(loadProgram({ directory }).config["demo:maxVcpus"], "4");
  });

  it("finds no project if there is none", () => {
    assert.equal(findProject(directory), undefined);
  });

  const mistakes: [string, Record<string, string>, string | undefined, (directory: string) => string][] = [
    [
      "no Pulumi.yaml",
      {},
      undefined,
      (dir) => `There is no Pulumi.yaml in ${dir} or above it. Pass the program's folder with --program.`,
    ],
    [
      "another runtime",
      { "Pulumi.yaml": "name: demo\nruntime: python\n" },
      undefined,
      (dir) => `Only Node.js programs can be evaluated here. ${dir}/Pulumi.yaml has runtime python.`,
    ],
    [
      "no program",
      { "Pulumi.yaml": "name: demo\nruntime: nodejs\nmain: stacks\n" },
      undefined,
      (dir) => `The program of ${dir} was not found: ${dir}/stacks has no index.ts, index.js or package main.`,
    ],
    [
      "an unknown stack",
      { "Pulumi.yaml": "name: demo\nruntime: nodejs\n", "index.ts": "" },
      "prod",
      (dir) => `There is no stack prod in ${dir}: it has no Pulumi.prod.yaml.`,
    ],
    [
      "a value of the wrong type, and one that is missing",
      {
        "Pulumi.yaml":
          "name: demo\nruntime: nodejs\nconfig:\n  maxVcpus: { type: integer }\n  emails: { type: array, items: { type: string } }\n  region: { type: string }\n",
        "Pulumi.dev.yaml": "config:\n  demo:maxVcpus: many\n  demo:emails: someone\n",
        "index.ts": "",
      },
      "dev",
      () =>
        "Stack 'dev' with configuration key 'maxVcpus' must be of type 'integer'\n" +
        "Stack 'dev' with configuration key 'emails' must be of type 'array<string>'\n" +
        "Stack 'dev' is missing configuration value 'region'",
    ],
  ];
  for (const [what, files, stack, message] of mistakes) {
    it(`says what is wrong: ${what}`, () => {
      write(files);
      assert.throws(() => loadProgram({ directory, stack }), new UsageError(message(directory)));
    });
  }

  it("says which file is not YAML", () => {
    write({ "Pulumi.yaml": "name: [demo\n" });
    assert.throws(() => loadProgram({ directory }), {
      name: "UsageError",
      message: new RegExp(`^${path.join(directory, "Pulumi.yaml")} is not valid YAML: `),
    });
  });
});
