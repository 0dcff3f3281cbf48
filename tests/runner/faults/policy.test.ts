import assert from "node:assert/strict";

import { rejectionError } from "../../../runner/integrations/answers";
import { StatesError } from "../../../runner/stateMachine/errors";
import type { Synthesis } from "../../../runner/synthesis/synthesis";
import { ARGS, rehearse, synthesised, type Rehearsal } from "./rehearsal";

const packaged = ({ commands }: Rehearsal): unknown => {
  const command = commands.find(([, name]) => name === "package") ?? [];
  return JSON.parse(command[command.indexOf("--missing") + 1] ?? "null");
};
const statesOf = ({ record }: Rehearsal): string[] => record.states.map(({ name }) => name);

describe("the policy to go on without what failed", () => {
  let goesOn: Synthesis;
  let fails: Synthesis;
  before(async () => {
    const workflow = { continueOnRenditionFailure: true, continueOnFeaturesFailure: true };
    [goesOn, fails] = await Promise.all([
      synthesised({ ...ARGS, workflow }),
      synthesised({ ...ARGS, workflow: { ...workflow, partialOutcome: "fail" } }),
    ]);
  });

  const cases: [string, string[], object][] = [
    ["a rendition", ["Transcode_720p-2:exit=2"], { renditions: ["720p"], features: false }],
    ["the opening of a rendition", ["Transcode_480p-1"], { renditions: ["480p"], features: false }],
    ["a rendition that takes too long", ["Transcode_720p-2:kind=timeout"], { renditions: ["720p"], features: false }],
    ["a rendition that Batch refuses", ["Transcode_720p-1:kind=denied"], { renditions: ["720p"], features: false }],
    ["the features", ["Extract Features:kind=timeout"], { renditions: [], features: true }],
    [
      "a rendition and the features",
      ["Extract Features:exit=2", "Transcode_720p-1:exit=2"],
      { renditions: ["720p"], features: true },
    ],
  ];
  for (const [what, fail, missing] of cases) {
    it(`finishes the rest without ${what}, and says so once`, async () => {
      const rehearsal = await rehearse(goesOn, fail);
      const { record, notices, hasManifest, left } = rehearsal;
      assert.deepEqual([record.status, hasManifest, left], ["SUCCEEDED", true, 0], record.cause);
      const { causes, ...without } = packaged(rehearsal) as { causes: string[] };
      assert.deepEqual(without, missing);
      assert.deepEqual(
        notices.map(({ status }) => status),
        ["PARTIAL"],
      );
      const entries = notices[0]?.["missing"] as { step: string; cause: string }[];
      assert.deepEqual(entries.map(({ step }) => step).sort(), fail.map((text) => text.split(":")[0]).sort());
      assert.ok(entries.every(({ step, cause }) => cause.startsWith(step)));
      assert.deepEqual(
        causes,
        entries.map(({ cause }) => cause),
      );
      assert.deepEqual(record.output, notices[0]);
      assert.ok(!statesOf(rehearsal).includes("Notify Success"));
    });
  }

  it("leaves a video alone that lacks nothing", async () => {
    const rehearsal = await rehearse(goesOn, ["Transcode_720p-2:attempt=1"]);
    assert.deepEqual(packaged(rehearsal), { renditions: [], features: false, causes: [] });
    assert.deepEqual(
      rehearsal.notices.map(({ status }) => status),
      ["SUCCEEDED"],
    );
  });

  it("is no reason to package nothing: without a single rendition the execution fails", async () => {
    const rehearsal = await rehearse(goesOn, ["Transcode_720p-1:exit=2", "Transcode_480p-2:exit=2"]);
    const { record, notices, hasManifest } = rehearsal;
    assert.deepEqual([record.status, hasManifest, notices.length], ["FAILED", false, 1]);
    assert.deepEqual([notices[0]?.["status"], notices[0]?.["step"]], ["FAILED", "Transcode_720p-1"]);
    assert.equal(packaged(rehearsal), null);
  });

  it("does not hold for the sound, the plan and what is done for all", async () => {
    for (const step of ["Transcode_audio", "Read Plan", "Package Video", "Extract Metadata"]) {
      const { record, notices } = await rehearse(goesOn, [step]);
      assert.deepEqual([record.status, notices.map((notice) => notice["step"])], ["FAILED", [step]], step);
    }
  });

  it("may end in a failure all the same, after everything else is done", async () => {
    const { record, notices, hasManifest } = await rehearse(fails, ["Transcode_720p-2:exit=2"]);
    assert.deepEqual([record.status, record.error, hasManifest], ["FAILED", "VideoIncomplete", true]);
    assert.match(record.cause ?? "", /^The video lacks 720p\. Transcode_720p-2 failed: 3 of 3 chunks failed\./);
    assert.deepEqual(
      notices.map(({ status }) => status),
      ["PARTIAL"],
    );
  });

  it("is off by default: the first failure ends the other jobs", async () => {
    const tutorials = await synthesised();
    const rehearsal = await rehearse(tutorials, ["Transcode_720p-1:exit=2"]);
    assert.equal(rehearsal.record.status, "FAILED");
    assert.equal(rehearsal.commands.filter(([, name]) => name === "package").length, 0);
    assert.ok(rehearsal.record.jobs.some(({ statusReason }) => statusReason === "Another branch failed."));
  });
});

