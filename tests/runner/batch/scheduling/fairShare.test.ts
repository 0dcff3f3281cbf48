import assert from "node:assert/strict";

import fc from "fast-check";

import { nextSharedJob, reservedVcpus, ShareLedger } from "../../../../runner/batch/scheduling/fairShare";
import { placeJobs } from "../../../../runner/batch/scheduling/placement";
import { bench, environment, queue } from "../support";

const policy = { decaySeconds: 100, reservationPercent: 0, weights: [{ identifier: "vip*", weight: 0.5 }] };
const job = (share: string, sequence: number, schedulingPriority = 0) => ({
  ...{ share, sequence, schedulingPriority, vcpus: 1 },
});

describe("fair share", () => {
  const none = new Map<string, number>();

  it("serves the share with the least use for its weight", () => {
    const running = new Map([
      ["a", 4],
      ["vip1", 6],
    ]);
    // 6 × 0.5 is less than 4 × 1.
    assert.equal(nextSharedJob([job("a", 0), job("vip1", 1)], policy, { running, past: none })?.share, "vip1");
    assert.equal(nextSharedJob([job("a", 0), job("b", 1)], policy, { running, past: none })?.share, "b");
  });

  it("applies priorities within a share, and not between shares", () => {
    const usage = { running: none, past: none };
    assert.equal(nextSharedJob([job("a", 0), job("a", 1, 5), job("a", 2, 5)], policy, usage)?.sequence, 1);
    assert.equal(nextSharedJob([job("a", 0), job("b", 1, 9)], policy, usage)?.share, "a");
  });

  it("lets past use decay", () => {
    const ledger = new ShareLedger(100);
    ledger.recordStart("a", 2);
    ledger.recordEnd("a", 2, 0, 50_000);
    assert.deepEqual([...ledger.usage(50_000).past], [["a", 1]]);
    assert.deepEqual([...ledger.usage(100_000).past], [["a", 0.5]]);
    assert.deepEqual([...ledger.usage(150_000).past], []);
    assert.deepEqual([...ledger.usage(150_000).running], [["a", 0]]);
  });

  it("reserves vCPUs as AWS documents", () => {
    const reserving = { ...policy, reservationPercent: 50 };
    assert.deepEqual(
      [1, 2, 3].map((active) => reservedVcpus(reserving, 100, active)),
      [50, 25, 12.5],
    );
    assert.equal(reservedVcpus(policy, 100, 1), 0);
  });

  it("keeps the reserve from an active share, and gives it to an inactive one", () => {
    const fair = { ...queue("q", 1, ["ce"]), fairShare: { ...policy, reservationPercent: 50 } };
    const place = (...jobs: ReturnType<typeof job>[]) =>
      placeJobs(
        [{ queue: fair, jobs, usage: { running: none, past: none } }],
        [environment("ce", 4)],
        new Map(),
      ).started.map((started) => started.job.share);
    assert.deepEqual(place(job("a", 0), job("a", 1), job("a", 2)), ["a", "a"]);
    assert.deepEqual(place(job("a", 0), job("a", 1), job("b", 2)), ["a", "b", "a"]);
  });

  it("shares vCPUs by weight in the long run", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(0.25, 0.5, 1, 2, 4), fc.boolean(), async (weight, vipFirst) => {
        const { submit, ended, log } = bench(() => ({ seconds: 10 }), {
          // Twenty jobs at a time, which divide finely.
          computeEnvironments: [environment("ce", 40)],
          queues: [
            { ...queue("high", 1, ["ce"]), fairShare: { ...policy, weights: [{ identifier: "vip*", weight }] } },
          ],
        });
        const waiting = (share: string): string[] =>
          Array.from({ length: 100 }, (_, number) => submit({ JobName: `${share}-${number}`, ShareIdentifier: share }));
        const ids = (vipFirst ? ["vip1", "a"] : ["a", "vip1"]).flatMap(waiting);
        await Promise.all(ids.map(ended));
        // As long as both shares have jobs that wait.
        const started = log.filter((line) => line.includes(" runs")).map((line) => line.split(" ")[1] ?? "");
        const part = started.slice(0, 100).filter((name) => name.startsWith("vip1")).length / 100;
        const fair = 1 / weight / (1 / weight + 1);
        assert.ok(Math.abs(part - fair) <= 0.1, `${part} of the jobs, for a fair share of ${fair}`);
      }),
      { numRuns: 10 },
    );
  });

  it("loses no job, whatever their shares", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom("a", "b", "vip1"), { minLength: 1, maxLength: 20 }), async (shares) => {
        const { submit, ended, log } = bench(() => ({ seconds: 10 }), {
          queues: [{ ...queue("high", 1, ["ce"]), fairShare: policy }],
        });
        const ids = shares.map((ShareIdentifier, number) => submit({ JobName: `job-${number}`, ShareIdentifier }));
        for (const id of ids) assert.equal((await ended(id)).Status, "SUCCEEDED");
        const started = log.filter((line) => line.includes(" runs")).map((line) => line.split(" ")[1] ?? "");
        assert.deepEqual(started.sort(), shares.map((_, number) => `job-${number}`).sort());
      }),
      { numRuns: 20 },
    );
  });

  it("serves shares in turn instead of in order of arrival", async () => {
    const run = async (fair: boolean): Promise<string[]> => {
      const { submit, ended, log } = bench(() => ({ seconds: 10 }), {
        computeEnvironments: [environment("ce", 2)],
        queues: [{ ...queue("high", 1, ["ce"]), ...(fair ? { fairShare: policy } : {}) }],
      });
      const names = ["a1", "a2", "b1", "b2"];
      const ids = names.map((JobName) => submit({ JobName, ...(fair ? { ShareIdentifier: JobName[0] } : {}) }));
      await Promise.all(ids.map(ended));
      return log.filter((line) => line.includes("runs")).map((line) => line.split(" ")[1] ?? "");
    };
    assert.deepEqual(await run(false), ["a1", "a2", "b1", "b2"]);
    assert.deepEqual(await run(true), ["a1", "b1", "a2", "b2"]);
  });

  it("requires a share identifier exactly on queues with shares", () => {
    const { submit } = bench(undefined, {
      queues: [queue("fifo", 1, ["ce"]), { ...queue("fair", 1, ["ce"]), fairShare: policy }],
    });
    assert.throws(() => submit({ JobQueue: "fair" }), {
      message: "Job queue fair has a scheduling policy, so a job must have a ShareIdentifier.",
    });
    assert.throws(() => submit({ JobQueue: "fifo", ShareIdentifier: "a" }), {
      message: "Job queue fifo has no scheduling policy, so a job can't have a ShareIdentifier.",
    });
    assert.throws(() => submit({ JobQueue: "fifo", SchedulingPriorityOverride: 1 }), {
      message: "Job queue fifo has no scheduling policy, so a job can't have a SchedulingPriorityOverride.",
    });
  });
});
