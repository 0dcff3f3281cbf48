import assert from "node:assert/strict";

import { everyState, type State, type SubMachine } from "../../../contract/asl";
import { isBookkeeping } from "../../../contract/states";
import { readDeployment } from "../../../runner/synthesis/deployment";
import { type Kind, kindsOf } from "../../../runner/faults/kinds";
import { stepsOf, type TaskStep } from "../../../runner/faults/steps";
import type { Synthesis } from "../../../runner/synthesis/synthesis";
import { EXPECTED, kindsIn, type Expectation } from "./expectations";
import { ARGS, synthesised, type Rehearsal, type rehearse } from "./rehearsal";

/** A pipeline whose steps are made to fail. */
interface World {
  synthesis: Synthesis;
  /** Its steps, but those that an earlier world has. */
  steps: TaskStep[];
  /** The states of a video without trouble, in order. */
  line: string[];
  machine: SubMachine;
}

/** How the table is run. */
export interface TableRun {
  rehearse: typeof rehearse;
  /** What a job that fails says, if its worker is there to say it: causes have to contain it. */
  sentence?: string;
}

/** What has to go wrong for a step to be entered at all. */
function trouble(step: string): string[] {
  if (step === "Read Cause of Features") return ["Extract Features:exit=2"];
  const [, lost] = /^Read Cause_(.*)$/.exec(step) ?? [];
  if (lost !== undefined) return [`Transcode_${lost}-1:exit=2`];
  if (step === "Notify Partial") return ["Transcode_480p-2:exit=2"];
  return step === "Read Cause" || step === "Notify Failure" ? ["Extract Metadata:exit=2"] : [];
}

function expectationsOf({ name, service }: TaskStep): Expectation[] | undefined {
  if (service === "batch") return EXPECTED.job;
  return {
    "Read Plan": EXPECTED.plan,
    "Ask for Approval": EXPECTED.question,
    "Notify Success": EXPECTED.notice,
    "Notify Partial": EXPECTED.notice,
  }[name];
}

