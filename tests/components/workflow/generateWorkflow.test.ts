import { strict as assert } from "node:assert";

import { everyState } from "../../../contract/asl";
import type { VideoBatchPipelineArgs } from "../../../index";
import { fixture } from "../../support/pipeline";
import { normalise } from "../../../components/settings";
import { generateWorkflow } from "../../../components/workflow/generateWorkflow";
import type { WorkflowArns } from "../../../components/workflow/settings/arns";
import { arnsFor, evaluate, stateOf, workflowOf } from "./support";

const JOBS = {
  Sid: "WatchJobs",
  Effect: "Allow",
  Action: ["batch:DescribeJobs"],
  Resource: ["*"],
};
const END_JOBS = {
  Sid: "EndJobs",
  Effect: "Allow",
  Action: ["batch:TerminateJob"],
  Resource: ["arn:aws:batch:eu-west-1:123456789012:job/*"],
};
const EVENTS = {
  Sid: "HearFromBatch",
  Effect: "Allow",
  Action: ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
  Resource: ["arn:aws:events:eu-west-1:123456789012:rule/StepFunctionsGetEventsForBatchJobsRule"],
};
const PUBLISH = {
  Sid: "PublishNotices",
  Effect: "Allow",
  Action: ["sns:Publish"],
  Resource: ["arn:aws:sns:eu-west-1:123456789012:notices"],
};
const submit = (...resources: string[]): unknown => ({
  Sid: "SubmitJobs",
  Effect: "Allow",
  Action: ["batch:SubmitJob"],
  Resource: resources.map((resource) => `arn:aws:batch:eu-west-1:123456789012:${resource}`),
});

const own = { image: "alpine", command: ["true"] };
const ALL_OWN: VideoBatchPipelineArgs["jobs"] = { metadata: own, features: own, transcode: own };

