import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { LADDER } from "../../examples/mediaconvert/ladder";
import type { Json, JsonObject } from "../../contract/asl";
import type { JobRequest } from "../../runner/mediaConvert/settings";
import {
  type DecideOutcome,
  definitionOf,
  type MediaConvertJob,
  type Run,
  runScripted,
  type Script,
  statesOf,
  type Synthesis,
  type TestVideo,
} from "../../testing";
import { synthesiseExample } from "../support/examples";
import { bundleWorker } from "../support/pipeline";
import { detailProblems } from "../support/videoEvents";
import { Ingestion, objectCreated } from "./ingestion";

const INPUT = "s3://videos-bucket/uploads/clip.mp4";
const OUTPUT = "s3://videos-bucket/output/mediaconvert/scripted";
const PLACE = "us-east-1:123456789012";
const SECONDS = 60;
const SEGMENT_SECONDS = 6;

/** A rendition in place of what MediaConvert would encode: nothing here looks into its segments. */
function prepareRendition(folder: string, height: number): void {
  const names = Array.from({ length: SECONDS / SEGMENT_SECONDS }, (_, index) => `${height}p_${index}.ts`);
  for (const name of names) fs.writeFileSync(path.join(folder, name), name);
  const lines = ["#EXTM3U", ...names.flatMap((name) => [`#EXTINF:${SEGMENT_SECONDS}.0,`, name]), "#EXT-X-ENDLIST"];
  fs.writeFileSync(path.join(folder, `${height}p.m3u8`), `${lines.join("\n")}\n`);
}

interface Conversion {
  stateMachine?: string;
  input?: Json;
  video?: TestVideo;
  /** What becomes of the metadata job. */
  inspection?: Script;
  decide?: DecideOutcome;
}

/** What a job was asked to make, as `name 1280x720`. */
function sizesOf({ request }: MediaConvertJob): string[] {
  return (request as unknown as JobRequest).Settings.OutputGroups!.flatMap(({ Outputs = [] }) =>
    Outputs.map(({ NameModifier, VideoDescription }) => {
      const { Width, Height } = VideoDescription!;
      return `${NameModifier!.slice(1)} ${Width}x${Height}`;
    }),
  );
}

const failureIn = ({ notifications }: Run): JsonObject => JSON.parse(notifications.at(-1)!.message) as JsonObject;

