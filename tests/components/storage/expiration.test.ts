import { strict as assert } from "node:assert";

import fc from "fast-check";

import type { VideoBatchPipelineArgs } from "../../../index";
import { findProblems } from "../../../components/checks";
import { normalise } from "../../../components/settings";
import { APPROVAL_LIMITS, WORKFLOW_LIMITS } from "../../../components/stateMachine/limits";
import { leastExpirationDays } from "../../../components/storage/expiration";
import { STORAGE_LIMITS } from "../../../components/storage/limits";
import { IMAGE } from "../../support/pipeline";

const DAY = 86_400;

const daysOf = (args: VideoBatchPipelineArgs): number => normalise("videos", args).storage!.intermediateExpirationDays;

describe("the expiration of intermediates", () => {
  const cases: [args: VideoBatchPipelineArgs, days: number][] = [
    [{}, 16],
    [{ approval: {} }, 17],
    [{ workflow: { timeoutSeconds: 23 * 3600 } }, 16],
    // The notice of a failure is sent after the work's time.
    [{ workflow: { timeoutSeconds: DAY } }, 17],
    [{ workflow: { timeoutSeconds: 10 * DAY }, approval: { timeoutSeconds: 3 * DAY } }, 29],
    [{ storage: { intermediateExpirationDays: 60 } }, 60],
  ];
  for (const [args, days] of cases) {
    it(`is ${days} days with ${JSON.stringify(args)}`, () => assert.equal(daysOf(args), days));
  }

  it("is by default the least that the checks accept, whatever the time limits", () => {
    const seconds = ({ min, max }: { min: number; max: number }) => fc.integer({ min, max: Math.min(max, 180 * DAY) });
    fc.assert(
      fc.property(
        seconds(WORKFLOW_LIMITS.timeoutSeconds),
        fc.option(seconds(APPROVAL_LIMITS.timeoutSeconds)),
        (work, answer) => {
          const args: VideoBatchPipelineArgs = {
            image: IMAGE,
            workflow: { timeoutSeconds: work },
            ...(answer === null ? {} : { approval: { timeoutSeconds: answer } }),
          };
          const least = daysOf(args);
          // Whole days from the object's creation, until the last moment at which a redrive can begin.
          assert.ok(least * DAY >= work + (answer ?? 0) + 15 * DAY);
          const problems = (days: number) =>
            findProblems("videos", { ...args, storage: { intermediateExpirationDays: days } }).map(
              ({ propertyPath }) => propertyPath,
            );
          assert.deepEqual(problems(least), []);
          assert.deepEqual(problems(least - 1), ["storage.intermediateExpirationDays"]);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("has the limits of what an execution may take", () => {
    const { min, max } = STORAGE_LIMITS.intermediateExpirationDays;
    assert.equal(min, leastExpirationDays({ timeoutSeconds: WORKFLOW_LIMITS.timeoutSeconds.min, sendsEvents: false }));
    assert.ok(max >= leastExpirationDays({ timeoutSeconds: WORKFLOW_LIMITS.timeoutSeconds.max, sendsEvents: true }));
  });
});
