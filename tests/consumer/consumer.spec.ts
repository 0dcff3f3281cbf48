import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { parse, stringify } from "yaml";

import { commandBlocks } from "../documents/commands";
import { assertGone, assertNothingWrong } from "../engine/assertions";
import { installHost } from "../engine/hosts/goHosts";
import { startRealEngine } from "../engine/realEngine";
import { makeClip } from "../support/clips";
import { typesAndNames, type Registration } from "../support/engine";
import { runNodeProgram } from "../support/pulumiHost";
import { installConsumer, ROOT, type Consumer } from "./consumer";

/** Beside what is compiled: what npm always takes, the documents with their pictures, and what Pulumi starts. */
const DOCUMENTS =
  /^(package\.json|README\.md|LICENSE|(CHANGELOG|CONTRIBUTING|SECURITY)\.md|docs\/[a-z-]+\.(md|png|svg)|plugin\/(PulumiPlugin\.yaml|index\.cjs|package\.json))$/;
const WORKER = ["bin/worker/.dockerignore", "bin/worker/Dockerfile", "bin/worker/dist/worker.cjs"];
/** Exported as they are, and read by what is compiled. */
const SCHEMAS = ["contract/videoEvents.schema.json"];
/** Large, and therefore only beside what is compiled. */
const LARGE = ["components/schema", "runner/serviceModels/createJob", "runner/serviceModels/operations"];
/** Somewhat above what it is, so that growth by a dependency or by test material is noticed. */
const PACKED_BYTES = 1_750_000;