describe("examples/mediaconvert", () => {
  let synthesis: Synthesis;
  let ladder: string;
  const entered = new Set<string>();

  before(async () => {
    bundleWorker();
    synthesis = await synthesiseExample("mediaconvert");
    ladder = fs.mkdtempSync(path.join(os.tmpdir(), "mediaconvert-"));
    for (const { height } of LADDER) prepareRendition(ladder, height);
  });
  after(() => fs.rmSync(ladder, { recursive: true, force: true }));

  async function convert(conversion: Conversion = {}): Promise<{ run: Run; jobs: MediaConvertJob[]; names: string[] }> {
    const { stateMachine = "transcode", input = { input: INPUT }, video, inspection, decide } = conversion;
    const jobs: MediaConvertJob[] = [];
    const run = await runScripted(synthesis, {
      ...{ stateMachine, input, video: { seconds: SECONDS, ...video } },
      script: ({ attempt }) => (attempt > 0 ? inspection : undefined),
      mediaConvert: { ladder, ...(decide ? { decide } : {}), onEnded: (job) => void jobs.push(job) },
    });
    const names = run.states.map(({ name }) => name);
    for (const name of names) entered.add(name);
    for (const { detailType, detail } of run.events ?? []) assert.deepEqual(detailProblems(detailType, detail), []);
    return { run, jobs, names };
  }

  it("turns an upload into a ladder that is there, and reports it like the pipeline", async () => {
    const { run, jobs, names } = await convert({ input: objectCreated({ key: "uploads/clip.mp4", sequencer: "0A" }) });
    const playlist = `${OUTPUT}/hls/master.m3u8`;
    assert.equal(run.status, "SUCCEEDED", JSON.stringify(run.failure));
    assert.deepEqual(
      [...new Set(names)],
      [
        ...["Name Output", "Process Video", "Publish Assets", "Check Asset", "Check Result", "Asset Checked"],
        ...["Send Video Published", "Notify Success"],
      ],
    );
    assert.equal(names.filter((name) => name === "Check Asset").length, 5);
    assert.ok(names.lastIndexOf("Check Asset") < names.indexOf("Check Result"), "They are not checked at once.");
    assert.deepEqual(
      jobs.map(({ status, assets }) => [status, assets.length]),
      [["COMPLETE", 1 + 4 * 11]],
    );
    assert.deepEqual(
      jobs[0]!.assets.filter((uri) => uri.endsWith(".m3u8")).map((uri) => uri.slice(OUTPUT.length)),
      [
        ...["/hls/master_1080p.m3u8", "/hls/master_720p.m3u8", "/hls/master_540p.m3u8", "/hls/master_360p.m3u8"],
        "/hls/master.m3u8",
      ],
    );
    const [notice] = run.notifications;
    assert.deepEqual(
      [notice!.topic, notice!.subject, JSON.parse(notice!.message)],
      [
        `arn:aws:sns:${PLACE}:notices`,
        "Video ready: clip.mp4 - videos",
        {
          ...{ status: "SUCCEEDED", summary: `clip.mp4 is ready: ${playlist}`, input: INPUT, output: OUTPUT, playlist },
          execution: `arn:aws:states:${PLACE}:execution:transcode:scripted`,
          stateMachine: `arn:aws:states:${PLACE}:stateMachine:transcode`,
        },
      ],
    );
    const { detailType, detail } = run.events![0]!;
    assert.deepEqual(
      [detailType, detail["status"], detail["playlist"], detail["input"], detail["pipeline"]],
      ["Video Published", "SUCCEEDED", playlist, INPUT, "videos"],
    );
  });

  it("gives MediaConvert exactly these settings", async () => {
    const { jobs } = await convert({ video: { width: 640, height: 360 } });
    const { Role, Queue, Tags, Settings } = jobs[0]!.request;
    assert.deepEqual(
      { Role, Queue },
      {
        Role: "arn:aws:iam::123456789012:role/mediaconvert-role",
        Queue: `arn:aws:mediaconvert:${PLACE}:queues/Default`,
      },
    );
    assert.match((Tags as { execution: string }).execution, /^[0-9a-f-]{36}$/);
    assert.deepEqual(Settings, EXPECTED_SETTINGS);
  });

  const SIZES: [video: TestVideo, sizes: string[]][] = [
    [
      { width: 3840, height: 2160 },
      ["2160p 3840x2160", "1080p 1920x1080", "720p 1280x720", "540p 960x540", "360p 640x360"],
    ],
    [{ width: 1920, height: 1080 }, ["1080p 1920x1080", "720p 1280x720", "540p 960x540", "360p 640x360"]],
    [{ width: 1080, height: 1920 }, ["1080p 1080x1920", "720p 720x1280", "540p 540x960", "360p 360x640"]],
    [{ width: 1279, height: 719 }, ["540p 960x540", "360p 640x360"]],
    [{ width: 321, height: 241 }, ["240p 320x240"]],
    // Too long for AVC at 2160.
    [{ width: 5160, height: 2160 }, ["1080p 2580x1080", "720p 1720x720", "540p 1290x540", "360p 860x360"]],
  ];
  for (const [video, sizes] of SIZES) {
    it(`makes of ${video.width}×${video.height} nothing that is larger: ${sizes.join(", ")}`, async () => {
      const { run, jobs } = await convert({ video });
      assert.deepEqual([run.status, sizesOf(jobs[0]!)], ["SUCCEEDED", sizes]);
    });
  }

  it("asks for no sound where there is none", async () => {
    const { run, jobs } = await convert({ video: { sound: false } });
    assert.equal(run.status, "SUCCEEDED");
    assert.doesNotMatch(JSON.stringify(jobs[0]!.request), /Audio/);
  });

  it("refuses a video with the worker's sentence, and creates no job", async () => {
    const inspection = { seconds: 1, exitCode: 2, lastErrorLine: '"clip.mp4" has no video.' };
    const { run, jobs, names } = await convert({ inspection });
    assert.deepEqual([run.status, jobs], ["FAILED", []]);
    assert.deepEqual(names, ["Name Output", "Process Video", "Notify Failure", "Send Video Failed", "Fail Video"]);
    const { step, error, cause, log } = failureIn(run);
    assert.deepEqual(
      { step, error, cause, log },
      {
        step: "Extract Metadata",
        error: "States.TaskFailed",
        cause:
          'Extract Metadata failed: "clip.mp4" has no video. (exit code 2 after 1 attempt. Essential container in task exited)',
        log: null,
      },
    );
  });

  const FAILURES: [what: string, conversion: Conversion, failure: { step: string; error: string; cause: RegExp }][] = [
    [
      "a job that ends with an error",
      { decide: () => ({ error: { code: 1040, message: "The input has no pictures." } }) },
      {
        ...{ step: "Create Job", error: "States.TaskFailed" },
        cause:
          /^Create Job failed: MediaConvert job [\d-]+ ended as ERROR with error 1040: The input has no pictures\.$/,
      },
    ],
    [
      "a job that somebody cancels",
      { decide: () => ({ canceled: true }) },
      {
        ...{ step: "Create Job", error: "States.TaskFailed" },
        cause: /^Create Job failed: MediaConvert job [\d-]+ ended as CANCELED\.$/,
      },
    ],
    [
      "calls that stay too many",
      { decide: () => ({ refused: "throttle" }) },
      {
        ...{ step: "Create Job", error: "MediaConvert.TooManyRequestsException" },
        cause: /^Create Job failed: MediaConvert\.TooManyRequestsException\. .+429\)$/,
      },
    ],
    [
      "a missing permission",
      { decide: () => ({ refused: "denied" }) },
      {
        ...{ step: "Create Job", error: "MediaConvert.MediaConvertException" },
        cause: /^Create Job failed: MediaConvert\.MediaConvertException\. .+403\)$/,
      },
    ],
    [
      "a job that takes more than half a day, and can't be cancelled",
      { decide: () => ({ seconds: 13 * 3600, ignoresCancel: true }) },
      {
        ...{ step: "Create Job", error: "States.Timeout" },
        cause: new RegExp(
          `^Create Job failed: The job did not end within 12 hours and may still run\\. To find it: aws mediaconvert search-jobs --input-file "${INPUT}"$`,
        ),
      },
    ],
    [
      "a segment that is missing",
      { decide: () => ({ omits: (uri) => uri.endsWith("master_720p_00004.ts") }) },
      {
        ...{ step: "Publish Assets", error: "AssetUnplayable" },
        cause:
          /^Publish Assets failed: \S+\/hls\/master_720p\.m3u8 lists 10 segments, of which 1 are missing or empty: master_720p_00004\.ts\.$/,
      },
    ],
    [
      "a playlist that is missing",
      { decide: () => ({ omits: (uri) => uri.endsWith("master_540p.m3u8") }) },
      {
        ...{ step: "Publish Assets", error: "S3.NoSuchKeyException" },
        cause: /^Publish Assets failed: There is no object \S+\/hls\/master_540p\.m3u8\./,
      },
    ],
    [
      "a video that is longer than its renditions",
      { video: { seconds: SECONDS + 2 } },
      {
        ...{ step: "Publish Assets", error: "AssetUnplayable" },
        cause: /^Publish Assets failed: \S+\/hls\/master_\d+p\.m3u8 has 60 of 62 seconds\.$/,
      },
    ],
    [
      "an input that is no video",
      { input: { video: 7 } },
      {
        ...{ step: "Extract Metadata", error: "States.QueryEvaluationError" },
        cause: /The input of an execution must be like s3:\/\/bucket\/key, or an Object Created event from S3\./,
      },
    ],
  ];
  for (const [what, conversion, failure] of FAILURES) {
    it(`fails with a notice and an event after ${what}`, async () => {
      const { run, jobs, names } = await convert(conversion);
      assert.equal(run.status, "FAILED");
      assert.deepEqual(names.slice(-3), ["Notify Failure", "Send Video Failed", "Fail Video"]);
      const { step, error, cause, job } = failureIn(run);
      assert.deepEqual([step, error], [failure.step, failure.error], JSON.stringify(cause));
      assert.match(cause as string, failure.cause);
      const { detailType, detail } = run.events![0]!;
      assert.deepEqual([detailType, detail["step"], detail["cause"]], ["Video Failed", step, cause]);
      const known = jobs.find(({ status }) => status !== "COMPLETE" || step === "Publish Assets");
      assert.equal(job, known?.id ?? null);
    });
  }

  it("creates the job once calls are accepted again", async () => {
    const { run, jobs } = await convert({ decide: (_, call) => (call < 7 ? { refused: "throttle" } : undefined) });
    assert.deepEqual([run.status, jobs.length], ["SUCCEEDED", 1]);
  });

  it("processes a video by itself, from the inspection to what has to be there", async () => {
    const { run, names, jobs } = await convert({
      ...{ stateMachine: "process", input: { input: INPUT, output: OUTPUT } },
      video: { width: 640, height: 360 },
    });
    assert.deepEqual(names, [
      "Extract Metadata",
      "Read Metadata",
      "Choose Renditions",
      "Create Job",
      "Video Processed",
    ]);
    assert.deepEqual(run.output, {
      job: jobs[0]!.id,
      assets: [
        { playlist: `${OUTPUT}/hls/master.m3u8`, variants: ["master_360p.m3u8"] },
        { playlist: `${OUTPUT}/hls/master_360p.m3u8`, seconds: SECONDS },
      ],
    });
  });

  it("is started once for an upload, however often its event comes", async () => {
    const ingestion = new Ingestion(synthesis, {}, "transcode");
    const event = objectCreated({ key: "uploads/clip.mp4", sequencer: "0A" });
    await ingestion.deliver(event);
    await ingestion.deliver({ ...event, id: "again" });
    await ingestion.deliver(objectCreated({ key: "uploads/clip.mp4", sequencer: "0B" }));
    const started = await ingestion.executions();
    assert.deepEqual(
      started.map(({ upload }) => upload),
      ["uploads/clip.mp4 0A", "uploads/clip.mp4 0B"],
    );
    assert.notEqual(started[0]!.name, started[1]!.name);
  });

  it("has entered every state of the main state machine in these tests", () => {
    const names = statesOf(definitionOf(synthesis, "transcode")).map(([name]) => name);
    assert.deepEqual(
      names.filter((name) => !entered.has(name)),
      [],
    );
  });
});