/** The tests of every fault of every step. */
export function testFaults({ rehearse, sentence }: TableRun): void {
  const worlds: World[] = [];
  const rehearsed = ({ synthesis }: World, fail: string[]): Promise<Rehearsal> =>
    rehearse(synthesis, fail, { answer: () => Promise.resolve({ by: "alice" }) });
  const everyStep = (): [World, TaskStep][] =>
    worlds.flatMap((world) => world.steps.map((step): [World, TaskStep] => [world, step]));

  before(async () => {
    const policy = { continueOnRenditionFailure: true, continueOnFeaturesFailure: true };
    for (const args of [ARGS, { ...ARGS, approval: {}, workflow: policy }]) {
      const synthesis = await synthesised(args);
      const machine = readDeployment(synthesis).stateMachine.definition as SubMachine;
      const known = worlds.flatMap(({ steps }) => steps.map(({ name }) => name));
      const steps = stepsOf(machine).filter(({ name }) => !known.includes(name));
      worlds.push({ synthesis, steps, line: lineOf(machine), machine });
    }
  });

  it("is in the table", () => {
    assert.equal(everyStep().length, 18);
    for (const [, step] of everyStep()) {
      const expected = expectationsOf(step);
      assert.equal(expected === undefined, isBookkeeping(step.name), step.name);
      if (!expected) continue;
      assert.deepEqual([...kindsIn(expected, kindsOf(step)[0]!)].sort(), kindsOf(step).sort(), step.name);
    }
  });

  for (const [what, expectations] of Object.entries(EXPECTED)) {
    for (const expectation of expectations) {
      const { fault, status } = expectation;
      it(`of a ${what} with ${fault === "" ? "no more said" : fault.slice(1)} ends ${status}`, async () => {
        const hit = everyStep().filter(([, step]) => expectationsOf(step) === expectations);
        assert.ok(hit.length > 0);
        for (const [world, { name }] of hit) {
          const rehearsal = await rehearsed(world, [...trouble(name), `${name}${fault}`]);
          // The first attempt succeeds, so there is no second one. Where the worker itself fails, the run knows of no fault.
          const unused = /attempt=2/.test(fault) && sentence === undefined ? [`--fail ${name}${fault}`] : undefined;
          assert.deepEqual(rehearsal.record.unusedFaults, unused, `${name}${fault}`);
          check(rehearsal, world, name, {
            ...expectation,
            of: what,
            ...(sentence === undefined ? {} : { sentence }),
          });
        }
      });
    }
  }

  it("of bookkeeping changes nothing else", async () => {
    for (const [world, step] of everyStep()) {
      if (!isBookkeeping(step.name)) continue;
      const isDamage = step.name === "Read Damage";
      const fine = await rehearsed(world, trouble(step.name));
      if (sentence !== undefined && !isDamage) assert.ok(causeIn(fine.notices).includes(sentence), step.name);
      for (const kind of kindsOf(step)) {
        const fault = `${step.name}:kind=${kind}`;
        const { record, notices, hasManifest, left } = await rehearsed(world, [...trouble(step.name), fault]);
        const visit = record.states.find(({ name }) => name === step.name);
        assert.equal(left, 0, fault);
        assert.ok(visit?.exited !== undefined, fault);
        if (kind === "stop") {
          assert.deepEqual(
            [record.status, hasManifest, lastOf(notices)?.["status"]],
            // The video is packaged by then.
            ["ABORTED", isDamage, undefined],
            fault,
          );
          continue;
        }
        assert.deepEqual([record.status, hasManifest], [fine.record.status, fine.hasManifest], fault);
        assert.equal(visit.retries, isDamage ? retriesOfRead(kind) : retriesOfNotice(step.name, kind), fault);
        // A video is never called sound only because nobody knows.
        assert.equal(typeof record.damageUnknown, isDamage ? "string" : "undefined", fault);
        if (step.name === "Notify Failure") assert.deepEqual([notices, record.cause], [[], fine.record.cause], fault);
        else assert.equal(causeIn(notices), causeAfter(kind, causeIn(fine.notices), sentence), fault);
        assert.equal(record.failure?.state, fine.record.failure?.state, fault);
      }
    }
  });

  it("of the failure notice is tried again", async () => {
    const fail = ["Extract Metadata:exit=2", "Notify Failure:kind=throttle,attempt=1-3"];
    const { notices } = await rehearsed(worlds[0]!, fail);
    assert.deepEqual(
      notices.map(({ step }) => step),
      ["Extract Metadata"],
    );
  });

  it("leads to one notice when several steps fail at once", async () => {
    const fail = worlds[0]!.steps.flatMap(({ name }) => (name.startsWith("Transcode_") ? `${name}:exit=2` : []));
    const { record, notices } = await rehearsed(worlds[0]!, fail);
    assert.deepEqual([record.status, notices.length], ["FAILED", 1]);
  });

  it("can affect a single chunk", async () => {
    const { record, jobsOf } = await rehearsed(worlds[0]!, ["Transcode_720p-2:chunk=1,attempt=1"]);
    const [array] = jobsOf("Transcode_720p-2");
    const attempts = record.jobs.filter(({ parentId }) => parentId === array?.id).map((job) => job.attempts.length);
    assert.deepEqual([record.status, attempts], ["SUCCEEDED", [1, 2, 1]]);
  });

  it("is absent by default, and the run succeeds", async () => {
    for (const world of worlds) {
      const { record, notices, hasManifest, left } = await rehearsed(world, []);
      assert.deepEqual([record.status, lastOf(notices)?.["status"]], ["SUCCEEDED", "SUCCEEDED"]);
      assert.deepEqual([pathOf(record), hasManifest, left], [world.line, true, 0]);
    }
  });
}

const retriesOfNotice = (step: string, kind: Kind): number =>
  step === "Notify Failure" && ["throttle", "unavailable"].includes(kind) ? 5 : 0;

const retriesOfRead = (kind: Kind): number => (["throttle", "unavailable", "denied"].includes(kind) ? 4 : 0);

const lastOf = (notices: Rehearsal["notices"]): Record<string, unknown> | undefined =>
  notices.findLast(({ status }) => status !== "APPROVAL_WANTED");

/** The cause of the failure, or of the first missing part. */
function causeIn(notices: Rehearsal["notices"]): string {
  const { cause, missing } = (lastOf(notices) ?? {}) as { cause?: string; missing?: { cause: string }[] };
  return cause ?? missing?.[0]?.cause ?? "";
}

/** The cause as it is when nobody reads what the worker says. */
function withoutSentence(cause: string, sentence: string | undefined): string {
  if (sentence === undefined || !cause.includes(` failed: ${sentence} (`)) return cause;
  return cause.replace(` failed: ${sentence} (`, " failed: ").replace(/\)$/, ".");
}

/** The cause when what reads the sentence has a fault of some kind. */
function causeAfter(kind: Kind, cause: string, sentence: string | undefined): string {
  return kind === "unreadable" && sentence !== undefined
    ? cause.replace(sentence, "<unreadable>")
    : withoutSentence(cause, sentence);
}

const pathOf = ({ states }: Rehearsal["record"]): string[] =>
  states.flatMap(({ name, path }) => (path.length === 0 ? name : []));

