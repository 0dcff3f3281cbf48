import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Damage } from "../../../contract/damage";
import { isBookkeeping } from "../../../contract/states";
import { PartialOutcome, type VideoBatchPipelineArgs } from "../../../index";
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
  /** The pieces of work that were done. */
  pieces: string[];
  notices: unknown[];
}

/** One execution, and its redrives. Each of them has faults of its own. */
class Redrivable {
  /** What the metadata job makes of the video. */
  fingerprint = "0a1b";
  /** What the packaging job finds. */
  damage: Damage[] = [];
  #last?: ExecutionResult;
  #count = 0;

  constructor(
    private readonly args: VideoBatchPipelineArgs,
    readonly folder = mkdtempSync(join(tmpdir(), "redrive-")),
    readonly clock = new VirtualClock(Date.UTC(2026, 0, 1)),
  ) {}

  async run(fail: string[], more: { answer?: Answer; stopAfter?: number } = {}): Promise<Redriven> {
    const { stateMachine, batch: configuration } = readDeployment(await synthesised(this.args));
    const { definition, ...machine } = stateMachine;
    const { clock, folder } = this;
    const abort = new AbortController();
    if (more.stopAfter !== undefined) void clock.sleep(more.stopAfter * 1000).then(() => abort.abort("Stopped."));
    const faults = new Faults({ faults: parseFaults(fail, stepsOf(definition)), stop: (why) => abort.abort(why) });
    const worker = new PlayedWorker(clock, join(folder, "output"), undefined, this.fingerprint);
    worker.damage = this.damage;
    const launcher = new FailingLauncher(worker, faults, join(folder, "logs"));
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
        name: "one",
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
    return { result: this.#last, entered, submitted, succeeded, pieces: worker.done, notices };
  }
}

describe("a redrive of a pipeline's execution", () => {
  const executions: Redrivable[] = [];
  const execution = (more: VideoBatchPipelineArgs = {}, folder?: string, clock?: VirtualClock): Redrivable => {
    const made = new Redrivable({ ...ARGS, ...more }, folder, clock);
    executions.push(made);
    return made;
  };
  after(() => executions.forEach(({ folder }) => rmSync(folder, { recursive: true, force: true })));

  const own = (...parameters: string[]) => ({
    image: "own",
    command: ["do", ...parameters.map((name) => `Ref::${name}`)],
  });
  const OWN: VideoBatchPipelineArgs = {
    jobs: {
      ...{ metadata: own("input"), features: own("output"), transcode: own("output", "rendition", "part") },
      package: own("output"),
    },
  };

  /** The steps that can fail, and those of them that have jobs. */
  async function stepsWith(args: VideoBatchPipelineArgs): Promise<{ failing: string[]; batch: string[] }> {
    const steps = stepsOf(readDeployment(await synthesised({ ...ARGS, ...args })).stateMachine.definition);
    const failing = steps.map(({ name }) => name).filter((name) => !isBookkeeping(name));
    return { failing, batch: steps.flatMap(({ name, service }) => (service === "batch" ? name : [])) };
  }

  /** Fails twice at a step, and then no more. */
  async function throughTwoRedrives(one: Redrivable, step: string): Promise<[Redriven, Redriven, Redriven]> {
    const first = await one.run([step]);
    assert.deepEqual([first.result.status, first.notices], ["FAILED", ["FAILED"]], step);
    const again = await one.run([step]);
    assert.deepEqual([again.result.status, again.notices], ["FAILED", ["FAILED"]], "still broken");
    assert.equal(again.result.cause, first.result.cause);
    const last = await one.run([]);
    assert.deepEqual([last.result.status, last.notices], ["SUCCEEDED", ["SUCCEEDED"]], last.result.cause);
    return [first, again, last];
  }

  /** Steps after whose failure an execution does not begin again. */
  const LATER = ["Package Video", "Notify Success"];

  it("submits nothing that is done but Extract Metadata, and does nothing twice, whatever failed", async () => {
    const { failing, batch } = await stepsWith({});
    assert.equal(failing.length, 10, failing.join());
    for (const step of failing) {
      const runs = await throughTwoRedrives(execution(), step);
      const done: string[] = [];
      for (const { submitted, succeeded } of runs) {
        const repeated = submitted.filter((name) => done.includes(name));
        assert.deepEqual(repeated, repeated.includes("Extract Metadata") ? ["Extract Metadata"] : [], step);
        done.push(...succeeded);
      }
      assert.deepEqual([...new Set(done)].sort(), [...batch].sort(), "in the end everything is done");
      const pieces = runs.flatMap((run) => run.pieces);
      assert.deepEqual([pieces.length, new Set(pieces).size], [10, 10], `once, although ${step} failed`);
      for (const { entered } of runs.slice(1)) {
        assert.equal(entered.includes("Extract Metadata"), !LATER.includes(step), step);
      }
    }
  });

  it("submits all jobs again that are one's own, unless packaging has begun", async () => {
    const { failing, batch } = await stepsWith(OWN);
    assert.equal(failing.length, 8, failing.join());
    for (const step of failing) {
      const [, , last] = await throughTwoRedrives(execution(OWN), step);
      assert.deepEqual(
        last.submitted.sort(),
        LATER.includes(step) ? [step].filter((name) => batch.includes(name)) : [...batch].sort(),
        step,
      );
    }
  });

  it("orders nothing that another execution with the same plan has done meanwhile", async () => {
    const one = execution();
    await one.run(["Transcode_720p-1:exit=2", "Transcode_480p-1:exit=2"]);
    const other = execution({}, one.folder);
    const { result, pieces } = await other.run([]);
    assert.deepEqual([result.status, pieces.includes("720p-1-0")], ["SUCCEEDED", true]);
    const second = await one.run([]);
    assert.deepEqual(second.submitted, ["Extract Metadata", "Package Video"]);
    assert.deepEqual([second.result.status, second.pieces], ["SUCCEEDED", []]);
  });

  it("beside another execution with the same plan, that still runs, lets both end well", async () => {
    const one = execution();
    const failed = await one.run(["Transcode_720p-2:exit=2"]);
    const other = execution({}, one.folder, one.clock);
    // The other one has done its metadata, and is encoding.
    const running = other.run([]);
    const later = one.clock.sleep(25_000).then(() => one.run([]));
    const [theirs, ours] = await Promise.all([running, later]);
    assert.deepEqual([theirs.result.status, ours.result.status], ["SUCCEEDED", "SUCCEEDED"]);
    assert.deepEqual(
      [...failed.pieces, ...theirs.pieces].filter(
        (piece) => theirs.pieces.includes(piece) && failed.pieces.includes(piece),
      ),
      [],
    );
    assert.ok(!ours.submitted.includes("Transcode_720p-1"), ours.submitted.join());
  });

  it("after it was stopped goes on with the branches that were not done, with the order of before", async () => {
    const one = execution();
    // Metadata, openings, features and sound take ten seconds each, on four vCPUs.
    const first = await one.run([], { stopAfter: 34 });
    assert.deepEqual([first.result.status, first.notices], ["ABORTED", []]);
    const second = await one.run([]);
    assert.equal(second.result.status, "SUCCEEDED", second.result.cause);
    assert.ok(!second.entered.includes("Extract Metadata") && !second.entered.includes("Transcode_720p-1"));
    const pieces = [...first.pieces, ...second.pieces];
    assert.deepEqual([pieces.length, new Set(pieces).size], [10, 10]);
  });

  it("after a stop and a failure begins again, and sees what the branches did after the stop", async () => {
    const one = execution();
    await one.run([], { stopAfter: 34 });
    const second = await one.run(["Transcode_480p-2:exit=2"]);
    assert.equal(second.result.status, "FAILED");
    const third = await one.run([]);
    assert.equal(third.result.status, "SUCCEEDED", third.result.cause);
    const repeated = third.submitted.filter((name) => second.succeeded.includes(name));
    assert.deepEqual([third.submitted[0], repeated], ["Extract Metadata", []]);
  });

  it("after a part was missing makes it, where that is a failure", async () => {
    const one = execution({ workflow: { continueOnRenditionFailure: true, partialOutcome: "fail" } });
    const first = await one.run(["Transcode_720p-2:exit=2"]);
    assert.deepEqual([first.result.error, first.notices], ["VideoIncomplete", ["PARTIAL"]]);
    const second = await one.run([]);
    assert.deepEqual([second.result.status, second.notices], ["SUCCEEDED", ["SUCCEEDED"]], second.result.cause);
    assert.deepEqual(second.submitted, ["Extract Metadata", "Transcode_720p-2", "Package Video"]);
  });

  it("says what is damaged, whether it failed before packaging, in it, or after it", async () => {
    const damage = [{ fromSeconds: 123.4, toSeconds: 123.5, what: "2 pictures can't be decoded" }];
    for (const step of ["Transcode_720p-2:exit=2", "Package Video:exit=2", "Notify Success:kind=denied"]) {
      const one = execution();
      one.damage = damage;
      assert.equal((await one.run([step])).result.status, "FAILED", step);
      const second = await one.run([]);
      assert.equal(second.result.status, "SUCCEEDED", second.result.cause);
      assert.equal(second.entered.includes("Read Damage"), !step.startsWith("Notify"), step);
      const { summary, damage: said } = second.result.output as { summary: string; damage: unknown };
      assert.match(summary, /^clip\.mp4 is ready, with 0\.1 s damaged at 2:03: /, step);
      assert.deepEqual(said, damage, step);
    }
  });

  it("after a rejection asks again", async () => {
    const one = execution({ approval: {} });
    const first = await one.run([]);
    assert.deepEqual([first.result.error, first.notices], ["VideoRejected", ["APPROVAL_WANTED", "FAILED"]]);
    const second = await one.run([], { answer: () => Promise.resolve({ by: "alice" }) });
    assert.deepEqual(second.notices, ["APPROVAL_WANTED", "SUCCEEDED"]);
    assert.deepEqual(second.entered, ["Ask for Approval", "Package Video", "Read Damage", "Notify Success"]);
  });

  const yes = { answer: () => Promise.resolve({ by: "alice" }) };

  it("makes again what packaging finds missing, without asking again", async () => {
    const one = execution({ approval: {} });
    await one.run(["Package Video:exit=2"], yes);
    // The intermediates expire before the redrive.
    rmSync(join(one.folder, "output/work/played/0a1b/720p-2-1"));
    rmSync(join(one.folder, "output/work/played/0a1b/audio"));
    const second = await one.run([]);
    assert.deepEqual([second.result.status, second.notices], ["SUCCEEDED", ["SUCCEEDED"]], second.result.cause);
    const [first, again, ...rest] = second.submitted;
    assert.deepEqual([first, again, rest.at(-1)], ["Package Video", "Extract Metadata", "Package Video"]);
    assert.deepEqual(rest.slice(0, -1).sort(), ["Transcode_720p-2", "Transcode_audio"]);
    assert.deepEqual(second.pieces.sort(), ["720p-2-1", "audio"]);
  });

  it("makes it again once, and fails with what packaging says if that did not help", async () => {
    const one = execution();
    const first = await one.run(["Package Video:exit=3"]);
    assert.deepEqual(
      first.submitted.filter((step) => ["Extract Metadata", "Package Video"].includes(step)),
      ["Extract Metadata", "Package Video", "Extract Metadata", "Package Video"],
    );
    assert.equal(
      first.result.cause,
      "Package Video failed: exit code 3 after 1 attempt. Essential container in task exited.",
    );
    const second = await one.run(["Package Video:exit=3"]);
    assert.deepEqual(
      second.submitted,
      ["Package Video", "Extract Metadata", "Package Video"],
      "a redrive may try again",
    );
    assert.equal((await one.run([])).result.status, "SUCCEEDED");
  });

  const FAILS_PARTIALLY = { continueOnRenditionFailure: true, partialOutcome: PartialOutcome.fail };

  it("keeps an approval, also when it begins again", async () => {
    const one = execution({ approval: {}, workflow: FAILS_PARTIALLY });
    const first = await one.run(["Transcode_720p-2:exit=2"], yes);
    assert.deepEqual([first.result.error, first.notices], ["VideoIncomplete", ["APPROVAL_WANTED", "PARTIAL"]]);
    const second = await one.run([]);
    assert.deepEqual(second.notices, ["SUCCEEDED"], second.result.cause);
    assert.match(JSON.stringify(second.result.output), /"approvedBy":"alice"/);
  });

  it("asks again if the approval was for another video", async () => {
    const one = execution({ approval: {}, workflow: FAILS_PARTIALLY });
    await one.run(["Transcode_720p-2:exit=2"], yes);
    one.fingerprint = "2c3d";
    const second = await one.run([], yes);
    assert.deepEqual(second.notices, ["APPROVAL_WANTED", "SUCCEEDED"], second.result.cause);
    assert.equal(second.pieces.length, 10);
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
