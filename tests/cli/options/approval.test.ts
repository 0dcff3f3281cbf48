import assert from "node:assert/strict";
import { PassThrough } from "node:stream";

import { createAnswer, type ApprovalOptions, userName } from "../../../cli/options/approval";

const NOTICE = {
  time: 0,
  topic: "arn:aws:sns:x:1:t",
  message: "{}",
  email: "clip.mp4 waits for approval.",
  attributes: {},
};

/** Answers the notice on a terminal with the typed lines, one line for each question. */
function ask(options: ApprovalOptions, typed: string[] = [], isTTY = true) {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const stderr = Object.assign(new PassThrough().setEncoding("utf8"), { isTTY });
  const abort = new AbortController();
  let pauses = 0;
  let shown = "";
  stderr.on("data", (text: string) => {
    shown += text;
    const line = /(\[y\/N\]|Reason:) $/.test(shown) ? typed.shift() : undefined;
    if (line !== undefined) stdin.write(`${line}\n`);
  });
  const answer = createAnswer(options, { stdout: stderr, stderr }, () => (pauses += 1), stdin);
  return { answer: answer(NOTICE, abort.signal), abort, shown: () => shown, pauses: () => pauses };
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
      assert.match(shown(), /^\nclip\.mp4 waits for approval\.\n.*Publish it\? \[y\/N\] /s);
      assert.equal(pauses(), 1);
    });
  }

  it("is no if the person at the terminal types anything else, with the reason", async () => {
    await assert.rejects(ask({}, ["", "Too dark."]).answer, refused(`by ${userName()}: Too dark.`));
    await assert.rejects(ask({}, ["n", ""]).answer, refused(`by ${userName()}.`));
  });

  it("does not exist without a terminal, or when the time is up", async () => {
    const { answer, shown } = ask({}, ["y"], false);
    const none = Symbol("none");
    assert.equal(await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 50, none))]), none);
    assert.equal(shown(), "");
    const late = ask({});
    late.abort.abort(new Error("The time is up."));
    await assert.rejects(late.answer, { name: "AbortError" });
  });
});
