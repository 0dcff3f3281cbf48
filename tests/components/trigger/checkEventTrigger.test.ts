import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import type { EventTrigger, VideoBatchPipelineArgs } from "../../../index";
import type { Synthesis } from "../../../runner/synthesis/synthesis";
import { objectCreated } from "../../support/aws/objectCreated";
import { IMAGE, named, synthesisePipeline } from "../../support/pipeline";
import { type Refusal, refuses } from "../refusals";

const PATTERN = { source: ["our.uploads"] };
const SAMPLE = {
  "source": "our.uploads",
  "detail-type": "Video Uploaded",
  "detail": { input: "s3://masters/talk.mp4" },
};
const ASSET = { ...SAMPLE, detail: { asset: { uri: "s3://masters/talk.mp4" } } };
const PLACE = "us-east-1:123456789012";

const events = (given: Partial<EventTrigger>, more: VideoBatchPipelineArgs = {}): VideoBatchPipelineArgs => ({
  storage: { inputBuckets: ["masters"] },
  ...more,
  trigger: { ...more.trigger, events: { pattern: PATTERN, sample: SAMPLE, ...given } },
});
const mapped = (executionInput: string, sample: object = ASSET): VideoBatchPipelineArgs =>
  events({ executionInput, sample });
const own = { image: "alpine", command: ["true"] };
const reads = { image: "alpine", command: ["wget", "Ref::input"] };

const BUS = "Use a name such as media, or an ARN such as arn:aws:events:eu-west-1:123456789012:event-bus/media.";
const UNKNOWN =
  "trigger.events.executionInput must read only the event, its own variables, and functions that Step Functions has.";
const LOOP = (what: string, pattern: object, remedy: string): string =>
  `trigger.events.pattern must not match ${what}, or every execution would start others. Received ${JSON.stringify(pattern)}. ${remedy}`;
const UNREADABLE = (uri: string, remedy: string): string =>
  `trigger.events.sample must have its video in the pipeline's bucket or one of storage.inputBuckets, which jobs may read. Received "${uri}". ${remedy}`;
const COPY = "The worker reads no other place: copy the video into a bucket, and name it like s3://bucket/key.";
const NARROWER = "Select the source and the detail-type of the events that are meant.";
const NOT_OURS =
  'Select the source of the events that are meant, or add "pipeline": [{"anything-but": "videos"}] to detail.';

/** A pattern on the account's own bus, with an event that matches it. */
const onDefault = (pattern: object, detail: object = SAMPLE.detail, more: object = {}): VideoBatchPipelineArgs =>
  events({ pattern, sample: { ...SAMPLE, detail, ...more } });

const RIGHT: VideoBatchPipelineArgs[] = [
  events({}),
  ...["media", "aws.partner/example.com/videos", `arn:aws:events:${PLACE}:event-bus/media`].map((busName) =>
    events({ busName }),
  ),
  events({
    busName: pulumi.output("m e d i a"),
    pattern: { source: [pulumi.output("our.uploads")] },
    sample: { detail: pulumi.output(1) },
  }),
  mapped("{ 'input': detail.asset.uri }"),
  mapped(
    "($u := $states.input.detail.asset.uri; { 'input': $uppercase('s') = 'S' ? $u, 'x': $map([1], function($v) { $v + 1 }), 'h': $hash($u, 'SHA-256'), 'p': $parse('[1]')[0], 'u': $uuid(), 'r': $random() < 1, 'n': $count($range(1, 5, 1)), 'c': $partition([1, 2, 3], 2) })",
  ),
  mapped("{ 'input': detail.asset@$a.($a.uri), 'i': [detail.asset#$i.$i][0], 'name': $states.context.Execution.Name }"),
  onDefault(
    { source: ["aws.s3"], detail: { bucket: { name: ["masters"] } } },
    objectCreated("a.mp4", { bucket: "masters" }).detail,
    { source: "aws.s3" },
  ),
  // Where no command refers to the input, an event needs no video.
  events({ sample: { ...SAMPLE, detail: {} } }, { jobs: { metadata: own, features: own, transcode: own } }),
  // The bucket that the pipeline creates has a name like this one, and AWS's names of others may not be known.
  events({ sample: { ...SAMPLE, detail: { input: "s3://acme-videos-bucket-1a2b3c4/talk.mp4" } } }, { storage: {} }),
  events({}, { storage: { bucket: "masters" } }),
  events({}, { storage: { bucket: "outputs", inputBuckets: ["others", "masters"] } }),
  events({}, { storage: { inputBuckets: [pulumi.output("others")] } }),
  // Containers of the user's own may read videos from anywhere.
  events(
    { sample: { ...SAMPLE, detail: { input: "https://example.com/talk.mp4" } } },
    { jobs: { metadata: reads, features: reads, transcode: reads } },
  ),
  events({ pattern: { source: [{ exists: true }] }, busName: "media" }, { events: {} }),
  events({ pattern: { source: [{ exists: true }] }, busName: "media" }, { events: { enableBus: true } }),
  events(
    { pattern: { ...PATTERN, detail: { input: [{ exists: true }] } }, busName: "media" },
    { events: { busName: "media" } },
  ),
];

