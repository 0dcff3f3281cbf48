import assert from "node:assert/strict";

import { outline } from "../../view/outline/outline";
import { renderRow } from "../../view/progress/row";
import { progressTree } from "../../view/progress/tree";
import { at, DEFINITION, jobOf, Story } from "./machine";

const machine = outline(DEFINITION);
const look = { width: 100, colour: false };

function shown(story: Story, seconds: number, percents: Record<string, number> = {}, height?: number): string[] {
  const options = { percents: new Map(Object.entries(percents)), now: at(seconds), height };
  return progressTree(machine, story.run, options).map((row) => renderRow(row, look));
}

function inWork(): Story {
  const probe = jobOf("probe", "high");
  return new Story()
    .enter(0, "Probe")
    .submit(0, "Probe", probe)
    .begin(1, probe)
    .end(3, probe, 0)
    .exit(3, "Probe", "succeeded")
    .enter(3, "Work", "Parallel")
    .enter(3, "Check", "Choice", ["Work[0]"])
    .exit(3, "Check", "succeeded")
    .enter(3, "Encode", "Task", ["Work[0]"])
    .enter(3, "Look", "Task", ["Work[1]"]);
}

describe("the progress tree", () => {
  it("says in the end what is missing and what is damaged", () => {
    const notice = {
      status: "PARTIAL",
      missing: [{ rendition: "720p" }],
      damagedSeconds: 0.1,
      damage: [{ fromSeconds: 123.4, toSeconds: 123.5, what: "a picture can't be decoded" }],
    };
    const notification = { time: at(4), topic: "t", message: JSON.stringify(notice), attributes: {} };
    const story = new Story()
      .add({ type: "notificationPublished", time: at(4), notification })
      .add({ type: "executionEnded", time: at(5), status: "SUCCEEDED" });
    assert.match(shown(story, 9)[0]!, / {2}succeeded without 720p, with 0\.1 s damaged at 2:03 {2}0:05$/);
  });

  it("omits branches that only fail", () => {
    const end = { StartAt: "Failed", States: { Failed: { Type: "Fail" } } };
    const States = {
      "Work": { Type: "Task", Next: "Failed Until Redriven" },
      "Failed Until Redriven": { Type: "Parallel", Branches: [end], End: true },
    };
    const story = new Story().enter(0, "Work").exit(1, "Work", "caught").enter(1, "Failed Until Redriven", "Parallel");
    const options = { percents: new Map<string, number>(), now: at(2) };
    const rows = progressTree(outline({ StartAt: "Work", States }), story.run, options);
    assert.deepEqual(rows.map((row) => renderRow(row, look)).slice(1), ["Work  ✗ 0:01"]);
  });

  it("omits calls that are only bookkeeping", () => {
    const Resource = "arn:aws:states:::aws-sdk:s3:getObject";
    const Catch = [{ ErrorEquals: ["States.ALL"], Next: "End" }];
    const States = {
      Read: { Type: "Task", Resource, Retry: [{ ErrorEquals: ["States.ALL"] }], Catch, Next: "Done" },
      Done: { Type: "Task", Resource, Retry: [], Catch, Next: "End" },
      End: { Type: "Succeed" },
    };
    const story = new Story().enter(0, "Read").exit(1, "Read", "succeeded").enter(1, "Done");
    const options = { percents: new Map<string, number>(), now: at(2) };
    const rows = progressTree(outline({ StartAt: "Read", States }), story.run, options);
    assert.deepEqual(rows.map((row) => renderRow(row, look)).slice(1), ["Read  ✓ 0:01"]);
  });

  it("shows that a step is waiting for an answer, and that nobody answered", () => {
    const ask = { Type: "Task", Resource: "arn:aws:states:::sns:publish.waitForTaskToken", End: true };
    const asking = outline({ StartAt: "Ask", States: { Ask: ask } });
    const rows = (story: Story): string[] =>
      progressTree(asking, story.run, { percents: new Map(), now: at(70) }).map((row) => renderRow(row, look));
    const story = new Story().enter(0, "Ask");
    assert.deepEqual(rows(story).slice(1), ["Ask  ● 1:10 · waiting for an answer"]);
    assert.deepEqual(rows(story.exit(60, "Ask", "caught")).slice(1), ["Ask  ✗ 1:00"]);
  });

  it("shows pending states, without those that only a failure leads to", () => {
    const story = new Story().enter(0, "Probe").submit(0, "Probe", jobOf("probe", "high"));
    assert.deepEqual(shown(story, 2), [
      "machine  running  0:02  0 of 4 vCPUs",
      "Probe     waiting 0:02 · high",
      "Work      ·",
      "  Encode  ·",
      "  Look    ·",
    ]);
  });

  it("shows bars, attempts, elapsed and remaining time, and the log of a failed attempt during a retry", () => {
    const encode = jobOf("encode", "low");
    const look = jobOf("look", "low");
    const story = inWork()
      .submit(3, "Encode", encode)
      .submit(3, "Look", look)
      .begin(4, encode)
      .end(8, encode, 137, { retried: true, said: "Killed." })
      .begin(10, encode, 2);
    assert.deepEqual(shown(story, 14, { "id-encode": 25 }), [
      "machine  running  0:14  2 of 4 vCPUs",
      "Probe     ✓ 0:03",
      "Work      ● 0:11",
      "  Encode  █████░░░░░░░░░░░░░░░  25 %  0:30 left · attempt 2 · 0:10 · low",
      "    │ Before that.",
      "    │ Killed.",
      "  Look    waiting 0:11 · low",
    ]);
  });

  it("adds up the chunks of an array job", () => {
    const encode = jobOf("encode", "low", { arraySize: 4 });
    const child = (arrayIndex: number) => jobOf(`encode-${arrayIndex}`, "low", { parentId: encode.id, arrayIndex });
    const story = inWork().submit(3, "Encode", encode);
    for (let index = 0; index < 4; index++) story.submit(3, "Encode", child(index));
    story.begin(4, child(0)).end(9, child(0), 0).begin(4, child(1));
    assert.equal(
      shown(story, 14, { "id-encode-1": 60 })[3],
      "  Encode  ████████░░░░░░░░░░░░  40 %  0:15 left · 1 of 4 chunks · 0:10 · low",
    );
  });

  describe("on a terminal of few columns", () => {
    const task = (queue: string): object => ({
      Type: "Task",
      Resource: "arn:aws:states:::batch:submitJob.sync",
      Arguments: { JobQueue: `arn:aws:batch:eu-west-1:123456789012:job-queue/${queue}` },
      End: true,
    });
    const parallel = (name: string, inner: object): object => ({
      StartAt: name,
      States: { [name]: { Type: "Parallel", End: true, Branches: [inner] } },
    });
    const steps = { StartAt: "Transcode_1080p-1", States: { "Transcode_1080p-1": task("videos-high-queue") } };
    const nested = outline(parallel("Process Video", parallel("Transcode Video", steps)));
    const hour = 3600;
    const encode = jobOf("encode", "videos-high-queue", { arraySize: 100 });
    const child = jobOf("encode-0", "videos-high-queue", { parentId: encode.id, arrayIndex: 0 });
    const story = new Story()
      .enter(0, "Process Video", "Parallel")
      .enter(0, "Transcode Video", "Parallel", ["Process Video[0]"])
      .enter(0, "Transcode_1080p-1")
      .submit(0, "Transcode_1080p-1", encode)
      .submit(0, "Transcode_1080p-1", child)
      .begin(0, child)
      .end(hour, child, 137, { retried: true, said: "x".repeat(200) })
      .begin(hour, child, 2);
    const rows = (width: number): string[] => {
      const percents = new Map([[child.id, 50]]);
      return progressTree(nested, story.run, { percents, now: at(2 * hour), width })
        .map((row) => renderRow(row, { width, colour: false }))
        .filter((row) => !row.includes("before"));
    };

    const cases: [columns: number, row: string][] = [
      [
        130,
        "    Transcode_1080p-1  ░░░░░░░░░░░░░░░░░░░░   0 %  398:00:00 left · 0 of 100 chunks · attempt 2 · 2:00:00 · videos-high-queue",
      ],
      [79, "    Transcode_1080p-1  ░░░░░░░░░░   0 %  398:00:00 left · 0 of 100 chunks"],
      [59, "    Transcode_1080p-1  ░░░░░░░░░░   0 %  398:00:00 left"],
      [40, "    Transcode_1080p…     0 %  398:00:00…"],
    ];
    for (const [columns, row] of cases) {
      it(`shows the remaining time first, in ${columns} columns`, () => {
        const shown = rows(columns);
        assert.equal(shown[3], row);
        assert.equal(shown.at(-1), `      │ ${"x".repeat(columns - 9)}…`);
        assert.deepEqual(
          shown.filter((line) => line.length > columns),
          [],
        );
      });
    }
  });

  it("shows the cause of a failure at its state", () => {
    const encode = jobOf("encode", "low");
    const story = inWork()
      .submit(3, "Encode", encode)
      .begin(4, encode)
      .end(8, encode, 2, { said: "It is no video." })
      .exit(8, "Encode", "caught", "States.TaskFailed")
      .enter(8, "Encode Failed", "Fail", ["Work[0]"])
      .exit(8, "Encode Failed", "failed")
      .exit(8, "Look", "cancelled")
      .exit(8, "Work", "caught")
      .add({ type: "executionEnded", time: at(9), status: "FAILED" });
    assert.deepEqual(shown(story, 60), [
      "machine  failed  0:09",
      "Probe     ✓ 0:03",
      "Work      ✗ 0:05",
      "  Encode  ✗ 0:05 · exit code 2: It is no video.",
      "    │ Before that.",
      "    │ It is no video.",
      "  Look    – stopped after 0:05",
    ]);
  });

  it("omits finished states first if there is little room", () => {
    assert.deepEqual(shown(inWork(), 4, {}, 4), [
      "machine  running  0:04  0 of 4 vCPUs",
      "Work      ● 0:01",
      "  Encode  ● 0:01",
      "… 2 more",
    ]);
  });

  it("cuts rows to the terminal without cutting colours", () => {
    const row = [
      ["good", "✓ "],
      ["plain", "a long text"],
    ] satisfies Parameters<typeof renderRow>[0];
    assert.equal(renderRow(row, { width: 6, colour: true }), "\x1b[32m✓ \x1b[0ma l…");
    assert.equal(renderRow([["plain", "e\u0301🇩🇪👍🏽 video"]], { width: 6, colour: false }), "e\u0301🇩🇪👍🏽…");
    assert.equal(renderRow([["plain", "漢字 video"]], { width: 4, colour: false }), "漢…");
    assert.equal(renderRow(row, { width: 50, colour: false }), "✓ a long text");
    const log = [["dim", "frame\t1\r\x1b[31mred\x1b[0m\x1b[2K\x07"]] satisfies Parameters<typeof renderRow>[0];
    assert.equal(renderRow(log, { width: 50, colour: false }), "frame 1red");
  });
});
