import { strict as assert } from "node:assert";

import { everyState } from "../../../../contract/asl";
import type { VideoBatchPipelineArgs } from "../../../../index";
import { stateOf, workflowOf } from "../support";

const BUS = "arn:aws:events:eu-west-1:123456789012:event-bus/media";
const SENDING = ["Send Video Planned", "Send Video Published", "Send Video Failed"];
const job = { image: "alpine", command: ["true"] };

/** The states of a definition with events, and those without. */
function linesOf(args: VideoBatchPipelineArgs): [withEvents: Map<string, string>, without: Map<string, string>] {
  const states = (more: VideoBatchPipelineArgs): Map<string, string> =>
    new Map(
      everyState(workflowOf({ ...args, ...more }).definition).map(({ name, state }) => [name, JSON.stringify(state)]),
    );
  return [states({ events: {} }), states({})];
}

/** A state without what jobs need to say that the video is playable. */
function withoutEvent(state: string): string {
  return state
    .replaceAll(", 'event': $event", "")
    .replaceAll(/,"event":"{% .*? %}"/g, "")
    .replaceAll(',"--event","{% $event %}"', "");
}

describe("workflow: events", () => {
  it("are sent by three states, each of which goes on whatever becomes of its event", () => {
    const workflow = workflowOf({ events: {} });
    for (const name of SENDING) {
      const { Resource, TimeoutSeconds, Retry, Catch, Output, Next, Arguments } = stateOf(workflow, name, "Task");
      assert.deepEqual([Resource, TimeoutSeconds, Output], ["arn:aws:states:::events:putEvents", 10, {}]);
      assert.deepEqual(Retry, [
        {
          ...{ ErrorEquals: ["States.TaskFailed"], IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 3 },
          ...{ MaxDelaySeconds: 60, JitterStrategy: "FULL" },
        },
      ]);
      assert.deepEqual(Catch, [{ ErrorEquals: ["States.ALL"], Output: {}, Next }]);
      const [{ Detail, ...entry }] = (Arguments as { Entries: [{ Detail: string }] }).Entries;
      assert.match(Detail, /^{% .* %}$/s);
      const DetailType = name.replace("Send ", "");
      assert.deepEqual(entry, { EventBusName: BUS, Source: "video-batch-pipeline", DetailType });
    }
  });

  const CASES: [what: string, args: VideoBatchPipelineArgs, steps: [from: string, via: string, to: string][]][] = [
    [
      "the default pipeline",
      {},
      [
        ["Read Plan", "Send Video Planned", "Process Video"],
        ["Read Damage", "Send Video Published", "Notify Success"],
        ["Notify Failure", "Send Video Failed", "Await Redrive"],
      ],
    ],
    [
      "one that finishes the rest when something fails",
      { workflow: { continueOnRenditionFailure: true } },
      [
        ["Read Plan", "Send Video Planned", "Process Video"],
        ["Read Damage", "Send Video Published", "Check Completeness"],
        ["Notify Failure", "Send Video Failed", "Await Redrive"],
      ],
    ],
    [
      "one of somebody else's commands",
      { jobs: { metadata: job, features: job, transcode: job } },
      [
        ["Extract Metadata", "Send Video Planned", "Process Video"],
        ["Process Video", "Send Video Published", "Notify Success"],
        ["Notify Failure", "Send Video Failed", "Await Redrive"],
      ],
    ],
  ];
  for (const [what, args, steps] of CASES) {
    it(`come between these states in ${what}, and change no other`, () => {
      const [withEvents, without] = linesOf(args);
      assert.deepEqual(
        [...withEvents.keys()].filter((name) => !without.has(name)),
        SENDING,
      );
      const inserted = new Map(without);
      for (const [from, via, to] of steps) {
        const next = (state: string): string => (JSON.parse(withEvents.get(state)!) as { Next: string }).Next;
        assert.deepEqual([next(from), next(via)], [via, to]);
        inserted.set(from, inserted.get(from)!.replaceAll(`"Next":"${to}"`, `"Next":"${via}"`));
      }
      for (const [name, state] of inserted) {
        assert.ok(withoutEvent(withEvents.get(name)!) === state, name);
      }
    });
  }

  it("tell a rejection from a failure where people are asked", () => {
    const kindOf = (args: VideoBatchPipelineArgs): unknown => {
      const { Arguments } = stateOf(workflowOf({ events: {}, ...args }), "Send Video Failed", "Task");
      return (Arguments as { Entries: [{ DetailType: unknown }] }).Entries[0].DetailType;
    };
    assert.equal(kindOf({}), "Video Failed");
    assert.equal(
      kindOf({ approval: {} }),
      "{% $failure.error = 'VideoRejected' ? 'Video Rejected' : 'Video Failed' %}",
    );
  });

  it("are allowed by one statement, for one bus and in the pipeline's name", () => {
    const send = {
      ...{ Sid: "SendEvents", Effect: "Allow", Action: ["events:PutEvents"], Resource: [BUS] },
      Condition: { StringEquals: { "events:source": "video-batch-pipeline" } },
    };
    const { statements } = workflowOf({ events: {} });
    assert.deepEqual(
      statements.filter(({ Sid }) => Sid === "SendEvents"),
      [send],
    );
    assert.deepEqual(
      statements.filter(({ Sid }) => Sid !== "SendEvents"),
      workflowOf().statements,
    );
  });

  it("have time of their own, so that the failure's notice is sent before the execution times out", () => {
    const seconds = (args: VideoBatchPipelineArgs): number => workflowOf(args).definition.TimeoutSeconds;
    // Three events, each with 14 seconds of waits and 10 of the last call.
    assert.equal(seconds({ events: {} }) - seconds({}), 3 * (2 + 4 + 8 + 10));
  });
});
