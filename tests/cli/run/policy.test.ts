import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { RunRecord } from "../../../contract/run";
import type { Manifest } from "../../../contract/manifest";
import { makeClip } from "../../support/clips";
import { cli, ROOT } from "../../support/commandLine";
import { processesNaming } from "../../support/processes";

const PROGRAM = `
const { VideoBatchPipeline } = require(${JSON.stringify(path.join(ROOT, "index.ts"))});
new VideoBatchPipeline("videos", {
  image: { uri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/worker:1" },
  renditions: [
    { name: "90p", height: 90, preset: "ultrafast" },
    { name: "72p", height: 72, preset: "ultrafast" },
  ],
  parts: [{ queue: "high", seconds: 1 }, { queue: "low" }],
  chunkSeconds: 6,
  workflow: { continueOnRenditionFailure: true },
  approval: {},
});
`;

describe("a run with policies", () => {
  let directory: string;
  let clip: string;
  before(async () => {
    directory = mkdtempSync(path.join(tmpdir(), "policy-"));
    clip = await makeClip(path.join(directory, "clip.mp4"), { seconds: 3, sound: true });
    writeFileSync(path.join(directory, "Pulumi.yaml"), "name: policies\nruntime: nodejs\n");
    writeFileSync(path.join(directory, "index.js"), PROGRAM);
    symlinkSync(path.join(ROOT, "node_modules"), path.join(directory, "node_modules"));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  const output = (name: string): string => path.join(directory, "out", "output", name);
  const run = (...args: string[]) =>
    cli(["run", clip, "--program", directory, "--out", path.join(directory, "out"), ...args]);
  const record = (): RunRecord =>
    JSON.parse(readFileSync(path.join(directory, "out", "run.json"), "utf8")) as RunRecord;
  const statuses = (): unknown[] =>
    record().notifications.map(({ attributes }) => (attributes["status"] as { StringValue: string }).StringValue);

  it("that is rejected leaves nothing that plays as the final video", async () => {
    const { code, stdout, stderr } = await run("--reject", "Too short.");
    assert.deepEqual([code, stdout], [1, ""], stderr);
    assert.match(
      stderr,
      /^Failed in Ask for Approval after [\d.]+ s: The video was rejected by --reject: Too short\.$/m,
    );
    assert.deepEqual(
      record().notifications.filter(({ email }) => /npx [\w-]+ (?!run --resume )/.test(email ?? "")),
      [],
    );
    assert.deepEqual(statuses(), ["APPROVAL_WANTED", "FAILED"]);
    for (const name of ["manifest.json", "hls/master.m3u8", "mp4/90p.mp4"]) assert.ok(!existsSync(output(name)), name);
    assert.match(readFileSync(output("hls/preview.m3u8"), "utf8"), /^90p\/playlist\.m3u8$/m);
  });

  it("that is approved publishes the complete renditions and names the missing ones", async () => {
    // The first run finished this part, and a job that is not submitted can't fail.
    for (const name of readdirSync(output("work/72p"))) if (name.startsWith("2-")) rmSync(output(`work/72p/${name}`));
    const { code, stdout, stderr } = await run("--approve", "--fail", "Transcode_72p-2:exit=2");
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^Succeeded without 72p after [\d.]+ s\.$/m);
    assert.ok(stdout.includes(output("manifest.json")));
    assert.deepEqual(statuses(), ["APPROVAL_WANTED", "PARTIAL"]);
    const manifest = JSON.parse(readFileSync(output("manifest.json"), "utf8")) as Manifest;
    const causes = ["Transcode_72p-2 failed: exit code 2 after 1 attempt. Essential container in task exited."];
    assert.deepEqual(manifest.missing, { renditions: ["72p"], features: false, causes });
    assert.ok(!readFileSync(output("hls/master.m3u8"), "utf8").includes("72p"));
    for (const name of ["hls/preview.m3u8", "hls/72p/playlist.m3u8", "mp4/72p.mp4"]) {
      assert.ok(!existsSync(output(name)), name);
    }
    assert.match(readFileSync(path.join(directory, "out", "report.html"), "utf8"), /<dt>Missing<\/dt><dd><b>72p<\/b>/);
    const failed = record().jobs.find(({ state }) => state === "Transcode_72p-2")?.attempts[0];
    assert.equal(failed?.lastErrorLine, "--fail Transcode_72p-2:exit=2 ended this attempt with exit code 2.");
    assert.deepEqual(processesNaming(directory), []);
  });

  it("that runs again without the failure encodes the missing rendition", async () => {
    const { code, stderr } = await run("--approve");
    assert.equal(code, 0, stderr);
    assert.deepEqual(statuses(), ["APPROVAL_WANTED", "SUCCEEDED"]);
    const manifest = JSON.parse(readFileSync(output("manifest.json"), "utf8")) as Manifest;
    assert.deepEqual([manifest.missing, manifest.renditions.map(({ name }) => name)], [undefined, ["90p", "72p"]]);
  });
});
