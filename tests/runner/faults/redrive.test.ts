import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { VideoBatchPipelineArgs } from "../../../index";
import { BatchService } from "../../../runner/batch/service";
import { VirtualClock } from "../../../runner/clock/clock";
import { readDeployment } from "../../../runner/synthesis/deployment";
import { parseFaults } from "../../../runner/faults/fault";
import { Faults } from "../../../runner/faults/faults";
import { FailingLauncher } from "../../../runner/faults/failingLauncher";
import { stepsOf } from "../../../runner/faults/steps";
import { taskHandlers } from "../../../runner/integrations/resources";
import type { Answer } from "../../../runner/integrations/sns";
import { execute, type ExecutionResult, type Redrive } from "../../../runner/stateMachine/execution";
import { ARGS, PlayedWorker, synthesised } from "./rehearsal";

interface Redriven {
  result: ExecutionResult;
  /** The tasks that were entered. */
  entered: string[];
  /** The steps whose jobs were submitted, and those whose jobs succeeded. */
  submitted: string[];
  succeeded: string[];
  notices: unknown[];
}

/** One execution, and its redrives. Each of them has faults of its own. */
class Redrivable {
  readonly clock = new VirtualClock(Date.UTC(2026, 0, 1));
  readonly folder = mkdtempSync(join(tmpdir(), "redrive-"));
  name = "one";
  #last?: ExecutionResult;
  #count = 0;

  constructor(private readonly args: VideoBatchPipelineArgs) {}

  async run(fail: string[], more: { answer?: Answer; stopAfter?: number } = {}): Promise<Redriven> {
    const { stateMachine, batch: configuration } = readDeployment(await synthesised(this.args));
    const { definition, ...machine } = stateMachine;
    const { clock, folder } = this;
    const abort = new AbortController();
    if (more.stopAfter !== undefined) void clock.sleep(more.stopAfter * 1000).then(() => abort.abort("Stopped."));
    const faults = new Faults({ faults: parseFaults(fail, stepsOf(definition)), stop: (why) => abort.abort(why) });
    const launcher = new FailingLauncher(new PlayedWorker(clock, join(folder, "output")), faults, join(folder, "logs"));
    const batch = new BatchService({ configuration, launcher, clock, faultInjector: faults });
    const [entered, submitted, succeeded, notices]: [string[], string[], string[], unknown[]] = [[], [], [], []];
    const handlers = taskHandlers({
      ...{ batch, clock },
      ...(more.answer ? { answer: more.answer } : {}),
      onSubmitted: ({ JobId }, visit) => {
        submitted.push(visit.state);
        faults.recordJob(JobId, visit.state);
      },
      onNotification: ({ message }) => notices.push((JSON.parse(message) as { status: unknown }).status),
    });
    const checkpoint = this.#last?.checkpoint;
    const redrive: Redrive | undefined = checkpoint && {
      checkpoint: JSON.parse(JSON.stringify(checkpoint)) as typeof checkpoint,
      count: ++this.#count,
      startTime: Date.UTC(2026, 0, 1),
    };
    const input = { input: "file:///clip.mp4", output: `file://${folder}/output` };
    this.#last = await execute(definition, input, {
      ...{
        handlers: faults.wrapHandlers(handlers),
        clock,
        stateMachine: machine,
        name: this.name,
        signal: abort.signal,
      },
      ...(redrive ? { redrive } : {}),
      onEvent: (event) => {
        if (!("visit" in event) || event.visit.type !== "Task") return;
        const { state } = event.visit;
        if (event.type === "stateEntered") entered.push(state);
        if (event.type === "stateExited" && event.outcome === "succeeded" && submitted.includes(state)) {
          succeeded.push(state);
        }
      },
    });
    return { result: this.#last, entered, submitted, succeeded, notices };
  }
}

