import { strict as assert } from "node:assert";

import { everyState, type Json, type JsonObject, type LocatedState, type State } from "../../../contract/asl";
import type { VideoBatchPipelineArgs } from "../../../index";
import { findMismatches } from "../../../runner/integrations/serviceModel";
import { evaluate, workflowOf } from "./support";

const own = { image: "alpine", command: ["do", "Ref::input", "Ref::output"] };
const PARTIAL = { continueOnRenditionFailure: true, continueOnFeaturesFailure: true };
const KINDS: Record<string, VideoBatchPipelineArgs> = {
  "the default": { renditions: [{ name: "720p", height: 720 }] },
  "one that goes on without what fails": {
    approval: {},
    workflow: { ...PARTIAL, partialOutcome: "fail" },
    renditions: [{ name: "720p", height: 720 }],
  },
  "one with fair shares": {
    renditions: [{ name: "720p", height: 720 }],
    queues: ["high", "low"].map((name, index) => ({
      ...{ name, priority: 10 - index },
      fairShare: { defaultShare: "others", shares: [{ identifier: "gold" }] },
    })),
  },
  "one that events start": {
    renditions: [{ name: "720p", height: 720 }],
    trigger: { events: { pattern: {}, sample: {}, executionInput: "{ 'input': detail.uri }" } },
  },
  "one with jobs of one's own": {
    approval: { defaultAnswer: "approve" },
    renditions: [{ name: "720p", height: 720 }],
    jobs: { metadata: own, features: own, transcode: own, package: own },
  },
};

const EXECUTION = { input: "s3://masters/a.mp4" };
const BATCH = { JobId: "42", StatusReason: "Host EC2 (instance i-1) terminated.", Attempts: [{ Container: {} }] };
const ofJob = (job: object): string => JSON.stringify({ ...BATCH, ...job });
const WRONG: Json[] = [null, 0, true, "", [], { x: null }];
const CAUSES: (Json | undefined)[] = [
  undefined,
  ...WRONG,
  ...["Denied.", "{", "}", '{"JobId', "'\"\\\n", "x".repeat(40_000), "{}", '{"step":"Extract Features"}'],
  ...[{}, { JobId: null }, { Attempts: null }, { Attempts: [] }, { Attempts: [null] }, { Attempts: "x" }].map(ofJob),
  ...WRONG.map((value) => ofJob({ StatusReason: value })),
  ...WRONG.map((value) => ofJob({ Attempts: [{ Container: value }] })),
  ...WRONG.map((value) =>
    ofJob({ Attempts: [{ Container: { ExitCode: value, Reason: value, LogStreamName: value } }] }),
  ),
  ...WRONG.map((value) => ofJob({ ArrayProperties: value })),
  ...WRONG.map((value) => ofJob({ ArrayProperties: { Size: value, StatusSummary: value } })),
  ...WRONG.map((value) => ofJob({ ArrayProperties: { Size: 3, StatusSummary: { FAILED: value } } })),
];
const ERRORS: (Json | undefined)[] = [undefined, ...WRONG, "VideoRejected", "States.Timeout"];

/** What an error may look like: every field absent, null and of another type, and a cause of any form. */
const CAUGHT: JsonObject[] = [
  ...CAUSES.map((Cause) => fields({ Error: "States.TaskFailed", Cause })),
  ...ERRORS.map((Error) => fields({ Error, Cause: null })),
];

const INPUTS: Json[] = [
  ...[...WRONG, "text", EXECUTION],
  ...WRONG.flatMap((value): Json[] => [{ input: value }, { output: value }, { ...EXECUTION, output: value }]),
  ...WRONG.flatMap((value): Json[] => [{ detail: value }, { detail: { object: value, bucket: value } }]),
  ...WRONG.map((value) => ({ detail: { object: { key: value }, bucket: { name: value } } })),
  ...[...WRONG, 1.5, -1, "5", "gold", 7].flatMap((value): Json[] => [
    { ...EXECUTION, shareIdentifier: value },
    { ...EXECUTION, schedulingPriority: value },
  ]),
];