const CASES: Refusal[] = [
  ...RIGHT.map((args): Refusal => [args, []]),
  ...["", "m e", "arn:aws:events:us-east-1:123456789012:rule/media"].map((busName): Refusal => [
    events({ busName }),
    [`trigger.events.busName must be the name or the ARN of an event bus. Received "${busName}". ${BUS}`],
  ]),
  [
    events({ pattern: { source: "our.uploads" }, sample: { detail: {} }, executionInput: "{" }),
    [
      'trigger.events.pattern.source must be a list of values, or an object of fields. Received "our.uploads". Put the value in square brackets.',
      'trigger.events.sample must be a whole event with source, detail-type and detail. Received ["detail"]. Use an event as a rule delivers it.',
      'trigger.events.executionInput must be a JSONata expression. Received "{". JSONata says: Expected ":" before end of expression.',
    ],
  ],
  [
    events({
      pattern: { ...PATTERN, detail: { status: [{ prefix: "RE" }] } },
      sample: { ...SAMPLE, detail: { status: "NEW" } },
    }),
    [
      "trigger.events.sample must match trigger.events.pattern. Received an object. Correct detail.status in one of the two.",
    ],
  ],
  [
    events({ sample: { ...SAMPLE, detail: { talk: 42 } } }),
    [
      'trigger.events.sample must have a video, such as s3://bucket/key, as detail.input. Received {"talk":42}. If it has the video elsewhere, say with trigger.events.executionInput where.',
    ],
  ],
  [
    events({ sample: { ...SAMPLE, detail: { ...SAMPLE.detail, output: "there" } } }),
    [
      'trigger.events.sample must give an execution an input that it takes. Received {"input":"s3://masters/talk.mp4","output":"there"}. The output of an execution must be like s3://bucket/prefix.',
    ],
  ],
  ...[
    "https://example.com/talk.mp4",
    "file:///masters/talk.mp4",
    "s3://masters",
    "s3://masters/",
    "s3:///talk.mp4",
  ].map((input): Refusal => [
    events({ sample: { ...SAMPLE, detail: { input } } }),
    [`trigger.events.sample must have its video in S3. Received "${input}". ${COPY}`],
  ]),
  [
    mapped("{ 'input': $replace(detail.asset.uri, 's3:', 'https:') }"),
    [
      `trigger.events.executionInput must yield a video in S3 from trigger.events.sample. Received "https://masters/talk.mp4". ${COPY}`,
    ],
  ],
  [
    mapped("{ 'input': detail.asset.url }"),
    [
      "trigger.events.executionInput must yield an object with an input such as s3://bucket/key from trigger.events.sample. Received {}. Write, for example, { 'input': detail.asset.uri }.",
    ],
  ],
  [
    mapped("{ 'input': $number(detail.asset.uri) }"),
    [
      'trigger.events.executionInput must yield the input of an execution from trigger.events.sample. Received "{ \'input\': $number(detail.asset.uri) }". JSONata says: Unable to cast value to a number: "s3://masters/talk.mp4"',
    ],
  ],
  [
    mapped("($f := function() { $f() }; $f())"),
    [
      'trigger.events.executionInput must yield the input of an execution from trigger.events.sample. Received "($f := function() { $f() }; $f())". JSONata says: It takes more than 1 second.',
    ],
  ],
  [
    mapped(`{ 'input': '${"x".repeat(990)}' }`),
    [
      "trigger.events.executionInput must have at most 1,000 characters. Received 1005. Send events whose detail is closer to an execution's input.",
    ],
  ],
  [
    mapped(" "),
    [
      'trigger.events.executionInput must be a JSONata expression. Received " ". JSONata says: Unexpected end of expression.',
    ],
  ],
  [
    mapped("{ 'input': $uri, 'x': $eval('1'), 'y': $$.detail }"),
    [
      `${UNKNOWN} Received "$uri". Step Functions refuses a name that it doesn't know.`,
      `${UNKNOWN} Received "$eval". Step Functions refuses a name that it doesn't know.`,
      `${UNKNOWN} Received "$$". Names without $ are those of the event.`,
    ],
  ],
  [
    events(
      {
        pattern: { source: ["aws.s3"] },
        sample: objectCreated("a.mp4", { bucket: "masters" }),
        busName: "media",
        executionInput: "detail",
      },
      { trigger: { uploads: {} } },
    ),
    [
      'trigger.events.executionInput must not be given for S3\'s events together with trigger.uploads, whose events name their video. Received "detail". Remove it or trigger.uploads.',
    ],
  ],
  // What jobs couldn't read.
  [
    events({}, { storage: {} }),
    [
      UNREADABLE(
        "s3://masters/talk.mp4",
        "Add masters to storage.inputBuckets, or, for the bucket that the pipeline creates, use a name with videos-bucket in it.",
      ),
    ],
  ],
  [
    { ...mapped("{ 'input': detail.asset.uri }"), storage: { bucket: "videos-bucket", inputBuckets: ["others"] } },
    [UNREADABLE("s3://masters/talk.mp4", "Add masters to storage.inputBuckets.")],
  ],
  [
    {
      ...onDefault(
        { source: ["aws.s3"], detail: { bucket: { name: ["theirs"] } } },
        objectCreated("a.mp4", { bucket: "theirs" }).detail,
        { source: "aws.s3" },
      ),
      storage: { bucket: "ours" },
    },
    [UNREADABLE("s3://theirs/a.mp4", "Add theirs to storage.inputBuckets.")],
  ],
  // What the pipeline causes itself.
  [
    onDefault({ "detail-type": ["Object Created"] }, objectCreated("a.mp4").detail, {
      "detail-type": "Object Created",
    }),
    [
      LOOP(
        "S3's events about the pipeline's outputs",
        { "detail-type": ["Object Created"] },
        'Select keys outside output/, for example with {"prefix": "uploads/"}.',
      ),
    ],
  ],
  [
    onDefault({ region: ["us-east-1"] }, SAMPLE.detail, { region: "us-east-1" }),
    [
      LOOP(
        "S3's events about the pipeline's outputs",
        { region: ["us-east-1"] },
        'Select keys outside output/, for example with {"prefix": "uploads/"}.',
      ),
      LOOP("Step Functions' events about the pipeline's executions", { region: ["us-east-1"] }, NARROWER),
      LOOP("Batch's events about the pipeline's jobs", { region: ["us-east-1"] }, NARROWER),
    ],
  ],
  [
    events({ busName: "media", pattern: { "detail-type": [{ prefix: "Video " }] } }, { events: { busName: "media" } }),
    [LOOP("the pipeline's own events", { "detail-type": [{ prefix: "Video " }] }, NOT_OURS)],
  ],
  [
    onDefault(
      { source: ["video-batch-pipeline"], detail: { pipeline: ["videos", "others"] } },
      { ...SAMPLE.detail, pipeline: "others" },
      { source: "video-batch-pipeline" },
    ),
    [],
  ],
];

