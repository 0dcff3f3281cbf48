import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { RunRecord } from "../../../contract/run";
import { cli, ROOT } from "../../support/commandLine";

/** Two state machines without a job, of which the second fails. */
const PROGRAM = `
const aws = require("@pulumi/aws");
const machine = (name, states) =>
  new aws.sfn.StateMachine(name, { roleArn: "arn:aws:iam::123456789012:role/r", definition: JSON.stringify({ QueryLanguage: "JSONata", StartAt: name, States: states }) });
machine("news", { news: { Type: "Pass", End: true } });
machine("films", { films: { Type: "Fail", Error: "Films", Cause: "No films." } });
`;
const SEVERAL = "The program has 2 pipelines: news, films. Choose one with --pipeline, for example --pipeline news.\n";

describe("a program with several pipelines", () => {
  let directory: string;
  before(() => {
    directory = realpathSync(mkdtempSync(path.join(tmpdir(), "pipelines-")));
    writeFileSync(path.join(directory, "Pulumi.yaml"), "name: several\nruntime: nodejs\nmain: program.js\n");
    writeFileSync(path.join(directory, "package.json"), "{}");
    writeFileSync(path.join(directory, "program.js"), PROGRAM);
    writeFileSync(path.join(directory, "clip.mp4"), "video");
    symlinkSync(path.join(ROOT, "node_modules"), path.join(directory, "node_modules"));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  for (const args of [["run", "clip.mp4"], ["diagram"], ["definition"]]) {
    it(`has to be told which one: ${args.join(" ")}`, async () => {
      const { code, stdout, stderr } = await cli(args, directory);
      assert.deepEqual({ code, stdout, stderr }, { code: 2, stdout: "", stderr: SEVERAL });
    });
  }

  it("gives the one that is named", async () => {
    const { code, stdout } = await cli(["definition", "--pipeline", "films"], directory);
    assert.equal(code, 0);
    assert.equal((JSON.parse(stdout) as { StartAt: string }).StartAt, "films");
    const picture = await cli(["diagram", "--format", "mermaid", "--pipeline", "news"], directory);
    assert.match(picture.stdout, /\["news"\]/);
  });

  it("previews all of them, or the one that is named", async () => {
    const all = await cli(["preview"], directory);
    assert.match(all.stdout, /^2 resources in several\/dev$/m);
    const one = await cli(["preview", "--json", "--pipeline", "films"], directory);
    assert.deepEqual(
      (JSON.parse(one.stdout) as { name: string }[]).map(({ name }) => name),
      ["films"],
    );
  });

  it("names them when another is asked for", async () => {
    const { code, stderr } = await cli(["preview", "--pipeline", "flims"], directory);
    assert.deepEqual(
      { code, stderr },
      {
        code: 2,
        stderr: "The program has no pipeline flims. Did you mean films? Choose one of: news, films.\n",
      },
    );
  });

  it("records the pipeline and the typed command, and resumes the same pipeline", async () => {
    const out = path.join(directory, "out", "my films");
    const read = (file: string): string => readFileSync(path.join(out, file), "utf8");
    const first = await cli(["run", "clip.mp4", "--pipeline", "films", "--out", "out/my films"], directory);
    assert.equal(first.code, 1, first.stderr);
    const typed = "npx video-batch-pipeline run clip.mp4 --pipeline films --out 'out/my films'";
    const { command, start } = JSON.parse(read("run.json")) as RunRecord;
    assert.deepEqual([command, start.program], [typed, { directory, pipeline: "films" }]);
    const page = read("report.html");
    assert.ok(page.includes(`<dt>Command</dt><dd><code>${typed.replaceAll("'", "&#39;")}</code></dd>`), page);
    assert.ok(page.includes("<dt>Pipeline</dt><dd>films</dd>"));

    const again = await cli(["run", "--resume", "out/my films"], directory);
    assert.equal(again.code, 1, again.stderr);
    assert.match(again.stderr, /^Failed in films after [\d.]+ s: No films\.$/m);
    const resumed = JSON.parse(read("run.json")) as RunRecord;
    assert.equal(resumed.command, "npx video-batch-pipeline run --resume 'out/my films'");
    assert.deepEqual(resumed.start.program, start.program);
  });

  it("can't be changed when a run is resumed", async () => {
    const { code, stderr } = await cli(["run", "--resume", "out", "--pipeline", "news"], directory);
    assert.equal(
      stderr,
      "--resume can't be used with --pipeline. Leave one of them out.\nHelp: npx video-batch-pipeline run --help\n",
    );
    assert.equal(code, 2);
  });
});
