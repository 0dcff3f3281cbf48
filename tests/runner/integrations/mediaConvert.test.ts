import assert from "node:assert/strict";

import type { JsonObject } from "../../../contract/asl";
import { VirtualClock } from "../../../runner/clock/clock";
import { createJobHandlers, type DecideOutcome } from "../../../runner/integrations/mediaConvert";
import { withModels } from "../../../runner/integrations/serviceModel";
import type { MediaConvertJob } from "../../../runner/mediaConvert/job";
import { PreparedLadder } from "../../../runner/mediaConvert/ladder";
import { MediaConvertService } from "../../../runner/mediaConvert/service";
import { execute } from "../../../runner/stateMachine/execution";
import { fakeLadder, fileGroup, hlsGroup, jobArguments, mp4Output, videoOutput } from "../mediaConvert/support";
import { START, STATE_MACHINE } from "../stateMachine/support";

describe("mediaconvert:createJob", () => {
  let ladder: ReturnType<typeof fakeLadder>;
  before(() => (ladder = fakeLadder()));
  after(() => ladder.remove());

  /** A machine with one task. */
  async function run(args: JsonObject, { task = {}, decide }: { task?: object; decide?: DecideOutcome } = {}) {
    const clock = new VirtualClock(START);
    const jobs: MediaConvertJob[] = [];
    const put = (): void => undefined;
    const service = new MediaConvertService({
      ...{ clock, put, ladder: new PreparedLadder(ladder.folder), onEnded: (job) => jobs.push(job) },
    });
    const Task = {
      ...{
        Type: "Task",
        Resource: "arn:aws:states:::mediaconvert:createJob.sync",
        Arguments: args,
        End: true,
        ...task,
      },
    };
    const definition = { QueryLanguage: "JSONata", StartAt: "S", States: { S: Task } };
    const handlers = withModels(createJobHandlers(service, decide));
    const result = await execute(definition, {}, { handlers, clock, stateMachine: STATE_MACHINE, random: () => 0 });
    const seconds = (clock.now() - START) / 1000;
    await service.whenIdle();
    return { ...result, seconds, jobs };
  }
  const refusal = async (args: JsonObject): Promise<[string | undefined, string | undefined]> => {
    const { status, error, cause, jobs } = await run(args);
    assert.deepEqual([status, jobs], ["FAILED", []]);
    return [error, cause];
  };

  it("waits for the end of the job with .sync", async () => {
    const { status, output, seconds, jobs } = await run(jobArguments());
    const { Job } = output as { Job: JsonObject };
    assert.deepEqual([status, Job["Status"], Job["Id"], seconds], ["SUCCEEDED", "COMPLETE", jobs[0]!.id, 65]);
    assert.equal(Job["Arn"], `arn:aws:mediaconvert:us-east-1:123456789012:jobs/${jobs[0]!.id}`);
    assert.equal(jobs[0]!.assets.length, 7);
  });

  it("doesn't wait without", async () => {
    const task = { Resource: "arn:aws:states:::mediaconvert:createJob" };
    const { output, seconds, jobs } = await run(jobArguments(), { task });
    assert.deepEqual([(output as { Job: JsonObject }).Job["Status"], seconds], ["SUBMITTED", 0]);
    assert.deepEqual([jobs.length, jobs[0]?.status], [1, "COMPLETE"]);
  });

  for (const [status, outcome] of [
    ["ERROR", { error: { code: 1404, message: "Unsupported." } }],
    ["CANCELED", { canceled: true }],
  ] as const) {
    it(`fails with the job in its cause if that ends as ${status}`, async () => {
      const { error, cause, jobs } = await run(jobArguments(), { decide: () => outcome });
      const { Job } = JSON.parse(cause!) as { Job: JsonObject };
      assert.deepEqual([error, Job["Id"], Job["Status"]], ["States.TaskFailed", jobs[0]!.id, status]);
      assert.equal(Job["ErrorMessage"], status === "ERROR" ? "Unsupported." : undefined);
    });
  }

  for (const [ignoresCancel, status] of [
    [false, "CANCELED"],
    [true, "COMPLETE"],
  ] as const) {
    it(`tries to cancel the job when the state's time is up, which then is ${status}`, async () => {
      const decide = () => ({ ignoresCancel });
      const { error, seconds, jobs } = await run(jobArguments(), { task: { TimeoutSeconds: 20 }, decide });
      assert.deepEqual([error, seconds], ["States.Timeout", 20]);
      assert.deepEqual([jobs[0]?.cancelRequested, jobs[0]?.status], [true, status]);
    });
  }

  const REFUSED = [
    [
      "throttle",
      "MediaConvert.TooManyRequestsException",
      "Too Many Requests (Service: MediaConvert, Status Code: 429)",
    ],
    [
      "unavailable",
      "MediaConvert.InternalServerErrorException",
      "Internal server error (Service: MediaConvert, Status Code: 500)",
    ],
    [
      "denied",
      "MediaConvert.MediaConvertException",
      "The role of the state machine is not authorized to perform: mediaconvert:CreateJob (Service: MediaConvert, Status Code: 403)",
    ],
  ] as const;
  for (const [refused, error, cause] of REFUSED) {
    it(`can be refused (${refused}), and retried`, async () => {
      const decide: DecideOutcome = (_, call) => (call < 3 ? { refused } : undefined);
      const once = await run(jobArguments(), { decide });
      assert.deepEqual([once.error, once.cause, once.jobs], [error, cause, []]);
      const Retry = [{ ErrorEquals: [error], IntervalSeconds: 1, BackoffRate: 2 }];
      const retried = await run(jobArguments(), { task: { Retry }, decide });
      assert.deepEqual([retried.status, retried.seconds, retried.jobs.length], ["SUCCEEDED", 68, 1]);
    });
  }

  it("can't be started with arguments of other types, or unknown ones, which Step Functions finds", async () => {
    const group = hlsGroup([videoOutput("720p", 720, { NameModifier: 720, Nameless: true })], { SegmentLength: "6" });
    const [error, cause] = await refusal(jobArguments([group], { Tags: { a: 1 } }));
    assert.equal(error, "States.Runtime");
    for (const problem of [
      "The value for the field 'a' must be a STRING",
      "The value for the field 'SegmentLength' must be an INTEGER",
      "The value for the field 'NameModifier' must be a STRING",
      "The field 'Nameless' is not supported by Step Functions",
    ]) {
      assert.ok(cause!.includes(problem), cause);
    }
    const [, without] = await refusal({ Settings: {} });
    assert.ok(without!.endsWith("[The field 'Role' is required but was missing]"), without);
  });

  it("is refused with settings that the model or a rule of the service doesn't allow, all at once", async () => {
    const output = videoOutput("720p", 31, {
      AudioDescriptions: [{ CodecSettings: { Codec: "MP5", AacSettings: { Bitrate: 100_000 } } }],
    });
    const [error, cause] = await refusal(
      jobArguments([hlsGroup([output], { Destination: "videos/a" })], { Priority: 51 }),
    );
    assert.equal(error, "MediaConvert.BadRequestException");
    assert.equal(
      cause,
      [
        "/priority: Should be at most 50",
        "/outputGroups/0/outputGroupSettings/hlsGroupSettings/destination: Should match ^s3:\\/\\/.*$",
        "/outputGroups/0/outputs/0/videoDescription/height: Should be at least 32",
        "/outputGroups/0/outputs/0/audioDescriptions/0/codecSettings/codec: Should be one of the 15 values of the API's reference",
        "/outputGroups/0/outputs/0/audioDescriptions/0/codecSettings/aacSettings/bitrate: Should be one of 6000, 8000, 10000, 12000, 14000, 16000, 20000, 24000, 28000, 32000, 40000, 48000, 56000, 64000, 80000, 96000, 112000, 128000, 160000, 192000, 224000, 256000, 288000, 320000, 384000, 448000, 512000, 576000, 640000, 768000, 896000, 1024000 (Service: MediaConvert, Status Code: 400)",
      ].join(". "),
    );
  });

  it("knows no job templates", async () => {
    assert.deepEqual(await refusal(jobArguments(undefined, { JobTemplate: "hls" })), [
      "MediaConvert.NotFoundException",
      "There is no job template hls here. Give its settings in the call (Service: MediaConvert, Status Code: 404)",
    ]);
  });

  const UNSUPPORTED: [groups: JsonObject[], message: string][] = [
    [
      [
        {
          OutputGroupSettings: { Type: "CMAF_GROUP_SETTINGS", CmafGroupSettings: {} },
          Outputs: [videoOutput("a", 720)],
        },
      ],
      '/outputGroups/0/outputGroupSettings/type must be HLS_GROUP_SETTINGS or FILE_GROUP_SETTINGS for MediaConvert\'s stand-in. Received "CMAF_GROUP_SETTINGS".',
    ],
    [
      [hlsGroup([videoOutput("a", 720)], { SegmentControl: "SINGLE_FILE" })],
      '/outputGroups/0/outputGroupSettings: SegmentControl must be left out for MediaConvert\'s stand-in. Received "SINGLE_FILE".',
    ],
    [
      [hlsGroup([mp4Output("a", 720)])],
      '/outputGroups/0/outputs/0/containerSettings/container must be M3U8 for MediaConvert\'s stand-in. Received "MP4".',
    ],
    [
      [fileGroup([mp4Output("a$dt$", 720)], "s3://videos/a")],
      '/outputGroups/0/outputs/0: a name must be without format identifiers for MediaConvert\'s stand-in. Received "s3://videos/a_a$dt$".',
    ],
    [
      [fileGroup([mp4Output("a", 720, { VideoDescription: {} })], "s3://videos/a")],
      "/outputGroups/0/outputs/0/videoDescription/height must be set for MediaConvert's stand-in. Received nothing.",
    ],
  ];
  for (const [groups, message] of UNSUPPORTED) {
    it(`ends the run where the stand-in falls short of the service: ${message.slice(0, 70)}`, async () => {
      await assert.rejects(run(jobArguments(groups)), { name: "UsageError", message });
    });
  }
});
