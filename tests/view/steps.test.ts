import assert from "node:assert/strict";

import { outline, type Outline } from "../../view/outline/outline";
import { stepsOnly } from "../../view/outline/steps";
import { DEFINITION } from "./machine";

const Arguments = { JobQueue: "arn:aws:batch:eu-west-1:123456789012:job-queue/high" };
const task = (more: object): object => ({
  ...{ Type: "Task", Resource: "arn:aws:states:::batch:submitJob.sync", Arguments },
  ...more,
});
const choice = (to: string, otherwise: string): object => ({
  Type: "Choice",
  Choices: [{ Condition: "{% $x %}", Next: to }],
  Default: otherwise,
});

/** Each step with those that follow it, and its branches in brackets. */
function described({ states }: Outline): string {
  return states
    .map(({ name, transitions, branches, ends }) => {
      const inner = branches.length === 0 ? "" : ` [${branches.map(described).join(" | ")}]`;
      const targets = transitions.map(({ to }) => to).join(" or ");
      return `${name}${inner}${targets === "" ? "" : ` > ${targets}`}${ends ? "." : ""}`;
    })
    .join(" ");
}

describe("the steps of a state machine", () => {
  it("are what does work, without choices and failures", () => {
    const steps = stepsOnly(outline(DEFINITION));
    assert.equal(described(steps), "Probe > Work Work [Encode. | Look.].");
    assert.equal(steps.startAt, "Probe");
    assert.deepEqual(
      steps.states.map(({ queue, retries }) => [queue, retries]),
      [
        ["high", 0],
        [undefined, 0],
      ],
    );
  });

  it("follow each other over choices that skip some or lead back, and end where there are alternatives", () => {
    const States = {
      "First?": choice("First", "Second?"),
      "First": task({ Next: "Second?" }),
      "Second?": choice("Second", "Third"),
      "Second": task({ Catch: [{ ErrorEquals: ["States.ALL"], Next: "Read Cause" }], Next: "Again?" }),
      "Again?": choice("First?", "Third"),
      "Third": task({ Next: "Complete?" }),
      "Complete?": choice("Notify Success", "Notify Partial"),
      "Notify Success": task({ End: true }),
      "Notify Partial": task({ Next: "Partial" }),
      "Partial": { Type: "Fail" },
      // Only a failure leads to it, and on to the notification.
      "Read Cause": task({ Next: "Notify Failure" }),
      "Notify Failure": task({ Next: "Failed" }),
      "Failed": { Type: "Fail" },
    };
    assert.equal(
      described(stepsOnly(outline({ StartAt: "First?", States }))),
      "First > Second Second > Third Third > Notify Success or Notify Partial Notify Success. Notify Partial.",
    );
  });
});
