import assert from "node:assert/strict";
import { PassThrough } from "node:stream";

import { until } from "../../support/until";
import { createAnswer, type ApprovalOptions, userName } from "../../../cli/options/approval";

const NOTICE = {
  time: 0,
  topic: "arn:aws:sns:x:1:t",
  message: "{}",
  email: "clip.mp4 waits for approval.",
  attributes: {},
};

/** Answers the notice on a terminal with the typed lines, one line for each question. `ahead` is typed before the first one. */
function ask(options: ApprovalOptions, typed: string[] = [], { isTTY = true, ahead = "" } = {}) {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const stderr = Object.assign(new PassThrough().setEncoding("utf8"), { isTTY });
  const abort = new AbortController();
  stdin.write(ahead);
  let pauses = 0;
  let shown = "";
  stderr.on("data", (text: string) => {
    shown += text;
    const line = /(\[y\/n\]|Reason:) $/.test(shown) ? typed.shift() : undefined;
    if (line !== undefined) stdin.write(`${line}\n`);
  });
  const answer = createAnswer(options, { stdout: stderr, stderr }, () => (pauses += 1), stdin);
  return { answer: answer(NOTICE, abort.signal), abort, stdin, shown: () => shown, pauses: () => pauses };
}

const refused = (cause: string) => ({ error: "VideoRejected", cause });

describe("the answer of a run that asks for approval", () => {
  it("comes from the options, without a question", async () => {
    const approved = ask({ approve: true });
    assert.deepEqual(await approved.answer, { by: "--approve" });
    assert.equal(approved.pauses(), 0);
    await assert.rejects(ask({ reject: "Too dark." }).answer, refused("by --reject: Too dark."));
    await assert.rejects(ask({ reject: true }).answer, refused("by --reject."));
  });

  for (const line of ["y", "YES"]) {
    it(`is yes if the person at the terminal types ${line}`, async () => {
      const { answer, shown, pauses } = ask({}, [line]);
      assert.deepEqual(await answer, { by: userName() });
      // The terminal's control codes are between the lines.
      assert.match(shown(), /^\nclip\.mp4 waits for approval\.\n.*Publish it\? \[y\/n\] /s);
      assert.equal(pauses(), 1);
    });
  }

  it("is no if the person at the terminal types n, with the reason", async () => {
    await assert.rejects(ask({}, ["no", "Too dark."]).answer, refused(`by ${userName()}: Too dark.`));
    await assert.rejects(ask({}, ["N", ""]).answer, refused(`by ${userName()}.`));
  });

  it("is neither yes nor no if the person types anything else, and the question comes again", async () => {
    const { answer, shown } = ask({}, ["", "maybe", "nope", "y"]);
    assert.deepEqual(await answer, { by: userName() });
    assert.equal(shown().split("Type y to publish it, or n to reject it.\n").length, 4);
  });

  it("is not what was typed before the question", async () => {
    const { answer, shown } = ask({}, ["y"], { ahead: "\nn\nnever mind\nn" });
    assert.deepEqual(await answer, { by: userName() });
    assert.equal(shown().split("Publish it?").length, 2);
  });

  it("is the pipeline's default if the person closes the input", async () => {
    const { answer, shown, stdin, abort } = ask({});
    await until(() => shown().includes("[y/n] "), shown);
    stdin.end();
    await until(
      () => shown().includes("Nobody answered: the pipeline's default answer applies when the time is up.\n"),
      shown,
    );
    const none = Symbol("none");
    assert.equal(await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 20, none))]), none);
    abort.abort();
  });

  it("leaves it to Ctrl-C to stop the run", async () => {
    const { shown, stdin, abort, answer } = ask({});
    await until(() => shown().includes("[y/n] "), shown);
    const stopped = new Promise((resolve) => process.once("SIGINT", resolve));
    stdin.write("\x03");
    assert.equal(await stopped, "SIGINT");
    abort.abort();
    await assert.rejects(answer, { name: "AbortError" });
  });

  it("does not exist without a terminal, or when the time is up", async () => {
    const { answer, shown } = ask({}, ["y"], { isTTY: false });
    const none = Symbol("none");
    assert.equal(await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 50, none))]), none);
    assert.equal(shown(), "");
    const late = ask({});
    late.abort.abort(new Error("The time is up."));
    await assert.rejects(late.answer, { name: "AbortError" });
  });
});
