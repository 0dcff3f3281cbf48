import assert from "node:assert/strict";

import type { VideoBatchPipelineArgs } from "../../../..";
import { parseShortages } from "../../../../runner/batch/scheduling/capacity";
import { BatchService } from "../../../../runner/batch/service";
import { ScriptedLauncher } from "../../../../runner/batch/launchers/scriptedLauncher";
import { VirtualClock } from "../../../../runner/clock/clock";
import type { Synthesis } from "../../../../runner/synthesis/synthesis";
import { ARGS, rehearse, synthesised } from "../../faults/rehearsal";
import { configuration, definition, environment, queue } from "../support";

const [SPOT, ON_DEMAND] = [environment("spot", 4), environment("spot-on-demand", 4)];
const RESOURCES = (vcpus: number) => ({ ResourceRequirements: [{ Type: "VCPU", Value: String(vcpus) }] });

/** Queues with Spot and an On-Demand fallback. Jobs of 2 vCPUs take ten seconds. */
function bench(shortages: [environment: { arn: string }, seconds?: number][], capacityWaitSeconds?: number) {
  const clock = new VirtualClock();
  const log: string[] = [];
  const limits = capacityWaitSeconds === undefined ? {} : { capacityWaitSeconds };
  const batch = new BatchService({
    configuration: configuration({
      computeEnvironments: [SPOT, ON_DEMAND],
      queues: [
        { ...queue("high", 10, ["spot", "spot-on-demand"]), ...limits },
        { ...queue("spot-only", 5, ["spot"]), ...limits },
      ],
      jobDefinitions: [definition("job")],
    }),
    shortages: shortages.map(([{ arn }, seconds]) => ({ environment: arn, ...(seconds ? { seconds } : {}) })),
    ...{ launcher: new ScriptedLauncher(clock, () => ({ seconds: 10 })), clock },
    onEvent: (event) => {
      const at = `${event.time / 1000}s ${event.job.name}`;
      if (event.type === "attemptStarting") log.push(`${at} on ${event.computeEnvironment}`);
      if (event.type === "jobStuck") log.push(`${event.time / 1000}s ${event.message}`);
      if (event.type === "jobEnded") log.push(`${at} ${event.status}`);
    },
  });
  return {
    ...{ batch, clock, log },
    submit: (JobName: string, JobQueue = "high", vcpus = 2) =>
      batch.submit({ JobName, JobQueue, JobDefinition: "job", ContainerOverrides: RESOURCES(vcpus) }).JobId,
  };
}

const WAITS = (job: string, name: string, seconds: number): string =>
  `Job ${job} can't start: queue ${name} has no compute environment that is large enough and has capacity. ` +
  `It will be cancelled after ${seconds} s; until then the jobs behind it wait. Add a fallback environment of another type to the queue.`;

describe("a lack of capacity", () => {
  it("sends jobs to the next environment in the queue's order until there is capacity again", async () => {
    const { batch, clock, log, submit } = bench([[SPOT, 15]]);
    const early = ["a", "b", "c"].map((name) => submit(name));
    await Promise.all(early.map((id) => batch.whenEnded(id)));
    const started = log.filter((line) => line.includes(" on "));
    assert.deepEqual(started, ["0s a on spot-on-demand", "0s b on spot-on-demand", "10s c on spot-on-demand"]);
    await clock.sleep(0);
    log.length = 0;
    await batch.whenEnded(submit("d"));
    assert.deepEqual(log, ["20s d on spot", "30s d SUCCEEDED"]);
  });

  it("ends a wait as soon as there is capacity, even while the next environment is full", async () => {
    const { batch, log, submit } = bench([[SPOT, 5]]);
    await Promise.all(["a", "b", "c"].map((name) => batch.whenEnded(submit(name))));
    assert.deepEqual(log.slice(0, 3), ["0s a on spot-on-demand", "0s b on spot-on-demand", "5s c on spot"]);
  });

  it("in all environments cancels the jobs at the head one after the other, at the queue's limit", async () => {
    const { batch, log, submit } = bench([[SPOT], [ON_DEMAND]], 700);
    const details = await Promise.all(["a", "b"].map((name) => batch.whenEnded(submit(name))));
    assert.deepEqual(log, [
      `0s ${WAITS("a", "high", 700)}`,
      "700s a FAILED",
      `700s ${WAITS("b", "high", 700)}`,
      "1400s b FAILED",
    ]);
    for (const { StatusReason, Attempts } of details) {
      assert.equal(
        StatusReason,
        "Canceled by JobStateTimeLimit action due to reason: CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY",
      );
      assert.deepEqual(Attempts, []);
    }
  });

  it("shorter than the limit only delays jobs", async () => {
    const { batch, log, submit } = bench([[SPOT, 699]], 700);
    await batch.whenEnded(submit("a", "spot-only"));
    assert.deepEqual(log, [`0s ${WAITS("a", "spot-only", 700)}`, "699s a on spot", "709s a SUCCEEDED"]);
  });

  it("does not cancel a job that waits for other jobs to end", async () => {
    const { batch, log, submit } = bench([[SPOT]], 5);
    await Promise.all(["a", "b", "c"].map((name) => batch.whenEnded(submit(name))));
    assert.ok(!log.some((line) => line.includes("FAILED")));
  });

  it("without a limit on the queue lasts forever, and is reported once", async () => {
    const { batch, clock, log, submit } = bench([[SPOT]]);
    const id = submit("a", "spot-only");
    await clock.sleep(1_000_000);
    assert.equal(batch.describe(id).Status, "RUNNABLE");
    assert.equal(log.length, 1);
    assert.match(log[0] ?? "", /It and the jobs behind it will wait forever\./);
    await batch.terminate(id, "enough");
    assert.equal(batch.describe(id).Status, "FAILED");
  });
});

