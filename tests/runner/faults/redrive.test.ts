import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { VideoBatchPipelineArgs } from "../../../index";
import { BatchService } from "../../../runner/batch/service";
import { VirtualClock } from "../../../runner/clock";
import { readDeployment } from "../../../runner/deployment";
import { parseFaults } from "../../../runner/faults/fault";
import { Faults } from "../../../runner/faults/faults";
import { FailingLauncher } from "../../../runner/faults/failingLauncher";
import { stepsOf } from "../../../runner/faults/steps";
import { taskHandlers } from "../../../runner/integrations/resources";
import type { Answer } from "../../../runner/integrations/sns";
import { execute, type ExecutionResult, type Redrive } from "../../../runner/stateMachine/execution";
import { ARGS, PlayedWorker, synthesised } from "./rehearsal";

/** One execution, and its redrives. Each of them has faults of its own. */
class Redrivable {
  readonly clock = new VirtualClock(Date.UTC(2026, 0, 1));
  readonly folder = mkdtempSync(join(tmpdir(), "redrive-"));
  #last?: ExecutionResult;
  #count = 0;

  constructor(private readonly args: VideoBatchPipelineArgs) {}

  async run(
    fail: string[],
    more: { answer?: Answer; stopAfter?: number } = {},
  ): Promise<{ result: ExecutionResult; entered: string[]; notices: unknown[] }> {
    const { stateMachine, batch: configuration } = readDeployment(await synthesised(this.args));
    const { definition, ...machine } = stateMachine;
    const { clock, folder } = this;
    const abort = new AbortController();
    if (more.stopAfter !== undefined) void clock.sleep(more.stopAfter * 1000).then(() => abort.abort("Stopped."));
    const faults = new Faults({ faults: parseFaults(fail, stepsOf(definition)), stop: (why) => abort.abort(why) });
    const launcher = new FailingLauncher(new PlayedWorker(clock, join(folder, "output")), faults, join(folder, "logs"));
    const batch = new BatchService({ configuration, launcher, clock, interference: faults });
    const [entered, notices]: [string[], unknown[]] = [[], []];
    const handlers = taskHandlers({
      ...{ batch, clock },
      ...(more.answer ? { answer: more.answer } : {}),
      onSubmitted: ({ JobId }, visit) => faults.submitted(JobId, visit.state),
      onNotification: ({ message }) => notices.push((JSON.parse(message) as { status: unknown }).status),
    });
    const position = this.#last?.position;
    const redrive: Redrive | undefined = position && {
      position: JSON.parse(JSON.stringify(position)) as typeof position,
      count: ++this.#count,
      startTime: Date.UTC(2026, 0, 1),
    };
    const input = { input: "file:///clip.mp4", output: `file://${folder}/output` };
    this.#last = await execute(definition, input, {
      ...{ handlers: faults.around(handlers), clock, stateMachine: machine, name: "one", signal: abort.signal },
      ...(redrive ? { redrive } : {}),
      onEvent: (event) => {
        if (event.type === "stateEntered" && event.visit.type === "Task") entered.push(event.visit.state);
      },
    });
    return { result: this.#last, entered, notices };
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

  const REST = ["Package Video", "Notify Success"];
  const PROCESS = ["Extract Features", "Transcode_720p-1", "Transcode_480p-1", "Transcode_audio"];
  const PARTS = ["Transcode_720p-2", "Transcode_480p-2"];
  const cases: [string, string[]][] = [
    ["Extract Metadata", ["Extract Metadata", "Read Plan", ...PROCESS, ...PARTS, ...REST]],
    ["Read Plan", ["Read Plan", ...PROCESS, ...PARTS, ...REST]],
    ["Transcode_480p-2", [...PROCESS, ...PARTS, ...REST]],
    ["Package Video", REST],
    ["Notify Success", ["Notify Success"]],
  ];
  for (const [step, entered] of cases) {
    it(`after ${step} failed goes on with it, and with nothing before`, async () => {
      const one = execution();
      const first = await one.run([step]);
      assert.deepEqual([first.result.status, first.notices], ["FAILED", ["FAILED"]]);
      const again = await one.run([step]);
      assert.deepEqual([again.result.status, again.notices], ["FAILED", ["FAILED"]], "still broken");
      assert.equal(again.result.cause, first.result.cause);
      const second = await one.run([]);
      assert.deepEqual([second.result.status, second.notices], ["SUCCEEDED", ["SUCCEEDED"]], second.result.cause);
      assert.deepEqual(second.entered.sort(), [...entered].sort());
    });
  }

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