/** Makes every change of a value or of anything in it an error. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

describe("generateWorkflow", () => {
  it("makes exactly this of the defaults", () => {
    assert.deepEqual(workflowOf().definition, fixture("default.json"));
  });

  it("is pure: it changes nothing that it is given, keeps nothing, and hands out nothing twice", () => {
    const { workflow } = normalise("videos", {}).stateMachine;
    const settings = deepFreeze({ ...workflow });
    const arns = deepFreeze(arnsFor(workflow));
    const first = generateWorkflow(settings, arns);
    const text = JSON.stringify(first);
    // Whatever another call or a caller does to its own result has no effect on the next one.
    workflowOf({ workflow: { continueOnRenditionFailure: true, continueOnFeaturesFailure: true } });
    for (const { state } of everyState(first.definition)) delete (state as { Type?: string }).Type;
    first.statements.length = 0;
    assert.equal(JSON.stringify(generateWorkflow(settings, arns)), text);
  });

  it("has 44 states for four renditions in two parts, each with work of its own", () => {
    assert.equal(everyState(workflowOf().definition).length, 44);
  });

  it("asks for exactly the permissions that the default workflow uses", () => {
    assert.deepEqual(workflowOf().statements, [
      submit(
        "job-definition/features:*",
        "job-definition/metadata:*",
        "job-definition/package:*",
        "job-definition/transcode:*",
        "job-queue/high",
        "job-queue/low",
      ),
      JOBS,
      END_JOBS,
      EVENTS,
      {
        Sid: "ReadPlans",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: ["arn:aws:s3:::videos-bucket/output/*work/orders/*.json"],
      },
      {
        Sid: "ReadDamage",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: ["arn:aws:s3:::videos-bucket/output/*work/damage/*.json"],
      },
      PUBLISH,
      {
        Sid: "ReadCauses",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: ["arn:aws:s3:::videos-bucket/output/*work/failures/*.txt"],
      },
    ]);
  });

  it("asks for all definitions whose names begin with the pipeline's at once, and for each other one by its name", () => {
    const { workflow } = normalise("videos", {}).stateMachine;
    const arns = arnsFor(workflow);
    const named = (name: string): string => `arn:aws:batch:eu-west-1:123456789012:job-definition/${name}:7`;
    const jobDefinitions = {
      metadata: named("videos-ExtractMetadata-1a2b3c4"),
      features: named("ours"),
      transcode: named("videos-TranscodeVideo-5d6e7f8"),
      package: named("videosPackage"),
    };
    const [statement] = generateWorkflow(workflow, { ...arns, jobDefinitions }).statements;
    assert.deepEqual(
      statement,
      submit(
        ...["job-definition/ours:*", "job-definition/videos-*:*", "job-definition/videosPackage:*"],
        ...["job-queue/high", "job-queue/low"],
      ),
    );
  });

  it("asks for nothing of S3 when the jobs are the user's own and write no output", () => {
    assert.deepEqual(workflowOf({ jobs: ALL_OWN }).statements, [
      submit(
        "job-definition/features:*",
        "job-definition/metadata:*",
        "job-definition/transcode:*",
        "job-queue/high",
        "job-queue/low",
      ),
      JOBS,
      END_JOBS,
      EVENTS,
      PUBLISH,
    ]);
  });

  it("has no plan, choices, sound or packaging when the jobs are the user's own", () => {
    const states = everyState(workflowOf({ jobs: ALL_OWN, renditions: [{ name: "720p", height: 720 }] }).definition);
    assert.deepEqual(
      states.map(({ name, state }) => [name, state.Type]),
      [
        ["Extract Metadata", "Task"],
        ["Process Video", "Parallel"],
        ["Extract Features", "Task"],
        ["Fail Features", "Fail"],
        ["Transcode Video", "Parallel"],
        ["Transcode_720p-1", "Task"],
        ["Transcode_720p-2", "Task"],
        ["Fail_720p", "Fail"],
        ["Notify Success", "Task"],
        ["Notify Failure", "Task"],
        ["Await Redrive", "Parallel"],
        ["Fail Video", "Fail"],
      ],
    );
  });

  it("packages with the user's own command after the user's own transcode", () => {
    const workflow = workflowOf({ jobs: { ...ALL_OWN, package: { ...own, command: ["pack", "Ref::output"] } } });
    assert.equal(stateOf(workflow, "Process Video", "Parallel").Next, "Package Video");
    assert.deepEqual(stateOf(workflow, "Package Video", "Task").Arguments, {
      JobName: "videos-PackageVideo",
      JobDefinition: "arn:aws:batch:eu-west-1:123456789012:job-definition/package:7",
      JobQueue: "arn:aws:batch:eu-west-1:123456789012:job-queue/high",
      Parameters: { output: "{% $output %}" },
    });
  });

  it("passes exactly the parameters that a command names", () => {
    const command = ["encode", "--size=Ref::rendition", "Ref::part", "Ref::input", "Ref::part"];
    const workflow = workflowOf({ jobs: { ...ALL_OWN, transcode: { image: "mine", command } } });
    assert.deepEqual(stateOf(workflow, "Transcode_720p-2", "Task").Arguments, {
      JobName: "videos-Transcode_720p-2",
      JobDefinition: "arn:aws:batch:eu-west-1:123456789012:job-definition/transcode:7",
      JobQueue: "arn:aws:batch:eu-west-1:123456789012:job-queue/low",
      Parameters: { rendition: "720p", part: "2", input: "{% $input %}" },
    });
  });

  it("overrides a transcode of the user's own only where a rendition says so", () => {
    const renditions = [
      { name: "a", height: 720, memoryMiB: 512 },
      { name: "b", height: 720 },
    ];
    const workflow = workflowOf({ renditions, jobs: { ...ALL_OWN, transcode: { ...own, vcpus: 4 } } });
    const overridesOf = (name: string): unknown =>
      (stateOf(workflow, name, "Task").Arguments as Record<string, unknown>)["ContainerOverrides"];
    assert.deepEqual(overridesOf("Transcode_a-1"), {
      ResourceRequirements: [
        { Type: "VCPU", Value: "4" },
        { Type: "MEMORY", Value: "512" },
      ],
    });
    assert.equal(overridesOf("Transcode_b-1"), undefined);
  });

  it("puts every part on its queue, one after the other", () => {
    const queues = ["a", "b", "c"].map((name, priority) => ({ name, priority }));
    const parts = [{ queue: "c", seconds: 5 }, { queue: "a", seconds: 30 }, { queue: "b" }];
    const workflow = workflowOf({ queues, parts, renditions: [{ name: "r", height: 720 }], jobs: ALL_OWN });
    const steps = [1, 2, 3].map((part) => {
      const { Arguments, Next, End } = stateOf(workflow, `Transcode_r-${part}`, "Task");
      const { JobQueue } = Arguments as Record<string, string>;
      return [JobQueue?.split("/")[1], Next ?? End];
    });
    assert.deepEqual(steps, [
      ["c", "Transcode_r-2"],
      ["a", "Transcode_r-3"],
      ["b", true],
    ]);
  });

  const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
  /** Seconds since the execution was started, and redriven. */
  const timeouts: [string, VideoBatchPipelineArgs, Record<string, number>, number][] = [
    [
      "all attempts and the accepted wait",
      { workflow: { timeoutSeconds: 86_400, queueWaitSeconds: 900 } },
      { StartTime: 0 },
      11_700,
    ],
    ["as long as the whole", {}, { StartTime: 0 }, 3600],
    ["no more than what is left of the execution", {}, { StartTime: 1000 }, 2600],
    ["a second when nothing is left", {}, { StartTime: 3600 }, 1],
    ["all of the time anew after a redrive", {}, { StartTime: 100_000, RedriveTime: 500 }, 3100],
    [
      "one attempt and no wait",
      {
        workflow: { queueWaitSeconds: 0 },
        jobs: { metadata: { attempts: 1, attemptTimeoutSeconds: 120 } },
      },
      { StartTime: 0 },
      120,
    ],
  ];
  for (const [what, args, since, seconds] of timeouts) {
    it(`gives a step ${what}`, async () => {
      const { TimeoutSeconds } = stateOf(workflowOf(args), "Extract Metadata", "Task");
      const Execution = Object.fromEntries(Object.entries(since).map(([member, passed]) => [member, ago(passed)]));
      const given = (await evaluate(TimeoutSeconds, { states: { context: { Execution } } })) as number;
      // The clock has gone on since.
      assert.ok(given === seconds || (given < seconds && given >= seconds - 20), `${given}`);
    });
  }

  it("catches every failure of every step, and retries only trouble of the services", async () => {
    const context = { Execution: { StartTime: ago(0) } };
    for (const { name, state } of everyState(workflowOf().definition)) {
      if (state.Type !== "Task") continue;
      assert.deepEqual(
        state.Catch.map(({ ErrorEquals }) => ErrorEquals),
        [["States.ALL"]],
        name,
      );
      const seconds = await evaluate(state.TimeoutSeconds, { states: { context } });
      assert.ok(Number.isInteger(seconds) && (seconds as number) > 0, name);
      for (const { ErrorEquals, JitterStrategy, BackoffRate } of state.Retry) {
        assert.ok(
          ErrorEquals.every((error) => /^(Batch|S3|SNS)\./.test(error)),
          name,
        );
        assert.deepEqual([JitterStrategy, BackoffRate], ["FULL", 2], name);
      }
    }
  });

  it("stays in the partition, region and account of the ARNs", () => {
    const { workflow } = normalise("videos", {}).stateMachine;
    const moved = JSON.stringify(arnsFor(workflow)).replaceAll("arn:aws:", "arn:aws-us-gov:");
    const text = JSON.stringify(generateWorkflow(workflow, JSON.parse(moved) as WorkflowArns));
    assert.ok(!text.includes("arn:aws:"));
    assert.deepEqual([...new Set(text.match(/arn:aws-us-gov:(states|s3|events):[^"']*/g))].sort(), [
      "arn:aws-us-gov:events:eu-west-1:123456789012:rule/StepFunctionsGetEventsForBatchJobsRule",
      "arn:aws-us-gov:s3:::videos-bucket/output/*work/damage/*.json",
      "arn:aws-us-gov:s3:::videos-bucket/output/*work/failures/*.txt",
      "arn:aws-us-gov:s3:::videos-bucket/output/*work/orders/*.json",
      "arn:aws-us-gov:states:::aws-sdk:s3:getObject",
      "arn:aws-us-gov:states:::batch:submitJob.sync",
      "arn:aws-us-gov:states:::sns:publish",
    ]);
  });
});