function fields(members: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

const context = {
  Execution: { Id: "arn:e", Name: "one", Input: EXECUTION, StartTime: new Date().toISOString() },
  State: { EnteredTime: new Date().toISOString(), Name: "S" },
  StateMachine: { Id: "arn:m" },
  Task: { Token: "token" },
};

/** The variables of an execution that has come to its end. */
const VARIABLES: JsonObject = {
  failure: { step: "Package Video", error: "E", cause: "Package Video failed: E.", job: null, log: null },
  failedAt: { state: "Package Video", redrives: 0 },
  ...{
    input: "s3://masters/a.mp4",
    output: "s3://o/a.mp4",
    metadataJob: "1",
    plan: "0a1b",
    renditions: 1,
    chunks: [1, 2],
  },
  ...{ given: EXECUTION, todo: [], missing: [], approvedBy: null, approvedPlan: "", exitCode: null, remade: false },
};

const at = ({ name, path }: LocatedState): string => [...path.map(({ state }) => state), name].join(" / ");

for (const [what, args] of Object.entries(KINDS)) {
  describe(`the expressions of ${what}`, () => {
    const { definition } = workflowOf(args);
    const located = everyState(definition as never);
    const stateNamed = (name: string): State => located.find((one) => one.name === name)!.state;

    const evaluated = async (template: Json | undefined, bindings: JsonObject, label: string): Promise<Json> => {
      if (template === undefined) return null;
      try {
        return await evaluate(template, bindings);
      } catch (error) {
        throw new Error(`${label} for ${JSON.stringify(bindings["states"]).slice(0, 300)}`, { cause: error });
      }
    };

    it("that describe a failure never fail, nor do the notice and the end that follow", async () => {
      let checked = 0;
      const seen = new Set<string>();
      for (const one of located) {
        for (const { Assign, Output, Next } of ("Catch" in one.state ? one.state.Catch : undefined) ?? []) {
          // Catchers of steps of one kind differ only in the step's name.
          const kind = JSON.stringify([Assign, Output, Next]).replaceAll(one.name, "");
          if (seen.has(kind)) continue;
          seen.add(kind);
          for (const errorOutput of CAUGHT) {
            const states: JsonObject = { input: EXECUTION, errorOutput, context };
            const assigned = (await evaluated(Assign, { ...VARIABLES, states }, at(one))) as JsonObject | null;
            const output = await evaluated(Output, { ...VARIABLES, states }, at(one));
            const label = `${Next} after ${at(one)}`;
            await checkEnd(Next, { ...VARIABLES, ...assigned }, output ?? errorOutput, label);
            checked += 1;
          }
        }
      }
      assert.ok(checked > 250, String(checked));
    });

    /** Follows a failure to what nothing catches any more. */
    async function checkEnd(name: string, variables: JsonObject, input: Json, label: string): Promise<void> {
      const state = stateNamed(name);
      const states: JsonObject = { input, context };
      const bindings = { ...variables, states };
      if (state.Type === "Fail") {
        for (const text of [state.Error, state.Cause]) {
          assert.equal(typeof (await evaluated(text, bindings, label)), "string", label);
        }
      } else if (state.Type === "Succeed") {
        await evaluated(state.Output, bindings, label);
      } else if (state.Type === "Choice") {
        for (const { Condition, Output } of state.Choices) {
          assert.equal(typeof (await evaluated(Condition, bindings, label)), "boolean", label);
          await evaluated(Output, bindings, label);
        }
        if (state.Default === "Read Cause") await checkEnd(state.Default, variables, input, label);
      } else if (name.startsWith("Read Cause")) {
        // It reads whatever is there, and its own failure leads on with what was known before.
        for (const Body of ["No picture.", null]) {
          const read = { ...bindings, states: { ...states, result: { Body } } };
          await evaluated(
            state.Type === "Task" ? state.Catch?.[0]?.Output : undefined,
            { ...bindings, states: { ...states, errorOutput: {} } },
            label,
          );
          if (typeof Body !== "string") continue;
          const { Assign, Output, Next } = state as { Assign?: JsonObject; Output?: Json; Next: string };
          const assigned = (await evaluated(Assign, read, label)) as JsonObject | null;
          await checkEnd(Next, { ...variables, ...assigned }, (await evaluated(Output, read, label)) ?? input, label);
        }
      } else if (name === "Notify Failure" && state.Type === "Task") {
        const notice = (await evaluated(state.Arguments, bindings, label)) as Record<string, string>;
        assert.ok(notice["Message"]!.length < 60_000, label);
        assert.ok(/^[ -~]{1,99}$/.test(notice["Subject"]!), label);
        await checkEnd("Fail Video", variables, {}, label);
      }
    }

    it("that start a task give it what its service's model allows, whatever the execution's input is", async () => {
      const tasks = located.flatMap(({ name, state }) => (state.Type === "Task" ? [{ name, state }] : []));
      const first = tasks.find(({ name }) => name === "Extract Metadata")!.state;
      let accepted = 0;
      for (const input of INPUTS) {
        const label = JSON.stringify(input);
        const now = { ...context, Execution: { ...context.Execution, Input: input } };
        const begun: JsonObject = { given: input, states: { input, result: { JobId: "1" }, context: now } };
        // A catcher sees on what an expression fails, but not that a task can't be started.
        const given = await evaluate(first.Arguments, begun).catch(() => undefined);
        if (given === undefined) continue;
        assert.deepEqual(findMismatches(first.Resource, given as JsonObject), [], label);
        const assigned = (await evaluate(first.Assign, begun).catch(() => undefined)) as JsonObject | undefined;
        if (assigned === undefined) continue;
        accepted += 1;
        for (const { name, state } of tasks.filter((task) => !/^(?:Extract Metadata|Read Cause.*)$/.test(task.name))) {
          const bindings = { ...VARIABLES, ...assigned, states: { input: {}, context: now } };
          const submitted = (await evaluated(state.Arguments, bindings, `${name} for ${label}`)) as JsonObject;
          assert.deepEqual(findMismatches(state.Resource, submitted), [], `${name} for ${label}`);
        }
      }
      assert.ok(accepted >= 10, String(accepted));
    });

    it("that read an answer to an approval never fail", async () => {
      const ask = located.find(({ name }) => name === "Ask for Approval")?.state;
      if (ask?.Type !== "Task") return;
      for (const result of [...WRONG, "yes", ...WRONG.map((by) => ({ by })), { by: "alice" }]) {
        const bindings = { ...VARIABLES, states: { result, input: {}, context } };
        const { approvedBy } = (await evaluated(ask.Assign, bindings, "Ask for Approval")) as { approvedBy: Json };
        assert.ok(approvedBy === null || typeof approvedBy === "string");
      }
    });

    it("that read the execution's input for the notice never fail", async () => {
      const { Catch } = stateNamed("Extract Metadata") as { Catch: { Assign: JsonObject }[] };
      for (const input of INPUTS) {
        const Execution = { ...context.Execution, Input: input };
        const states = { input, errorOutput: { Error: "E", Cause: null }, context: { ...context, Execution } };
        const assigned = (await evaluated(
          Catch[0]?.Assign,
          { given: input, states },
          "Extract Metadata",
        )) as JsonObject;
        await checkEnd("Notify Failure", { ...VARIABLES, ...assigned }, {}, `for ${JSON.stringify(input)}`);
      }
    });
  });
}
