import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import type { RunRecord } from "../../../contract/run";
import { clipDirectory, makeClip } from "../../support/clips";
import { cli } from "../../support/commandLine";
import { detailProblems } from "../../support/videoEvents";

describe("run of a pipeline with events", () => {
  let directory: string;
  let remove: () => Promise<void>;
  before(async () => ({ path: directory, remove } = await clipDirectory()));
  after(() => remove());

  it("shows every event, keeps them, and each is what the schema says", async () => {
    const clip = await makeClip(path.join(directory, "clip.mp4"), { seconds: 1 });
    const out = path.join(directory, "out");
    const { code, stderr } = await cli(["run", clip, "--program", "examples/event-bus", "--out", out]);
    assert.equal(code, 0, stderr);
    const { events = [] } = JSON.parse(readFileSync(path.join(out, "run.json"), "utf8")) as RunRecord;
    const sent = ["Video Planned", "Video Playable", "Video Published"];
    assert.deepEqual(
      events.map(({ detailType }) => detailType),
      sent,
    );
    assert.deepEqual(
      stderr.match(/Event +Video \w+ to media/g)?.map((line) => line.replace(/^Event +| to media$/g, "")),
      sent,
    );
    for (const { detailType, detail } of events) {
      assert.deepEqual(detailProblems(detailType, detail), [], detailType);
      const others = sent.filter((kind) => kind !== detailType);
      for (const kind of others) assert.notDeepEqual(detailProblems(kind, detail), [], `${detailType} as ${kind}`);
    }
  });
});