describe("a redrive of a pipeline's execution", () => {
  const executions: Redrivable[] = [];
  const execution = (more: VideoBatchPipelineArgs = {}): Redrivable => {
    const made = new Redrivable({ ...ARGS, ...more });
    executions.push(made);
    return made;
  };
  after(() => executions.forEach(({ folder }) => rmSync(folder, { recursive: true, force: true })));

  const own = (...parameters: string[]) => ({
    image: "own",
    command: ["do", ...parameters.map((name) => `Ref::${name}`)],
  });
  const kinds: [string, VideoBatchPipelineArgs][] = [
    ["the worker's jobs", {}],
    [
      "jobs of one's own",
      {
        jobs: {
          ...{ metadata: own("input"), features: own("output"), transcode: own("output", "rendition", "part") },
          package: own("output"),
        },
      },
    ],
  ];
  for (const [what, args] of kinds) {
    it(`of ${what} submits what had not succeeded, and nothing else, whatever failed`, async () => {
      const { definition } = readDeployment(await synthesised({ ...ARGS, ...args })).stateMachine;
      const batch = stepsOf(definition).flatMap(({ name, service }) => (service === "batch" ? name : []));
      const failing = [...batch, ...(what === "the worker's jobs" ? ["Read Plan"] : []), "Notify Success"];
      assert.ok(failing.length >= 8, failing.join());
      for (const step of failing) {
        const one = execution(args);
        const first = await one.run([step]);
        assert.deepEqual([first.result.status, first.notices], ["FAILED", ["FAILED"]], step);
        const again = await one.run([step]);
        assert.deepEqual([again.result.status, again.notices], ["FAILED", ["FAILED"]], "still broken");
        assert.equal(again.result.cause, first.result.cause);
        const last = await one.run([]);
        assert.deepEqual([last.result.status, last.notices], ["SUCCEEDED", ["SUCCEEDED"]], last.result.cause);
        const done: string[] = [];
        for (const run of [first, again, last]) {
          assert.deepEqual(
            run.submitted.filter((name) => done.includes(name)),
            [],
            `what was done is not done again after ${step} failed`,
          );
          done.push(...run.succeeded);
        }
        assert.deepEqual([...done].sort(), [...batch].sort(), "and in the end everything is, once");
        const planned = ["Extract Metadata", "Read Plan"].includes(step);
        assert.equal(
          [...again.entered, ...last.entered].includes("Read Plan"),
          planned && failing.includes("Read Plan"),
        );
      }
    });
  }

  it("submits all jobs of the branches again that write no output, beside which it could be written down", async () => {
    const one = execution({
      jobs: { metadata: own("input"), features: own("input"), transcode: own("input", "part") },
    });
    await one.run(["Transcode_480p-2"]);
    const second = await one.run([]);
    assert.deepEqual(second.succeeded.length, 5);
    assert.equal(second.result.status, "SUCCEEDED");
  });

  for (const [what, fail] of [
    ["written down", ["Done_720p-1:kind=denied"]],
    ["found", ["Find Done Jobs:kind=denied"]],
  ] as const) {
    it(`submits a job again whose end was not ${what}`, async () => {
      const one = execution();
      const first = await one.run([...fail.filter((fault) => fault.startsWith("Done")), "Transcode_480p-2"]);
      assert.match(first.result.cause ?? "", /^Transcode_480p-2 failed/);
      const second = await one.run(fail.filter((fault) => fault.startsWith("Find")));
      assert.deepEqual([second.result.status, second.notices], ["SUCCEEDED", ["SUCCEEDED"]], second.result.cause);
      assert.ok(second.submitted.includes("Transcode_720p-1"));
      assert.equal(second.submitted.includes("Transcode_480p-1"), what === "found");
    });
  }

  it("counts no job as done that another execution for the same output has done", async () => {
    const one = execution();
    await one.run(["Transcode_480p-2"]);
    const other = execution();
    cpSync(join(one.folder, "output"), join(other.folder, "output"), { recursive: true });
    other.name = "other";
    await other.run(["Transcode_720p-1:exit=2", "Transcode_480p-1:exit=2"]);
    const second = await other.run([]);
    assert.ok(["Transcode_720p-1", "Transcode_480p-1"].every((name) => second.succeeded.includes(name)));
  });

  it("after it was stopped keeps the branches that were done", async () => {
    const one = execution();
    // Metadata, openings, features and sound take ten seconds each, on four vCPUs.
    const first = await one.run([], { stopAfter: 34 });
    assert.deepEqual([first.result.status, first.notices], ["ABORTED", []]);
    const second = await one.run([]);
    assert.equal(second.result.status, "SUCCEEDED", second.result.cause);
    const repeated = second.entered.filter((name) => first.entered.includes(name));
    assert.ok(!second.entered.includes("Extract Metadata") && !second.entered.includes("Transcode_720p-1"));
    assert.deepEqual(repeated.sort(), first.entered.filter((name) => second.entered.includes(name)).sort());
  });

  it("after a part was missing makes it, where that is a failure", async () => {
    const one = execution({ workflow: { continueOnRenditionFailure: true, partialOutcome: "fail" } });
    const first = await one.run(["Transcode_720p-2:exit=2"]);
    assert.deepEqual([first.result.error, first.notices], ["VideoIncomplete", ["PARTIAL"]]);
    const second = await one.run([]);
    assert.deepEqual([second.result.status, second.notices], ["SUCCEEDED", ["SUCCEEDED"]], second.result.cause);
    assert.deepEqual(second.submitted, ["Transcode_720p-2", "Package Video"]);
  });

  it("after a rejection asks again", async () => {
    const one = execution({ approval: {} });
    const first = await one.run([]);
    assert.deepEqual([first.result.error, first.notices], ["VideoRejected", ["APPROVAL_WANTED", "FAILED"]]);
    const second = await one.run([], { answer: () => Promise.resolve({ by: "alice" }) });
    assert.deepEqual(second.notices, ["APPROVAL_WANTED", "SUCCEEDED"]);
    assert.deepEqual(second.entered, ["Ask for Approval", "Package Video", "Notify Success"]);
  });

  it("has all of its time anew", async () => {
    const one = execution();
    const first = await one.run(["Transcode_720p-2:kind=stuck"]);
    assert.equal(first.result.error, "States.Timeout");
    const second = await one.run(["Package Video:kind=stuck"]);
    assert.deepEqual([second.result.status, second.notices], ["FAILED", ["FAILED"]]);
    assert.match(second.result.cause ?? "", /^Package Video did not end within 3\d{3} seconds/);
  });
});
