import { strict as assert } from "node:assert";

import { sfn } from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { VideoBatchPipeline, type VideoBatchPipelineArgs } from "../../index";
import { runScripted, synthesise, type Run, type ScriptedRunOptions } from "../../testing";
import { missingFrom } from "../../contract/notices";
import type { Missing } from "../../contract/manifest";
import type { Ladder } from "../../contract/plan";
import { planFor } from "../../testing/plan";
import { withEncodedTogether } from "../../worker/publish/manifest/missing";
import { IMAGE } from "../support/pipeline";

const args: VideoBatchPipelineArgs = {
  image: IMAGE,
  renditions: [
    { name: "1080p", height: 1080 },
    { name: "720p", height: 720 },
  ],
};

async function run(options: ScriptedRunOptions = {}, more: VideoBatchPipelineArgs = {}): Promise<Run> {
  const synthesis = await synthesise(() => void new VideoBatchPipeline("videos", { ...args, ...more }));
  return runScripted(synthesis, options);
}

const seconds = ({ started, ended }: Run): number => (Date.parse(ended ?? "") - Date.parse(started)) / 1000;
const names = ({ jobs }: Run): string[] => jobs.filter(({ parentId }) => !parentId).map(({ name }) => name);

describe("video-batch-pipeline/testing: a scripted run", () => {
  it("enters every state, runs every job and sends the notice", async () => {
    const record = await run();
    assert.equal(record.status, "SUCCEEDED", record.cause);
    assert.deepEqual(names(record).sort(), [
      "videos-ExtractFeatures",
      "videos-ExtractMetadata",
      "videos-PackageVideo",
      "videos-Transcode_1080p-1",
      "videos-Transcode_1080p-2",
      "videos-Transcode_720p-1",
      "videos-Transcode_720p-2",
      "videos-Transcode_audio",
    ]);
    assert.equal(record.notifications.length, 1);
    assert.match(record.notifications[0]?.message ?? "", /s3:\/\/videos\/video\.mp4/);
  });

  it("runs the state machines that the program's main one names, and those that these name", async () => {
    const started: string[] = [];
    const task = (call: string, Arguments: object, next: object): object => ({
      ...{ Type: "Task", Resource: `arn:aws:states:::${call}`, Arguments, ...next },
    });
    const synthesis = await synthesise(() => {
      const machine = (
        name: string,
        type: "STANDARD" | "EXPRESS",
        States: (arns: string[]) => object,
        ...of: sfn.StateMachine[]
      ) =>
        new sfn.StateMachine(name, {
          ...{ roleArn: "arn:aws:iam::123456789012:role/mine", type },
          definition: pulumi
            .all(of.map(({ arn }) => arn))
            .apply((arns) => JSON.stringify({ QueryLanguage: "JSONata", StartAt: "First", States: States(arns) })),
        });
      const check = machine("check", "EXPRESS", () => ({
        First: task("aws-sdk:s3:headObject", { Bucket: "videos", Key: "none" }, { End: true }),
      }));
      const inner = machine(
        "inner",
        "STANDARD",
        ([checkArn]) => ({
          First: task(
            "aws-sdk:sfn:startSyncExecution",
            { StateMachineArn: checkArn },
            { Output: "{% $states.result %}", End: true },
          ),
        }),
        check,
      );
      machine(
        "main",
        "STANDARD",
        ([innerArn]) => ({
          First: task(
            "states:startExecution.sync:2",
            { StateMachineArn: innerArn },
            { Output: "{% $states.result.Output %}", End: true },
          ),
        }),
        inner,
      );
    });
    const { status, output } = await runScripted(synthesis, {
      stateMachine: "main",
      onStarted: ({ stateMachineArn }) => started.push(stateMachineArn.split(":").at(-1)!),
    });
    const { Status, Error: error, Cause } = output as Record<string, string>;
    assert.deepEqual([status, started.map((name) => name.replace(/-.*/, ""))], ["SUCCEEDED", ["inner", "check"]]);
    assert.deepEqual(
      [Status, error, Cause],
      ["FAILED", "S3.NoSuchKeyException", "There is no object s3://videos/none. This run has: none."],
    );
  });

  it("plans a video like the worker", async () => {
    const small = await run({ video: { width: 720, height: 1280, seconds: 5, sound: false } });
    assert.deepEqual(
      names(small).filter((name) => name.includes("Transcode")),
      ["videos-Transcode_720p-1"],
    );
    const long = await run({ video: { seconds: 310 } });
    const arrays = long.jobs.filter(({ arraySize }) => arraySize !== undefined);
    assert.deepEqual(
      arrays.map(({ state, arraySize }) => [state, arraySize]),
      [
        ["Transcode_1080p-2", 5],
        ["Transcode_720p-2", 5],
      ],
    );
  });

  it("says what is damaged, as packaging finds it", async () => {
    const damage = [{ fromSeconds: 123.4, toSeconds: 123.5, what: "2 pictures can't be decoded" }];
    const record = await run({ video: { damage } });
    assert.deepEqual([record.status, record.damagedSeconds, record.damage], ["SUCCEEDED", 0.1, damage]);
    assert.equal(record.notifications[0]?.subject, "Video ready, with 0.1 s damaged at 2:03: video.mp4 - videos");
    const { damage: none, damagedSeconds, damageUnknown } = await run();
    assert.deepEqual([none, damagedSeconds, damageUnknown], [undefined, undefined, undefined]);
  });

  it("passes the share that may be damaged to the worker's commands, the input's before the pipeline's", async () => {
    const shares = async (input: object, more: VideoBatchPipelineArgs = {}): Promise<Record<string, string>> => {
      const given: Record<string, string> = {};
      const record = await run(
        {
          input: { input: "s3://videos/video.mp4", ...input },
          script: ({ command }) => {
            const at = command.indexOf("--max-damaged-share");
            given[command[1]!] = at < 0 ? "none" : command[at + 1]!;
            return undefined;
          },
        },
        more,
      );
      assert.equal(record.status, "SUCCEEDED", record.cause);
      return given;
    };
    const all = (share: string): Record<string, string> => {
      return { metadata: share, features: "none", transcode: share, audio: share, package: share };
    };
    assert.deepEqual(await shares({}), all("0.02"));
    assert.deepEqual(await shares({}, { maxDamagedShare: 0 }), all("0"));
    assert.deepEqual(await shares({ maxDamagedShare: 0.25 }, { maxDamagedShare: 0 }), all("0.25"));
  });

  it("refuses another share in a sentence, before any job", async () => {
    const record = await run({ input: { input: "s3://videos/video.mp4", maxDamagedShare: 2 } });
    assert.deepEqual([record.status, record.jobs.length], ["FAILED", 0]);
    const { subject, message } = record.notifications[0]!;
    assert.equal(subject, "Video failed at Extract Metadata: video.mp4 - videos");
    assert.match(
      (JSON.parse(message) as { cause: string }).cause,
      /^Extract Metadata failed: .*The maxDamagedShare of an execution must be a number from 0 to 1\.$/,
    );
  });

  it("takes the script's time on the available vCPUs", async () => {
    const script = (): { seconds: number } => ({ seconds: 600 });
    const few = seconds(await run({ script }));
    const many = seconds(await run({ script, maxVcpus: 64 }));
    // Metadata, opening, rest and packaging run one after the other, regardless of the number of machines.
    assert.equal(many, 4 * 600);
    assert.ok(few > many, `${few} s on 4 vCPUs`);
  });

  it("retries according to the exit rules, and passes the attempt's number to the script", async () => {
    const attempts: string[] = [];
    const record = await run({
      script: ({ jobName, attempt, command }) => {
        if (jobName !== "videos-ExtractFeatures") return undefined;
        attempts.push(`${command.slice(0, 2).join(" ")} ${attempt}`);
        return { seconds: 5, exitCode: attempt === 1 ? 1 : 0 };
      },
    });
    assert.equal(record.status, "SUCCEEDED");
    assert.deepEqual(attempts, ["worker features 1", "worker features 2"]);
  });

  it("names in its notice every rendition that a failed job leaves out, as the manifest does", async () => {
    let packaging: string[] = [];
    const renditions = [1080, 720, 480].map((height) => ({ name: `${height}p`, height }));
    const record = await run(
      {
        script: ({ jobName, command }) => {
          if (command[1] === "package") packaging = command;
          return jobName === "videos-Transcode_720p-1"
            ? { seconds: 1, exitCode: 2, lastErrorLine: "No 720p." }
            : undefined;
        },
      },
      { renditions, enableSharedDecoding: true, workflow: { continueOnRenditionFailure: true } },
    );
    assert.deepEqual(missingFrom(record), ["720p", "480p"]);
    const notice = JSON.parse(record.notifications[0]?.message ?? "") as { summary: string };
    assert.match(notice.summary, /^video\.mp4 lacks 720p, 480p: /);
    const missing = JSON.parse(packaging[packaging.indexOf("--missing") + 1] ?? "") as Missing;
    assert.deepEqual(missing, {
      renditions: ["720p", "480p"],
      features: false,
      causes: ["Transcode_720p-1 failed: No 720p. (exit code 2 after 1 attempt. Essential container in task exited)"],
    });
    const ladder: Ladder = {
      renditions: renditions.map((rendition) => ({ ...rendition, preset: "fast" })),
      ...{ parts: [{}], audio: { bitrateKbps: 128, channels: 2, maxTracks: 1 } },
      ...{ chunkSeconds: 60, segmentSeconds: 6, gopSeconds: 2, shareDecoding: true },
    };
    const plan = planFor("s3://videos/video.mp4", {}, ladder);
    assert.deepEqual(withEncodedTogether(plan, { renditions: ["720p"], features: false }).renditions, ["720p", "480p"]);
  });

  it("fails with a notice when a video can never work", async () => {
    const lastErrorLine = '"video.mp4" has no video stream.';
    const record = await run({ script: () => ({ seconds: 1, exitCode: 2, lastErrorLine }) });
    assert.equal(record.status, "FAILED");
    assert.deepEqual(names(record), ["videos-ExtractMetadata"]);
    assert.equal(record.jobs[0]?.attempts.length, 1);
    assert.equal(record.failure?.explanation, lastErrorLine);
    assert.equal(record.notifications.length, 1);
    assert.match(
      record.notifications[0]?.message ?? "",
      /Extract Metadata failed: \\?"video\.mp4\\?" has no video stream\. \(exit code 2 after 1 attempt/,
    );
  });

  it("runs the user's own commands, with their own input", async () => {
    const own = { image: "public.ecr.aws/docker/library/alpine:3", command: ["true"] };
    const record = await run({ input: {} }, { image: {}, jobs: { metadata: own, features: own, transcode: own } });
    assert.equal(record.status, "SUCCEEDED", record.cause);
    assert.ok(!names(record).includes("videos-PackageVideo"));
  });
});
