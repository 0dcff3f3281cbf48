import assert from "node:assert/strict";
import { statSync } from "node:fs";
import path from "node:path";

import type { RunRecord } from "../../contract/run";
import { outline } from "../../view/outline/outline";
import { progressTree } from "../../view/progress/tree";
import { cli, ROOT } from "../support/commandLine";
import { emptyRun, START } from "../view/machine";
import { linesOf, loadAnimation, readRecording } from "./recording";

const AGAIN = "Make the picture anew on a quiet machine: npm run recording";

describe("docs/run.svg, the picture of a run", () => {
  it("is as its script draws these screens", async () => {
    const { animate, framesIn, textsIn } = await loadAnimation();
    const svg = readRecording();
    assert.ok(animate(framesIn(svg), textsIn(svg)) === svg, AGAIN);
  });

  it("begins with the states that a run shows now", async () => {
    const { framesIn } = await loadAnimation();
    const { stdout } = await cli(["definition", "--stack", "dev"]);
    const run: RunRecord = { ...emptyRun(), stateMachine: "videos-state-machine", vcpus: { "videos-compute": 4 } };
    const rows = progressTree(outline(JSON.parse(stdout)), run, { percents: new Map(), now: START, width: 79 });
    const shown = rows.map((row) =>
      row
        .map(([, text]) => text)
        .join("")
        .trimEnd(),
    );
    const first = framesIn(readRecording())
      .map(linesOf)
      .find((lines) => lines.some((line) => line.startsWith("Notify Success")))!;
    const begin = first.findIndex((line) => line.startsWith("videos-state-machine"));
    // By now the first of the states has a job.
    const withoutProgress = (line: string): string => line.replace(/(?<=\S {2,})(?! ).*/, "");
    assert.deepEqual(first.slice(begin).map(withoutProgress), shown.map(withoutProgress), AGAIN);
  });

  it("ends with the command that views the run, and its answer", async () => {
    const { framesIn } = await loadAnimation();
    const last = linesOf(framesIn(readRecording()).at(-1)!);
    assert.equal(last[0], "$ npm run demo");
    assert.equal(last.at(-3), "$ npm run --silent vbp -- view out/demo");
    assert.match(last.at(-2)!, /^http:\/\/127\.0\.0\.1:\d+\/$/);
    assert.ok(last.every((line) => line.length <= 80));
  });

  it("is small, with the pictures of the report", () => {
    const files = ["run.svg", "report-light.png", "report-dark.png"];
    const bytes = files.reduce((sum, file) => sum + statSync(path.join(ROOT, "docs", file)).size, 0);
    assert.ok(bytes < 400_000, `${bytes} bytes`);
  });
});
