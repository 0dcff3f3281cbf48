import * as snippets from "../../../../components/workflow/jsonata/jobs";
import type { JsonObject } from "../../../../contract/asl";
import { fails, NOTHING, NOW, type Row, testSnippets } from "./table";

const { ENDED_JOB, givenPriority, givenShare, priorityInShare, secondsInState, shareOnQueue, stateTimeout } = snippets;

const ago = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString();

describe("JSONata: jobs", () => {
  const execution = (since: Record<string, number>): JsonObject => {
    const Execution = Object.fromEntries(Object.entries(since).map(([name, seconds]) => [name, ago(seconds)]));
    return { states: { context: { Execution } } };
  };
  const timeouts: [what: string, since: Record<string, number>, seconds: number][] = [
    ["its own time at the beginning", { StartTime: 0 }, 600],
    ["its own time as long as there is enough left", { StartTime: 3000 }, 600],
    ["what is left of the execution", { StartTime: 3100 }, 500],
    ["whole seconds", { StartTime: 3100.2 }, 499],
    ["a second when nothing is left", { StartTime: 9000 }, 1],
    ["the time anew after a redrive", { StartTime: 100_000, RedriveTime: 3200 }, 400],
  ];
  const share = (shareIdentifier: string): JsonObject => ({ states: { input: { shareIdentifier } } });
  const priority = (schedulingPriority: number): JsonObject => ({ states: { input: { schedulingPriority } } });
  const none = { states: { input: {} } };
  testSnippets<typeof snippets>({
    stateTimeout: timeouts.map(([what, since, seconds]): Row => [
      what,
      stateTimeout(600, 3600),
      execution(since),
      seconds,
    ]),
    ENDED_JOB: [["its id", ENDED_JOB, { states: { result: { JobId: "42", Status: "SUCCEEDED" } } }, "42"]],
    secondsInState: [
      ["seconds", secondsInState(), { states: { context: { State: { EnteredTime: ago(90.4) } } } }, 90],
      ["none at first", secondsInState(), { states: { context: { State: { EnteredTime: ago(0) } } } }, 0],
      ["no time of entry", secondsInState(), { states: { context: {} } }, NOTHING],
    ],
    givenShare: [
      ["a share", givenShare(), share("news"), "news"],
      ["none", givenShare(), none, ""],
      ["a number, as text", givenShare(), { states: { input: { shareIdentifier: 7 } } }, "7"],
      ["null", givenShare(), { states: { input: { shareIdentifier: null } } }, ""],
      ["an input that is no object", givenShare(), { states: { input: "x" } }, ""],
    ],
    givenPriority: [
      ["a priority", givenPriority(), priority(9), 9],
      ["zero", givenPriority(), priority(0), 0],
      ["none", givenPriority(), none, 0],
      ...["5", 1.5, null].map((schedulingPriority): Row => [
        `${JSON.stringify(schedulingPriority)}, which is none`,
        givenPriority(),
        { states: { input: { schedulingPriority } } },
        fails("The schedulingPriority of an execution must be a whole number from 0 to 9999."),
      ]),
    ],
    shareOnQueue: [
      ["the input's, in the first state", shareOnQueue("input", "rest"), share("news"), "news"],
      ["the queue's own, in the first state", shareOnQueue("input", "rest"), none, "rest"],
      ["the execution's, in all others", shareOnQueue("variables", "rest"), { share: "news" }, "news"],
      ["the queue's own, in all others", shareOnQueue("variables", "rest"), { share: "" }, "rest"],
    ],
    priorityInShare: [
      ["the input's, in the first state", priorityInShare("input"), priority(9), 9],
      ["none of the input's, in the first state", priorityInShare("input"), none, 0],
      ["the execution's, in all others", priorityInShare("variables"), { schedulingPriority: 3 }, 3],
    ],
  });
});