/** `npm run test:consumer`: takes minutes, because it installs everything and type-checks it all. */
describe("the package, installed into somebody else's project", () => {
  let consumer: Consumer;
  before(async () => {
    consumer = await installConsumer();
  });
  after(() => consumer?.remove());

  const inProject = (...parts: string[]): string => path.join(consumer.directory, ...parts);
  const installed = (...parts: string[]): string => inProject("node_modules", "video-batch-pipeline", ...parts);

  it("holds what is compiled, its sources and the worker's build context, and nothing else", () => {
    const { files, size } = consumer.tarball;
    const rest = files.filter((file) => !DOCUMENTS.test(file));
    const sources = rest.filter((file) => !file.startsWith("bin/"));
    const compiled = sources
      .filter((file) => !SCHEMAS.includes(file))
      .flatMap((file) =>
        [".d.ts", ".d.ts.map", ".js", ".js.map"].map((ending) => `bin/${file.replace(/\.ts$/, ending)}`),
      );
    // Only the planner of the worker is compiled, with what it imports, because scripted runs use it.
    const data = [...LARGE.map((name) => `bin/${name}.json`), ...SCHEMAS.map((file) => `bin/${file}`)];
    const missing = [...compiled, ...data].filter((file) => !rest.includes(file) && !file.startsWith("bin/worker/"));
    const unknown = rest.filter((file) => ![...sources, ...compiled, ...data, ...WORKER].includes(file));
    assert.deepEqual({ missing, unknown }, { missing: [], unknown: [] });
    const tracked = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: ROOT, encoding: "utf8" });
    assert.deepEqual(
      sources.filter((file) => !tracked.split("\n").includes(file)),
      [],
    );
    assert.ok(!sources.some((file) => /^(tests|stacks|examples|bench|scripts)\//.test(file)));
    assert.ok(size < PACKED_BYTES, `${size} bytes`);
  });

  it("brings the file of every source map along", () => {
    const maps = consumer.tarball.files.filter((file) => file.endsWith(".map"));
    for (const map of maps) {
      const { sources } = JSON.parse(fs.readFileSync(installed(map), "utf8")) as { sources: string[] };
      for (const source of sources) assert.ok(fs.existsSync(path.resolve(installed(map), "..", source)), map);
    }
  });

  it("leaves the project with one Pulumi SDK and one AWS package", async () => {
    const { stdout } = await consumer.run("npm", "ls", "--all", "--json", "@pulumi/pulumi", "@pulumi/aws");
    const versions = (name: string): string[] => [
      ...new Set(
        [...stdout.matchAll(new RegExp(`"${name}": \\{\\s+"version": "([^"]+)"`, "g"))].map((match) => match[1]!),
      ),
    ];
    assert.equal(versions("@pulumi/pulumi").length, 1, stdout);
    assert.equal(versions("@pulumi/aws").length, 1, stdout);
    assert.ok(!fs.existsSync(installed("node_modules", "@pulumi")));
    const manifest = JSON.parse(fs.readFileSync(installed("package.json"), "utf8")) as Record<string, unknown>;
    assert.equal(manifest["pulumi"], undefined, "It would say that the package has a plugin of its own.");
    const peers = Object.entries(manifest["peerDependencies"] as Record<string, string>);
    assert.deepEqual(
      peers.map(([name, range]) => [name, range.charAt(0)]),
      [
        ["@pulumi/aws", "^"],
        ["@pulumi/awsx", "^"],
        ["@pulumi/pulumi", "^"],
      ],
    );
  });

  it("lets the project type-check strictly, declarations included, and pass its own tests", async () => {
    const { stdout } = await consumer.run("npm", "test");
    assert.match(stdout, /^# fail 0$/m);
    assert.match(stdout, /^# pass [5-9]$/m);
  });

  it("registers for Pulumi, beside the bin/ that its tests made, what the preview shows", async () => {
    assert.ok(fs.existsSync(inProject("bin", "index.js")));
    const { exitCode, errors, registrations } = await runNodeProgram(consumer.directory);
    assert.deepEqual({ exitCode, errors }, { exitCode: 0, errors: "" });
    const { stdout } = await consumer.run("npx", "video-batch-pipeline", "preview", "--json");
    const previewed = (JSON.parse(stdout) as Registration[]).map(({ type, name }) => `${type}::${name}`);
    assert.ok(previewed.length > 20);
    assert.deepEqual(typesAndNames(registrations), [...previewed, "pulumi:pulumi:Stack::video-archive-dev"].sort());
  });

  const compilers: [string, string, string[]][] = [
    ["TypeScript 6", "typescript6", ["--module", "nodenext"]],
    ["TypeScript 5 for a bundler", "typescript", ["--module", "esnext", "--moduleResolution", "bundler"]],
    [
      "TypeScript 5 with Node's old resolution",
      "typescript",
      ["--module", "commonjs", "--moduleResolution", "node10", "--esModuleInterop"],
    ],
  ];
  for (const [what, compiler, options] of compilers) {
    it(`type-checks with ${what}`, async () => {
      const tsc = inProject("node_modules", compiler, "bin", "tsc");
      await consumer.run(process.execPath, tsc, "--project", ".", "--noEmit", ...options);
    });
  }

  it("can be imported by ECMAScript modules, by name", async () => {
    const source = `import { VideoBatchPipeline, type VideoBatchPipelineArgs } from "video-batch-pipeline";
import { resourcesOfType, synthesise, type Synthesis } from "video-batch-pipeline/testing";
import { commandLine } from "video-batch-pipeline/cli";

const args: VideoBatchPipelineArgs = { renditions: [{ name: "720p", height: 720 }] };
const synthesis: Synthesis = await synthesise(() => void new VideoBatchPipeline("videos", args));
const code: number = await commandLine(["definition"], process);
console.error(resourcesOfType(synthesis, "aws:batch/jobQueue:JobQueue").length, code);
`;
    fs.mkdirSync(inProject("esm"));
    fs.writeFileSync(inProject("esm", "program.mts"), source);
    const compilerOptions = {
      target: "es2022",
      module: "nodenext",
      types: ["node"],
      strict: true,
      skipLibCheck: false,
    };
    fs.writeFileSync(inProject("esm", "tsconfig.json"), JSON.stringify({ compilerOptions }));
    for (const compiler of ["typescript", "typescript6"]) {
      const tsc = inProject("node_modules", compiler, "bin", "tsc");
      await consumer.run(process.execPath, tsc, "--project", "esm");
      const { stderr } = await consumer.run(process.execPath, "esm/program.mjs");
      assert.match(stderr, /^2 0$/m);
    }
  });

  it("builds the worker's image from node_modules", async () => {
    const { stdout } = await consumer.run("npx", "video-batch-pipeline", "preview", "--json");
    const resources = JSON.parse(stdout) as { type: string; inputs: Record<string, unknown> }[];
    const image = resources.find(({ type }) => type === "awsx:ecr:Image");
    assert.equal(image?.inputs["context"], "node_modules/video-batch-pipeline/bin/worker");
    const script = `for (const name of ["worker", "worker/Dockerfile", "package.json"])
      console.log(require.resolve("video-batch-pipeline/" + name));`;
    const { stdout: resolved } = await consumer.run(process.execPath, "-e", script);
    assert.deepEqual(resolved.trim().split("\n"), [
      installed("bin", "worker", "dist", "worker.cjs"),
      installed("bin", "worker", "Dockerfile"),
      installed("package.json"),
    ]);
    const copied = [
      ...fs.readFileSync(installed("bin", "worker", "Dockerfile"), "utf8").matchAll(/^COPY .*?(\S+) \S+$/gm),
    ];
    for (const [, file] of copied) assert.ok(fs.existsSync(installed("bin", "worker", file as string)), file);
    assert.ok(copied.length > 0);
  });

  it("is deployed by the commands of the example's README", async function () {
    const engine = await startRealEngine(this);
    const [install, test, ...commands] = commandBlocks("examples/consumer/README.md").flat();
    assert.deepEqual([install, test?.split(" #")[0]?.trim()], ["npm install", "npm test"], "These have run already.");
    assert.equal(commands.length, 4);
    try {
      engine.account.others.add("arn:aws:sns:us-east-1:123456789012:on-call");
      const check = [
        "npx pulumi preview --expect-no-changes",
        "npx pulumi state unprotect --all",
        "npx pulumi destroy",
      ];
      for (const command of [...commands, ...check]) {
        const { status, stdout, stderr } = await engine.shell(command, { cwd: consumer.directory });
        assert.equal(status, 0, `${command}\n${stdout}\n${stderr}`);
      }
      assertNothingWrong(engine.account);
      assertGone(engine.account, "video-archive");
    } finally {
      engine.stop();
    }
  });

  it("is added to a program in another language by Pulumi's CLI, and deploys what it declares", async function () {
    const engine = await startRealEngine(this);
    try {
      installHost("yaml");
      const directory = inProject("yaml");
      fs.mkdirSync(directory);
      const example = parse(fs.readFileSync(path.join(ROOT, "examples", "yaml", "Pulumi.yaml"), "utf8")) as object;
      fs.writeFileSync(path.join(directory, "Pulumi.yaml"), stringify({ ...example, packages: undefined }));
      const added = await engine.shell("pulumi package add ../node_modules/video-batch-pipeline/plugin", {
        cwd: directory,
      });
      assert.equal(added.status, 0, added.stderr);
      const { error, steps } = await (await engine.stackIn({ name: "dev", directory })).preview();
      assert.equal(error, undefined);
      assert.ok(steps.includes("create ComputeEnvironment videos-compute-on-demand"));
      assert.ok(steps.includes("create TopicSubscription videos-email-1"));
    } finally {
      engine.stop();
    }
  });

  it("runs a whole pipeline with npx, where there is no Pulumi program", async () => {
    const folder = inProject("empty");
    fs.mkdirSync(folder);
    fs.rmSync(inProject("Pulumi.yaml"));
    await makeClip(path.join(folder, "clip.mp4"), { width: 160, height: 90, seconds: 2, sound: true });
    const { stderr } = await consumer.run("npx", "video-batch-pipeline", "run", "empty/clip.mp4", "--out", "empty/out");
    const manifest = JSON.parse(fs.readFileSync(path.join(folder, "out", "output", "manifest.json"), "utf8")) as object;
    assert.ok(Object.keys(manifest).length > 3, stderr);
    assert.ok(fs.existsSync(path.join(folder, "out", "report.html")));
  });
});
