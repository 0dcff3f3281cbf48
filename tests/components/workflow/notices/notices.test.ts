import { strict as assert } from "node:assert";

import type { Damage } from "../../../../contract/damage";
import { damageReport } from "../../../../contract/damageReport";
import type { VideoBatchPipelineArgs } from "../../../../index";
import { evaluate, stateOf, workflowOf } from "../support";
import { ABOUT, about, context, EXECUTION, published, text } from "./published";

const workflow = workflowOf();

describe("workflow: other notices", () => {
  it("say that the video is ready, and where", async () => {
    const { Subject, MessageStructure, MessageAttributes, notice, email } = await published(
      workflow,
      "Notify Success",
      {},
    );
    assert.deepEqual(
      { Subject, MessageStructure, MessageAttributes },
      {
        Subject: "Video ready: clip.mp4 - videos",
        MessageStructure: "json",
        MessageAttributes: { status: text("SUCCEEDED"), pipeline: text("videos") },
      },
    );
    const expected = {
      status: "SUCCEEDED",
      summary: "clip.mp4 is ready: s3://o/p/hls/master.m3u8",
      ...about,
      manifest: "s3://o/p/manifest.json",
      playlist: "s3://o/p/hls/master.m3u8",
    };
    assert.deepEqual(notice, expected);
    assert.equal(email, `clip.mp4 is ready: s3://o/p/hls/master.m3u8\n\nExecution: ${EXECUTION}`);
    const { Output } = stateOf(workflow, "Notify Success", "Task");
    assert.deepEqual(await evaluate(Output, { ...ABOUT, states: { context } }), expected);
  });

  const lost = [
    {
      features: true,
      step: "Extract Features",
      error: "E",
      cause: "Extract Features failed: E.",
      job: null,
      log: null,
    },
    { rendition: "720p", step: "Transcode_720p-2", error: "E", cause: "Transcode_720p-2 failed.", job: "1", log: "l" },
  ];

  const deaf = [{ sound: "stream 2", cause: "Extract Metadata left out stream 2: it is in AC-4." }];

  it("say which sound is left out", async () => {
    const { Subject, notice, email } = await published(workflowOf(), "Notify Success", { leftOut: deaf });
    assert.equal(Subject, "Video ready: clip.mp4 - videos");
    assert.deepEqual(notice, {
      status: "SUCCEEDED",
      summary: "clip.mp4 is ready without stream 2: s3://o/p/hls/master.m3u8",
      ...about,
      manifest: "s3://o/p/manifest.json",
      playlist: "s3://o/p/hls/master.m3u8",
      missing: deaf,
    });
    assert.equal(email.split("\n")[2], "Extract Metadata left out stream 2: it is in AC-4.");
    const args: VideoBatchPipelineArgs = { workflow: { continueOnRenditionFailure: true } };
    const partial = await published(workflowOf(args), "Notify Partial", { missing: lost, leftOut: deaf });
    assert.equal(partial.notice["summary"], "clip.mp4 lacks features, 720p, stream 2: s3://o/p/hls/master.m3u8");
    assert.deepEqual(partial.notice["missing"], [...lost, ...deaf]);
  });

  const damaged = (...from: number[]): Damage[] =>
    from.map((fromSeconds) => ({
      fromSeconds,
      toSeconds: Math.round(fromSeconds * 1000 + 40) / 1000,
      what: "a picture can't be decoded",
    }));

  it("say nothing of damage where there is none", async () => {
    const variables = { damage: damageReport([]) };
    assert.deepEqual(
      await published(workflow, "Notify Success", variables),
      await published(workflow, "Notify Success", {}),
    );
  });

  const sixty = damaged(...Array.from({ length: 60 }, (_, index) => 123 + 2 * index));
  const places: [what: string, damage: Damage[], clause: string, lines: string[]][] = [
    [
      "one place",
      damaged(123.4),
      "with 0.04 s damaged at 2:03",
      ["Damaged at 2:03.4 for 0.04 s: a picture can't be decoded."],
    ],
    [
      "three places",
      damaged(123.4, 250, 3730),
      "with 0.1 s damaged at 2:03, 4:10 and 1:02:10",
      ["2:03.4", "4:10.0", "1:02:10.0"].map((time) => `Damaged at ${time} for 0.04 s: a picture can't be decoded.`),
    ],
    [
      "sixty places, of which fifty are named",
      sixty,
      "with 2.4 s damaged at 2:03, 2:05 and 58 more places",
      [
        ...Array.from({ length: 50 }, (_, index) => {
          const seconds = 3 + 2 * index;
          const time = `${2 + Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
          return `Damaged at ${time}.0 for 0.04 s: a picture can't be decoded.`;
        }),
        "The manifest names 10 more.",
      ],
    ],
  ];
  for (const [what, damage, clause, lines] of places) {
    it(`say that a video is damaged in ${what}`, async () => {
      const { Subject, notice, email } = await published(workflow, "Notify Success", { damage: damageReport(damage) });
      assert.equal(Subject, `Video ready, ${clause}: clip.mp4 - videos`);
      const summary = `clip.mp4 is ready, ${clause}: s3://o/p/hls/master.m3u8`;
      assert.deepEqual(notice, {
        status: "SUCCEEDED",
        summary,
        ...about,
        manifest: "s3://o/p/manifest.json",
        playlist: "s3://o/p/hls/master.m3u8",
        damagedSeconds: Math.round(damage.length * 40) / 1000,
        damage: damage.slice(0, 50),
        ...(damage.length > 50 ? { moreDamage: damage.length - 50 } : {}),
      });
      assert.equal(email, [summary, "", ...lines, `Execution: ${EXECUTION}`].join("\n"));
    });
  }

  it("say so of an incomplete video, too", async () => {
    const partial = workflowOf({ workflow: { continueOnRenditionFailure: true } });
    const { Subject, notice, email } = await published(partial, "Notify Partial", {
      missing: lost,
      damage: damageReport(damaged(123.4)),
    });
    assert.equal(Subject, "Video incomplete, with 0.04 s damaged at 2:03: clip.mp4 - videos");
    const summary = "clip.mp4 lacks features, 720p, with 0.04 s damaged at 2:03: s3://o/p/hls/master.m3u8";
    assert.deepEqual(
      [notice["status"], notice["summary"], notice["damagedSeconds"], notice["damage"]],
      ["PARTIAL", summary, 0.04, damaged(123.4)],
    );
    assert.equal(
      email,
      [
        ...[summary, "", "Extract Features failed: E.", "Transcode_720p-2 failed."],
        ...["Damaged at 2:03.4 for 0.04 s: a picture can't be decoded.", "", `Execution: ${EXECUTION}`],
      ].join("\n"),
    );
  });

  it("say that nobody knows of damage when its report can't be read", async () => {
    const { Catch } = stateOf(workflow, "Read Damage", "Task");
    const errorOutput = { Error: "S3.NoSuchKeyException", Cause: "The specified key does not exist." };
    const assigned = (await evaluate(Catch[0]?.Assign, { states: { errorOutput } })) as Record<string, unknown>;
    const { Subject, notice, email } = await published(workflow, "Notify Success", assigned);
    assert.equal(Subject, "Video ready, and whether it is damaged is unknown: clip.mp4 - videos");
    assert.deepEqual(notice, {
      status: "SUCCEEDED",
      summary: "clip.mp4 is ready, and whether it is damaged is unknown: s3://o/p/hls/master.m3u8",
      ...about,
      manifest: "s3://o/p/manifest.json",
      playlist: "s3://o/p/hls/master.m3u8",
      damageUnknown: "S3.NoSuchKeyException. The specified key does not exist.",
    });
    assert.equal(
      email.split("\n")[2],
      "The manifest lists the damage, but its report could not be read: S3.NoSuchKeyException. The specified key does not exist.",
    );
  });

  it("of fifty long descriptions of damage still fit, with fifty lost renditions", async () => {
    const partial = workflowOf({ workflow: { continueOnRenditionFailure: true } });
    const what = '"ü'.repeat(1000);
    const report = damageReport(sixty.map((one) => ({ ...one, what })));
    const missing = Array.from({ length: 50 }, () => ({ ...lost[1], cause: '"ü'.repeat(250) }));
    const { notice } = await published(partial, "Notify Partial", { missing, damage: report });
    assert.deepEqual([(notice["damage"] as unknown[]).length, notice["moreDamage"]], [50, 10]);
  });

  it("say what a video lacks", async () => {
    const args: VideoBatchPipelineArgs = { workflow: { continueOnRenditionFailure: true } };
    const { Subject, MessageAttributes, notice, email } = await published(workflowOf(args), "Notify Partial", {
      missing: lost,
    });
    assert.equal(Subject, "Video incomplete: clip.mp4 - videos");
    assert.deepEqual(MessageAttributes, { status: text("PARTIAL"), pipeline: text("videos") });
    assert.deepEqual(notice, {
      status: "PARTIAL",
      summary: "clip.mp4 lacks features, 720p: s3://o/p/hls/master.m3u8",
      ...about,
      manifest: "s3://o/p/manifest.json",
      playlist: "s3://o/p/hls/master.m3u8",
      missing: lost,
      logGroup: "/aws/batch/videos",
    });
    assert.deepEqual(email.split("\n").slice(1, 5), [
      "",
      "Extract Features failed: E.",
      "Transcode_720p-2 failed.",
      "",
    ]);
  });

  it("of fifty lost renditions still fit", async () => {
    const missing = Array.from({ length: 50 }, (_, index) => ({
      ...lost[1],
      rendition: `r${index}`,
      cause: '"ü'.repeat(250),
    }));
    const args: VideoBatchPipelineArgs = { workflow: { continueOnRenditionFailure: true } };
    const { notice } = await published(workflowOf(args), "Notify Partial", { missing });
    assert.equal((notice["missing"] as unknown[]).length, 50);
  });

  it("end an execution that has to fail with what is missing", async () => {
    const args: VideoBatchPipelineArgs = { workflow: { continueOnFeaturesFailure: true, partialOutcome: "fail" } };
    const { Assign, Next } = stateOf(workflowOf(args), "Notify Partial", "Task");
    assert.equal(Next, "Await Redrive");
    assert.deepEqual(await evaluate(Assign, { missing: lost, states: { context } }), {
      failure: { error: "VideoIncomplete", cause: "The video lacks features, 720p. Extract Features failed: E." },
      failedAt: { state: "Extract Metadata", redrives: 0 },
    });
  });

  it("ask for approval, with all that is needed for an answer", async () => {
    const asking = workflowOf({ approval: { timeoutSeconds: 600 } });
    const { Subject, MessageAttributes, notice, email } = await published(asking, "Ask for Approval", {});
    assert.equal(Subject, "Approval needed: clip.mp4 - videos");
    assert.deepEqual(MessageAttributes, { status: text("APPROVAL_WANTED"), pipeline: text("videos") });
    const { until, ...rest } = notice;
    const left = Date.parse(until as string) - Date.now();
    assert.ok(left > 580_000 && left <= 600_000, `${left}`);
    const [approve, reject] = ["approve", "reject"].map((verb) => `npx video-batch-pipeline ${verb} ${EXECUTION}`);
    assert.deepEqual(rest, {
      status: "APPROVAL_WANTED",
      summary: `clip.mp4 waits for approval until ${until as string} and is then rejected.`,
      ...about,
      preview: "s3://o/p/hls/preview.m3u8",
      poster: "s3://o/p/features/poster.jpg",
      defaultAnswer: "reject",
      ...{ approve, reject, token: "token" },
    });
    const said = await published(asking, "Ask for Approval", { damage: damageReport(damaged(123.4)) });
    assert.deepEqual(
      [said.notice["summary"], said.notice["damagedSeconds"], said.notice["damage"]],
      [
        `clip.mp4, with 0.04 s damaged at 2:03, waits for approval until ${said.notice["until"] as string} and is then rejected.`,
        0.04,
        damaged(123.4),
      ],
    );
    assert.ok(
      said.email.includes("poster.jpg\nDamaged at 2:03.4 for 0.04 s: a picture can't be decoded.\n\nTo approve:"),
      said.email,
    );
    assert.ok(!email.includes("token"));
    assert.ok(email.includes(`To approve: ${approve}\nTo reject: ${reject} --cause "Why"\n`), email);
  });
});