function lineOf({ StartAt, States }: SubMachine): string[] {
  const line: string[] = [];
  for (let name: string | undefined = StartAt; name !== undefined; name = following(States[name])) {
    line.push(name);
  }
  return line;
}

function following(state: State | undefined): string | undefined {
  const { Next, Default } = (state ?? {}) as { Next?: string; Default?: string };
  return Next ?? Default;
}

/** A job that is to fail in a step. */
type Case = Expectation & { of: string; sentence?: string };

/** The state of the main line that a step is, or is in. */
function stateWith(machine: SubMachine, step: string): string {
  const { name, path } = everyState(machine).find((located) => located.name === step)!;
  return path[0]?.state ?? name;
}

function check(rehearsal: Rehearsal, world: World, step: string, expected: Case): void {
  const { record, jobsOf, notices, hasManifest, left, files } = rehearsal;
  const fault = `${step}${expected.fault}`;
  assert.equal(record.status, expected.status, `${fault}: ${record.cause}`);
  // Nothing runs on, and every job and state has ended.
  assert.equal(left, 0, fault);
  assert.ok(
    [...record.jobs.map(({ ended }) => ended), ...record.states.map(({ exited }) => exited)].every(Boolean),
    fault,
  );

  const line = step === "Notify Partial" ? [...world.line.slice(0, -1), step] : world.line;
  const reached = line.slice(0, line.indexOf(stateWith(world.machine, step)) + 1);
  const afterJob = [...(step === "Package Video" ? ["Check Packaging"] : []), "Read Cause"];
  const failing = [...reached, ...(expected.of === "job" ? afterJob : []), "Notify Failure", "Await Redrive"];
  const path = { SUCCEEDED: line, FAILED: failing, ABORTED: reached }[expected.status];
  assert.deepEqual(pathOf(record), path, fault);

  // A manifest only over what is packaged, and nothing else but the order and what is needed on the way.
  assert.equal(hasManifest, expected.status === "SUCCEEDED" || expected.of === "notice", fault);
  assert.deepEqual(
    files.filter((name) => !(expected.sentence === undefined ? LEFT : LEFT_IN_S3).test(name)),
    [],
    fault,
  );

  const visit = record.states.findLast(({ name }) => name === step);
  if (expected.retries !== undefined) assert.equal(visit?.retries, expected.retries, fault);
  const [job] = jobsOf(step);
  if (expected.attempts !== undefined) {
    const tried = job?.arraySize === undefined ? [job] : record.jobs.filter(({ parentId }) => parentId === job.id);
    assert.equal(Math.max(...tried.map((one) => one?.attempts.length ?? 0)), expected.attempts, fault);
  }

  const last = notices.filter(({ status }) => status !== "APPROVAL_WANTED");
  assert.equal(last.length, expected.status === "ABORTED" ? 0 : 1, fault);
  if (expected.status === "ABORTED") return;
  const [notice] = last;
  const good = step === "Notify Partial" ? "PARTIAL" : "SUCCEEDED";
  assert.equal(notice?.["status"], expected.status === "FAILED" ? "FAILED" : good, fault);
  if (expected.status === "SUCCEEDED") return;
  assert.deepEqual([notice["step"], notice["logGroup"]], [step, readGroup(world)], fault);
  const cause = String(notice["cause"]);
  assert.equal(record.cause, cause);
  const array = job?.arraySize !== undefined;
  if (expected.sentence !== undefined) {
    // Only an attempt that ends by itself says why.
    const saysWhy = expected.ofJob === true && !expected.fault.includes("kind=");
    assert.equal(cause.startsWith(`${step} failed: ${expected.sentence} (`), saysWhy, `${fault}: ${cause}`);
  }
  const bare = withoutSentence(cause, expected.sentence);
  const sentence = bare.startsWith(step) ? bare.slice(step.length) : bare;
  const all = /^ failed: 3 of 3 chunks failed\. Array Child Job failed\.$/;
  assert.match(sentence, array && expected.ofJob ? all : (expected.cause ?? /^$/), fault);
  if (expected.log && !array) assert.match(String(notice["log"]), /\/logs\/videos-.*-\d\.log$/, fault);
}

/** What a run may leave. */
const LEFT = /^manifest\.json$|^work\/(?:damage|orders|played)\//;
const LEFT_IN_S3 = /^manifest\.json$|^work\/(?:damage|orders|failures)\//;

function readGroup({ synthesis }: World): string {
  const group = synthesis.resources.find(({ type, name }) => type.endsWith(":LogGroup") && name.endsWith("-job-logs"));
  return group?.outputs["name"] as string;
}