describe("shortages", () => {
  const known = [environment("videos-spot", 4), environment("videos-spot-on-demand", 4)];
  it("name environments by their name in AWS or in the arguments", () => {
    const [spot, behind] = known.map(({ arn }) => arn);
    assert.deepEqual(parseShortages(["spot", "videos-spot-on-demand=20"], known), [
      { environment: spot },
      { environment: behind, seconds: 20 },
    ]);
  });

  const WRONG: [text: string, environments: typeof known, message: string][] = [
    ["other", known, "there is no such compute environment. Choose one of: videos-spot, videos-spot-on-demand."],
    [
      "videos-spto",
      known,
      "there is no such compute environment. Did you mean videos-spot? Choose one of: videos-spot, videos-spot-on-demand.",
    ],
    [
      "x",
      [environment("a-x", 1), environment("b-x", 1), environment("c", 1)],
      "several compute environments end with this name. Choose one of: a-x, b-x.",
    ],
    ["spot=soon", known, "the number after = must be whole seconds, at least 1."],
    ["spot=0", known, "the number after = must be whole seconds, at least 1."],
    ["spot=1=2", known, "the number after = must be whole seconds, at least 1."],
  ];
  for (const [text, environments, message] of WRONG) {
    it(`refuses ${text}`, () => {
      assert.throws(() => parseShortages([text], environments), {
        name: "UsageError",
        message: `--without-capacity ${text}: ${message}`,
      });
    });
  }
});

describe("a pipeline with Spot and an On-Demand fallback", () => {
  const args: VideoBatchPipelineArgs = {
    ...ARGS,
    computeEnvironments: [{ name: "spot", type: "SPOT", onDemandFallback: true, maxVcpus: 8 }],
    queues: [
      { name: "high", priority: 10, capacityWaitSeconds: 900 },
      { name: "low", priority: 1 },
    ],
  };
  let synthesis: Synthesis;
  before(async () => {
    synthesis = await synthesised(args);
  });

  const environmentsOf = ({ jobs }: Awaited<ReturnType<typeof rehearse>>["record"]): string[] => [
    ...new Set(jobs.flatMap(({ attempts }) => attempts.map(({ computeEnvironment }) => computeEnvironment))),
  ];

  it("runs on Spot, and on On-Demand only if Spot is full", async () => {
    const { record } = await rehearse(synthesis, []);
    assert.deepEqual(environmentsOf(record), ["videos-spot", "videos-spot-on-demand"]);
  });

  it("runs only on On-Demand if there is no Spot capacity", async () => {
    const { record, hasManifest } = await rehearse(synthesis, [], { withoutCapacity: ["spot"] });
    assert.deepEqual([record.status, hasManifest], ["SUCCEEDED", true]);
    assert.deepEqual(environmentsOf(record), ["videos-spot-on-demand"]);
  });

  it("fails with a notice if there is no capacity at all, after the queue's limit or the run's", async () => {
    for (const [waitLimitSeconds, expected] of [
      [undefined, 900],
      [3, 3],
    ] as const) {
      const { record, notices } = await rehearse(synthesis, [], {
        withoutCapacity: ["spot", "spot-on-demand"],
        ...(waitLimitSeconds === undefined ? {} : { waitLimitSeconds }),
      });
      assert.equal(record.status, "FAILED");
      const [job] = record.jobs;
      const waited = (Date.parse(job?.ended ?? "") - Date.parse(job?.submitted ?? "")) / 1000;
      assert.deepEqual([job?.state, waited], ["Extract Metadata", expected]);
      assert.equal(notices.length, 1);
      assert.match(JSON.stringify(notices[0]), /CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY/);
    }
  });
});
