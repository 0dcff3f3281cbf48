import assert from "node:assert/strict";

import fc from "fast-check";

import { placeJobs } from "../../../../runner/batch/scheduling/placement";
import type { Launch } from "../../../../runner/batch/launchers/launcher";
import { bench, configuration, environment, queue } from "../support";

describe("placement of jobs", () => {
  const { computeEnvironments } = configuration();
  const job = (name: string, vcpus: number, sequence: number) => ({
    ...{ name, vcpus, sequence },
    ...{ share: "", schedulingPriority: 0 },
  });
  const place = (...queues: Parameters<typeof placeJobs<ReturnType<typeof job>>>[0]) => {
    const { started, stuck } = placeJobs(queues, computeEnvironments, new Map());
    return [started.map(({ job: { name } }) => name), stuck.map(({ name }) => name)];
  };
  const high = queue("high", 10, ["ce"]);
  const low = queue("low", 1, ["ce"]);

  it("takes the higher priority first, regardless of the order of arrival", () => {
    assert.deepEqual(
      place({ queue: low, jobs: [job("l", 2, 0)] }, { queue: high, jobs: [job("h1", 2, 1), job("h2", 2, 2)] }),
      [["h1", "h2"], []],
    );
  });

  it("keeps vCPUs free for a job of a higher priority that needs more than are free", () => {
    assert.deepEqual(
      place({ queue: high, jobs: [job("h1", 2, 0), job("h2", 4, 1)] }, { queue: low, jobs: [job("l", 2, 2)] }),
      [["h1"], []],
    );
  });

  it("is first in, first out among queues of one priority", () => {
    const other = queue("other", 10, ["ce"]);
    assert.deepEqual(
      place({ queue: high, jobs: [job("b", 2, 1)] }, { queue: other, jobs: [job("a", 2, 0), job("c", 2, 2)] }),
      [["a", "b"], []],
    );
  });

  it("blocks only the queue of a job that fits nowhere", () => {
    assert.deepEqual(
      place({ queue: high, jobs: [job("huge", 8, 0), job("h", 2, 1)] }, { queue: low, jobs: [job("l", 2, 2)] }),
      [["l"], ["huge"]],
    );
  });

  it("takes the first environment with room, in the queue's order, and never a disabled one", () => {
    const environments = [environment("a", 2), environment("b", 8), environment("off", 99, false)];
    const { started } = placeJobs(
      [{ queue: queue("q", 1, ["off", "a", "b"]), jobs: [job("1", 2, 0), job("2", 2, 1), job("3", 4, 2)] }],
      environments,
      new Map(),
    );
    assert.deepEqual(
      started.map((one) => `${one.job.name}@${one.environment.name}`),
      ["1@a", "2@b", "3@b"],
    );
  });
});

interface Plan {
  name: string;
  at: number;
  queue: number;
  vcpus: number;
  seconds: number;
  failures: number;
  size: number;
}

const PLANS = fc.array(
  fc.record({
    at: fc.nat(50),
    queue: fc.nat(2),
    vcpus: fc.constantFrom(0.25, 1, 2, 3, 4),
    seconds: fc.integer({ min: 1, max: 30 }),
    failures: fc.nat(3),
    size: fc.constantFrom(1, 1, 2, 5),
  }),
  { minLength: 1, maxLength: 25 },
);

describe("scheduling, for any order of submissions", () => {
  const queues = [queue("q0", 10, ["x"]), queue("q1", 5, ["x", "y"]), queue("q2", 1, ["y", "x"])];
  const computeEnvironments = [environment("x", 4), environment("y", 4)];

  it("never exceeds the vCPUs, lets no lower priority pass, and ends every job with the right result", async () => {
    await fc.assert(
      fc.asyncProperty(PLANS, async (records) => {
        const plans: Plan[] = records.map((record, index) => ({ ...record, name: `job${index}` }));
        const byName = new Map(plans.map((plan) => [plan.name, plan]));
        const script = ({ jobName, attempt }: Launch) => {
          const { seconds, failures } = byName.get(jobName) as Plan;
          return { seconds, exitCode: attempt <= failures ? 1 : 0 };
        };
        const { submit, ended, events, clock } = bench(script, { queues, computeEnvironments });
        const results = await Promise.all(
          plans.map(async (plan) => {
            await clock.sleep(plan.at * 1000);
            const id = submit({
              JobName: plan.name,
              JobQueue: `q${plan.queue}`,
              RetryStrategy: { Attempts: 3 },
              ContainerOverrides: { ResourceRequirements: [{ Type: "VCPU", Value: String(plan.vcpus) }] },
              ...(plan.size > 1 ? { ArrayProperties: { Size: plan.size } } : {}),
            });
            return [plan, await ended(id)] as const;
          }),
        );

        for (const [plan, detail] of results) assert.equal(detail.Status, plan.failures < 3 ? "SUCCEEDED" : "FAILED");
        const attempts = plans.reduce((sum, plan) => sum + plan.size * Math.min(plan.failures + 1, 3), 0);
        assert.equal(events.filter(({ type }) => type === "attemptEnded").length, attempts);

        const used = new Map<string, number>();
        const waiting = new Map<string, { queue: string; vcpus: number; since: number }>();
        const place = new Map<string, string>();
        for (const event of events) {
          const { id, queue: name, vcpus, arraySize } = event.job;
          if (arraySize !== undefined) continue;
          const again = event.type === "attemptEnded" && event.retried;
          if (event.type === "jobSubmitted" || again) waiting.set(id, { queue: name, vcpus, since: event.time });
          if (event.type === "attemptStarting") {
            waiting.delete(id);
            place.set(id, event.computeEnvironment);
            used.set(event.computeEnvironment, (used.get(event.computeEnvironment) ?? 0) + vcpus);
            assert.ok((used.get(event.computeEnvironment) as number) <= 4);
            const own = queues.find((one) => one.name === name);
            for (const other of waiting.values()) {
              const passed = queues.find((one) => one.name === other.queue);
              const shares = passed?.computeEnvironments.some((arn) => arn.endsWith(event.computeEnvironment));
              // A job submitted at this very moment may not have been seen yet.
              const seen = other.since < event.time;
              assert.ok(
                !(shares && seen && (passed?.priority ?? 0) > (own?.priority ?? 0)),
                `${id} passed a job of ${other.queue}`,
              );
            }
          }
          if (event.type === "attemptEnded") {
            const at = place.get(id) as string;
            used.set(at, (used.get(at) as number) - vcpus);
          }
        }
        assert.deepEqual(
          [...used.values()].filter((vcpus) => vcpus !== 0),
          [],
        );
      }),
      { numRuns: 60 },
    );
  });
});