describe("the arguments of a trigger by events", () => refuses(CASES));

describe("a pipeline that is started by another one's events", () => {
  const chained = (pipeline: unknown[]): VideoBatchPipelineArgs => ({
    ...onDefault(
      { source: ["video-batch-pipeline"], detail: { pipeline } },
      { ...SAMPLE.detail, pipeline: "others" },
      { source: "video-batch-pipeline" },
    ),
    events: {},
  });
  refuses([
    [chained(["others"]), []],
    [chained([{ "anything-but": "videos" }]), []],
    [
      chained(["others", "videos"]),
      [
        LOOP(
          "the pipeline's own events",
          { source: ["video-batch-pipeline"], detail: { pipeline: ["others", "videos"] } },
          NOT_OURS,
        ),
      ],
    ],
  ]);
});

describe("what is known of a trigger by events only during the deployment", () => {
  const rejects = async (args: VideoBatchPipelineArgs, reason: string): Promise<void> => {
    await assert.rejects(synthesisePipeline({ image: IMAGE, ...args }), (error: Error) => {
      assert.ok(error.message.includes(reason), error.message);
      return true;
    });
  };

  it("is checked then: the pattern, the sample, and the bus's account", async () => {
    await rejects(
      events({ pattern: pulumi.output({ source: "a" }) }),
      'trigger.events.pattern.source must be a list of values, or an object of fields. Received "a".',
    );
    await rejects(
      events({ sample: pulumi.output({ ...SAMPLE, source: "theirs" }) }),
      "trigger.events.sample must match trigger.events.pattern. Received an object. Correct source in one of the two.",
    );
    await rejects(
      events({ busName: "arn:aws:events:us-east-1:210987654321:event-bus/theirs" }),
      'trigger.events.busName must be a bus in the pipeline\'s account and region, which are 123456789012 and us-east-1. Received "arn:aws:events:us-east-1:210987654321:event-bus/theirs". EventBridge starts no state machine elsewhere: forward the events to a bus here, and name that one.',
    );
  });

  it("is checked then: whether jobs may read the sample's video", async () => {
    const storage = { bucket: pulumi.output("ours"), inputBuckets: ["others"] };
    await rejects(events({}, { storage }), UNREADABLE("s3://masters/talk.mp4", "Add masters to storage.inputBuckets."));
    const { resources } = await synthesisePipeline({
      image: IMAGE,
      ...events(
        { sample: pulumi.output(SAMPLE) },
        { storage: { ...storage, inputBuckets: [pulumi.output("masters")] } },
      ),
    });
    assert.ok(resources.some(({ name }) => name === "videos-events-trigger"));
  });

  it("is checked then: the pipeline's own bus, bucket and state machine", async () => {
    const all = { "detail-type": [{ exists: true }] };
    await rejects(
      events(
        { busName: pulumi.output("media"), pattern: all },
        { events: { busName: `arn:aws:events:${PLACE}:event-bus/media` } },
      ),
      LOOP("the pipeline's own events", all, NOT_OURS),
    );
    const bucket = { source: ["aws.s3"], detail: { bucket: { name: ["videos-bucket"] } } };
    await rejects(
      onDefault(bucket, objectCreated("a.mp4").detail, { source: "aws.s3" }),
      LOOP(
        "S3's events about the pipeline's outputs",
        bucket,
        'Select keys outside output/, for example with {"prefix": "uploads/"}.',
      ),
    );
    const machine = {
      source: ["aws.states"],
      detail: { stateMachineArn: [`arn:aws:states:${PLACE}:stateMachine:videos-state-machine`] },
    };
    await rejects(
      onDefault(
        machine,
        { ...SAMPLE.detail, stateMachineArn: machine.detail.stateMachineArn[0] },
        { source: "aws.states" },
      ),
      LOOP("Step Functions' events about the pipeline's executions", machine, NARROWER),
    );
  });

  it("is checked then: the pipeline's own queues and job definitions", async () => {
    const queue = `arn:aws:batch:${PLACE}:job-queue/videos-low-queue`;
    const definition = (name: string): string => `arn:aws:batch:${PLACE}:job-definition/${name}:7`;
    const sample = (detail: object): object => ({
      ...SAMPLE,
      source: "aws.batch",
      detail: { ...SAMPLE.detail, ...detail },
    });
    const pattern = (detail: object): object => ({ source: ["aws.batch"], detail: detail });
    for (const [given, detail] of [
      [pattern({ jobQueue: [queue] }), { jobQueue: queue }],
      [
        pattern({ jobDefinition: [definition("videos-TranscodeVideo")] }),
        { jobDefinition: definition("videos-TranscodeVideo") },
      ],
    ] as const) {
      await rejects(
        events({ pattern: given, sample: sample(detail) }),
        LOOP("Batch's events about the pipeline's jobs", given, NARROWER),
      );
    }
    const theirs = { jobQueue: [queue], jobDefinition: [definition("theirs")] };
    const synthesis = await synthesisePipeline({
      image: IMAGE,
      ...events({
        pattern: pattern(theirs),
        sample: sample({ jobQueue: queue, jobDefinition: definition("theirs") }),
      }),
    });
    assert.ok(waitsForJobs(synthesis));
  });

  it("waits for job definitions only where the pattern may be for jobs, because a preview often doesn't know them", async () => {
    const { detail } = objectCreated("a.mp4", { bucket: "masters" });
    const pattern = { source: ["aws.s3"], detail: { bucket: { name: ["masters"] } } };
    const synthesis = await synthesisePipeline({ image: IMAGE, ...onDefault(pattern, detail, { source: "aws.s3" }) });
    const { dependencies } = named(synthesis, "videos-events-trigger").options;
    assert.ok(dependencies.includes(named(synthesis, "videos-bucket").urn));
    assert.ok(!waitsForJobs(synthesis));
  });

  function waitsForJobs(synthesis: Synthesis): boolean {
    const { dependencies } = named(synthesis, "videos-events-trigger").options;
    return dependencies.includes(named(synthesis, "videos-TranscodeVideo").urn);
  }

  it("is right where it is other people's", async () => {
    const machine = {
      source: ["aws.states"],
      detail: { stateMachineArn: [`arn:aws:states:${PLACE}:stateMachine:theirs`] },
    };
    const sample = {
      ...SAMPLE,
      source: "aws.states",
      detail: { ...SAMPLE.detail, stateMachineArn: machine.detail.stateMachineArn[0] },
    };
    const synthesis = await synthesisePipeline({
      image: IMAGE,
      ...events({ pattern: machine, sample }),
      events: { busName: "media" },
    });
    assert.equal(named(synthesis, "videos-events-trigger").inputs["eventPattern"], JSON.stringify(machine));
  });
});