const EXPECTED_SETTINGS: JsonObject = {
  TimecodeConfig: { Source: "ZEROBASED" },
  Inputs: [
    {
      ...{ FileInput: INPUT, TimecodeSource: "ZEROBASED", VideoSelector: { Rotate: "AUTO" } },
      AudioSelectors: { "Audio Selector 1": { DefaultSelection: "DEFAULT" } },
    },
  ],
  OutputGroups: [
    {
      OutputGroupSettings: {
        Type: "HLS_GROUP_SETTINGS",
        HlsGroupSettings: {
          Destination: `${OUTPUT}/hls/master`,
          DestinationSettings: { S3Settings: { Encryption: { EncryptionType: "SERVER_SIDE_ENCRYPTION_S3" } } },
          ...{ SegmentLength: SEGMENT_SECONDS, MinSegmentLength: 0, SegmentControl: "SEGMENTED_FILES" },
          ...{ DirectoryStructure: "SINGLE_DIRECTORY", ManifestDurationFormat: "FLOATING_POINT" },
          CodecSpecification: "RFC_6381",
        },
      },
      Outputs: [
        {
          NameModifier: "_360p",
          ContainerSettings: { Container: "M3U8" },
          VideoDescription: {
            ...{ Width: 640, Height: 360, ScalingBehavior: "STRETCH_TO_OUTPUT" },
            CodecSettings: {
              Codec: "H_264",
              H264Settings: {
                ...{ RateControlMode: "QVBR", QualityTuningLevel: "SINGLE_PASS", MaxBitrate: 1_500_000 },
                ...{ QvbrSettings: { QvbrQualityLevel: 7 }, SceneChangeDetect: "TRANSITION_DETECTION" },
                ...{ GopSize: 2, GopSizeUnits: "SECONDS", GopClosedCadence: 1 },
                ...{ FramerateControl: "INITIALIZE_FROM_SOURCE", ParControl: "SPECIFIED" },
                ...{ ParNumerator: 1, ParDenominator: 1 },
              },
            },
          },
          AudioDescriptions: [
            {
              AudioSourceName: "Audio Selector 1",
              CodecSettings: {
                Codec: "AAC",
                AacSettings: { Bitrate: 128_000, CodingMode: "CODING_MODE_2_0", SampleRate: 48_000 },
              },
            },
          ],
        },
      ],
    },
  ],
};