describe("human approval", () => {
  let asking: Synthesis;
  let trusting: Synthesis;
  before(async () => {
    [asking, trusting] = await Promise.all([
      synthesised({ ...ARGS, approval: { timeoutSeconds: 7200 } }),
      synthesised({ ...ARGS, approval: { timeoutSeconds: 7200, defaultAnswer: "approve" } }),
    ]);
  });
  const status = ({ notices }: Rehearsal): unknown[] => notices.map((notice) => notice["status"]);
  const took = ({ record }: Rehearsal): number => (Date.parse(record.ended!) - Date.parse(record.started)) / 1000;

  it("comes before anything is packaged, and says who gave it", async () => {
    const rehearsal = await rehearse(asking, [], { answer: () => Promise.resolve({ by: "alice" }) });
    assert.deepEqual(status(rehearsal), ["APPROVAL_WANTED", "SUCCEEDED"]);
    assert.equal(rehearsal.notices[1]?.["approvedBy"], "alice");
    const names = statesOf(rehearsal);
    assert.ok(names.indexOf("Ask for Approval") < names.indexOf("Package Video"));
    assert.match(rehearsal.notices[0]?.["token"] as string, /^[\da-f-]{36}$/);
  });

  it("may be refused, which says who and why and publishes nothing", async () => {
    const rehearsal = await rehearse(asking, [], { answer: () => Promise.reject(rejectionError("bob", "Too dark.")) });
    assert.deepEqual(status(rehearsal), ["APPROVAL_WANTED", "FAILED"]);
    const { step, error, cause } = rehearsal.notices[1]!;
    assert.deepEqual(
      [step, error, cause],
      ["Ask for Approval", "VideoRejected", "The video was rejected by bob: Too dark."],
    );
    assert.deepEqual([rehearsal.record.status, rehearsal.record.error], ["FAILED", "VideoRejected"]);
    assert.deepEqual([rehearsal.hasManifest, packaged(rehearsal)], [false, null]);
  });

  it("may be refused without a word, which still is a notice", async () => {
    const causes: unknown[] = [];
    for (const [error, cause] of [["VideoRejected"], [undefined], ["VideoRejected", "{"]]) {
      const rehearsal = await rehearse(asking, [], { answer: () => Promise.reject(new StatesError(error, cause)) });
      assert.deepEqual(status(rehearsal), ["APPROVAL_WANTED", "FAILED"]);
      causes.push(rehearsal.notices[1]?.["cause"]);
    }
    assert.deepEqual(causes, [
      "The video was rejected: no reason was given.",
      "Ask for Approval failed: States.TaskFailed.",
      "The video was rejected: {",
    ]);
  });

  it("is refused when nobody answers in time", async () => {
    const rehearsal = await rehearse(asking, []);
    assert.deepEqual(status(rehearsal), ["APPROVAL_WANTED", "FAILED"]);
    assert.equal(
      rehearsal.notices[1]?.["cause"],
      "The video was rejected: nobody answered within 7200 seconds, and rejection is the default.",
    );
    assert.ok(took(rehearsal) > 7200 && took(rehearsal) < 7400, String(took(rehearsal)));
  });

  it("is given when nobody answers in time, if that is the default", async () => {
    const rehearsal = await rehearse(trusting, []);
    assert.deepEqual(status(rehearsal), ["APPROVAL_WANTED", "SUCCEEDED"]);
    assert.equal(rehearsal.notices[1]?.["approvedBy"], "default: nobody answered within 7200 seconds");
  });

  it("leaves the time for the work as it is", async () => {
    const late = await rehearse(trusting, ["Package Video:kind=stuck"]);
    assert.deepEqual([late.record.status, status(late).at(-1)], ["FAILED", "FAILED"]);
    // An hour for the work, and two for the answer.
    assert.equal(took(late), 3 * 3600);
  });

  for (const kind of ["denied", "throttle"]) {
    it(`that can't be asked for (${kind}) fails the execution with a notice`, async () => {
      const { record, notices, hasManifest } = await rehearse(asking, [`Ask for Approval:kind=${kind}`]);
      assert.deepEqual([record.status, hasManifest, notices.length], ["FAILED", false, 1]);
      assert.equal(notices[0]?.["step"], "Ask for Approval");
    });
  }
});
