import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { synthesiseProgram } from "../../../runner/synthesis/evaluation";
import { findProject, loadProgram } from "../../../runner/synthesis/program";
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

  it("is compiled by the SDK alone, also within this repository, and whatever its types are", async () => {
    const inside = mkdtempSync(path.join(__dirname, "program-"));
    try {
      writeFileSync(path.join(inside, "Pulumi.yaml"), "name: demo\nruntime: nodejs\nmain: index.ts\n");
      writeFileSync(path.join(inside, "other.ts"), 'export * from "node:path";\n');
      writeFileSync(
        path.join(inside, "index.ts"),
        'export const { sep } = require("./other");\nexport const n: number = "text";\n',
      );
      const { outputs } = await synthesiseProgram(loadProgram({ directory: inside }));
      assert.deepEqual(outputs, { sep: path.sep, n: "text" });
    } finally {
      rmSync(inside, { recursive: true });
    }
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

  it("can consist of ES modules, each time that it is evaluated", async () => {
    write({
      "Pulumi.yaml": "name: demo\nruntime: nodejs\n",
      "package.json": '{ "type": "module", "main": "program.js" }',
      "program.js": `
        import * as sns from "@pulumi/aws/sns/index.js";
        import { label } from "./label.js";
        new sns.Topic("notices", { displayName: label + import.meta.url });
      `,
      "label.js": `export const label = "of ";`,
    });
    for (let time = 0; time < 2; time++) {
      const { resources } = await synthesiseProgram(loadProgram({ directory }));
      assert.equal(resources[0]?.inputs["displayName"], `of ${pathToFileURL(path.join(directory, "program.js")).href}`);
    }
  });

  it("leaves the process as it was", async () => {
    write({
      "Pulumi.yaml": "name: demo\nruntime: nodejs\n",
      "index.js": `
        process.env.DEMO = "set";
        process.argv.push("more");
        process.chdir("/");
        process.on("exit", () => undefined);
        require.extensions[".demo"] = () => undefined;
      `,
    });
    // eslint-disable-next-line @typescript-eslint/unbound-method -- it is compared, not called
    const { prepareStackTrace } = Error;
    const state = (): unknown[] => [
      [process.cwd(), process.env["DEMO"], [...process.argv], Error.prepareStackTrace === prepareStackTrace],
      ...["exit", "beforeExit", "uncaughtException", "unhandledRejection"].map((event) => process.rawListeners(event)),
      { ...require.extensions },
      Object.keys(require.cache).filter((file) => file.startsWith(directory)),
    ];
    const before = state();
    await synthesiseProgram(loadProgram({ directory }));
    assert.deepEqual(state(), before);
  });

  it("says what is wrong in a process of its own: an error, with its stack and its kind", async () => {
    write({
      "Pulumi.yaml": "name: demo\nruntime: { name: nodejs, options: { typescript: false } }\n",
      "index.js": `throw new (require("@pulumi/pulumi").RunError)("It has had enough.");`,
    });
    await assert.rejects(synthesiseProgram(loadProgram({ directory })), (error: Error) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.stack ?? "", /index\.js:1:7\)/);
      return error.message === "It has had enough.";
    });
  });

  for (const [what, nodeargs, code] of [
    ["its program ends it", "--no-warnings", 3],
    ["Node.js does not know its arguments", "--no-such-argument", 9],
  ] as const) {
    it(`says what is wrong in a process of its own: ${what}`, async () => {
      write({
        "Pulumi.yaml": `name: demo\nruntime: { name: nodejs, options: { nodeargs: ${nodeargs} } }\n`,
        "index.js": `process.exit(3);`,
      });
      await assert.rejects(
        synthesiseProgram(loadProgram({ directory })),
        new UsageError(`The program in ${directory} ended its process with exit code ${code} before it finished.`),
      );
    });
  }

  it("has the process for itself, however many are started at once", async () => {
    for (const name of ["one", "two"]) {
      write({
        [`${name}/Pulumi.yaml`]: "name: demo\nruntime: nodejs\n",
        [`${name}/index.js`]: `
          const { Topic } = require("@pulumi/aws/sns");
          setTimeout(() => new Topic("notices", { displayName: process.cwd() }), 20);
        `,
      });
    }
    const folders = ["one", "two"].map((name) => path.join(directory, name));
    const all = await Promise.all(folders.map((folder) => synthesiseProgram(loadProgram({ directory: folder }))));
    assert.deepEqual(
      all.map(({ resources }) => resources.map(({ inputs }) => inputs["displayName"])),
      folders.map((folder) => [folder]),
    );
  });

  it("has the trace of its error in its sources", async () => {
    const lines = ["interface Erased {", "  member: string;", "}", "", "throw new Error('here');"];
    write({ "Pulumi.yaml": "name: demo\nruntime: nodejs\n", "index.ts": lines.join("\n") });
    await assert.rejects(synthesiseProgram(loadProgram({ directory })), ({ stack }: Error) => {
      assert.match(stack ?? "", /index\.ts:5:7\)/);
      return true;
    });
  });

  it("can reject", async () => {
    write({
      "Pulumi.yaml": "name: demo\nruntime: nodejs\n",
      "index.js": `module.exports = async () => { await null; throw new RangeError("It has had enough."); };`,
    });
    await assert.rejects(synthesiseProgram(loadProgram({ directory })), new RangeError("It has had enough."));
  });

  it("says what is wrong: no program where Pulumi looks for one", async () => {
    write({ "Pulumi.yaml": "name: demo\nruntime: nodejs\nmain: stacks\n", "stacks/readme": "", "index.ts": "" });
    await assert.rejects(
      synthesiseProgram(loadProgram({ directory })),
      new UsageError(
        `Pulumi finds no program in ${directory}/stacks. Name its file in ${directory}/Pulumi.yaml, as in main: index.ts.`,
      ),
    );
  });

  it("says what is wrong: no SDK", async () => {
    rmSync(path.join(directory, "node_modules"));
    write({ "Pulumi.yaml": "name: demo\nruntime: nodejs\n", "index.js": "" });
    await assert.rejects(
      synthesiseProgram(loadProgram({ directory })),
      new UsageError(
        `The Pulumi SDK isn't installed for the program in ${directory}. Run npm install @pulumi/pulumi there.`,
      ),
    );
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
      (dir) =>
        `Only Node.js programs can be evaluated here. ${dir}/Pulumi.yaml has runtime python. Show what it deploys with \`pulumi preview\`.`,
    ],
    [
      "a main that is not there",
      { "Pulumi.yaml": "name: demo\nruntime: nodejs\nmain: stacks\n" },
      undefined,
      (dir) => `main in ${dir}/Pulumi.yaml must be the program's file or folder. ${dir}/stacks doesn't exist.`,
    ],
    [
      "an unknown stack",
      { "Pulumi.yaml": "name: demo\nruntime: nodejs\n", "index.ts": "" },
      "prod",
      (dir) => `There is no stack prod in ${dir}: it has no Pulumi.prod.yaml. Create that file, or leave out --stack.`,
    ],
    [
      "an unknown stack beside others",
      {
        "Pulumi.yaml": "name: demo\nruntime: nodejs\n",
        "Pulumi.prod.yaml": "",
        "Pulumi.eu.test.yml": "",
        "index.ts": "",
      },
      "pord",
      (dir) =>
        `There is no stack pord in ${dir}: it has no Pulumi.pord.yaml. Did you mean prod? Choose one of: eu.test, prod.`,
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
      message: new RegExp(`^${path.join(directory, "Pulumi.yaml")} isn't valid YAML: `),
    });
  });
});
