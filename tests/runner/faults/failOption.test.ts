import assert from "node:assert/strict";

import { parseFaults } from "../../../runner/faults/fault";
import type { TaskStep } from "../../../runner/faults/steps";

describe("--fail", () => {
  const steps: TaskStep[] = [
    { name: "Transcode_720p-1", service: "batch" },
    { name: "Read Plan", service: "s3", reads: true },
    { name: "Done_audio", service: "s3" },
  ];
  const every = { from: 1, to: Infinity };
  const read: [string, object][] = [
    ["Transcode_720p-1", { step: "Transcode_720p-1", kind: "exit", attempts: every, exitCode: 1 }],
    [
      "Transcode_720p-1:attempt=1",
      { step: "Transcode_720p-1", kind: "exit", attempts: { from: 1, to: 1 }, exitCode: 1 },
    ],
    [
      "Transcode_720p-1:attempt=1-2,exit=137,chunk=3",
      { step: "Transcode_720p-1", kind: "exit", attempts: { from: 1, to: 2 }, exitCode: 137, chunk: 3 },
    ],
    ["Read Plan:kind=denied", { step: "Read Plan", kind: "denied", attempts: every, exitCode: 1 }],
  ];
  for (const [text, fault] of read) {
    it(`reads ${text}`, () => assert.deepEqual(parseFaults([text], steps), [{ ...fault, text }]));
  }

  const batch = "exit, attempt-timeout, reclaim, stuck, timeout, throttle, unavailable, denied, stop";
  const wrong: [string, string][] = [
    ["Package Video", "there is no such step. Choose one of: Transcode_720p-1, Read Plan, Done_audio."],
    [
      "Transcode_720p-12",
      "there is no such step. Did you mean Transcode_720p-1? Choose one of: Transcode_720p-1, Read Plan, Done_audio.",
    ],
    [
      "read plan:kind=denied",
      "there is no such step. Did you mean Read Plan? Choose one of: Transcode_720p-1, Read Plan, Done_audio.",
    ],
    ["Transcode_720p-1:often=1", "every setting must be one of kind, attempt, exit, chunk. Received often=1."],
    ["Transcode_720p-1:kind=missing", `kind must be one of ${batch} for this step. Received missing.`],
    [
      "Read Plan:kind=exit",
      "kind must be one of timeout, throttle, unavailable, denied, missing, unreadable, stop for this step. Received exit.",
    ],
    [
      "Done_audio:kind=missing",
      "kind must be one of timeout, throttle, unavailable, denied, stop for this step. Received missing.",
    ],
    ["Transcode_720p-1:attempt=0", "attempt must be a whole number from 1, or a range such as 1-2. Received 0."],
    ["Transcode_720p-1:attempt=3-2", "attempt must be a whole number from 1, or a range such as 1-2. Received 3-2."],
    ["Transcode_720p-1:exit=0", "exit must be a whole number from 1 to 255. Received 0."],
    ["Transcode_720p-1:exit=2,kind=stuck", "exit is valid only with kind=exit. Received kind=stuck."],
    ["Transcode_720p-1:chunk=1,kind=denied", "chunk is valid only for a fault of an attempt. Received kind=denied."],
    ["Transcode_720p-1:chunk=first", "chunk must be a whole number from 0 to 9999. Received first."],
  ];
  for (const [text, sentence] of wrong) {
    it(`refuses ${text}`, () => {
      assert.throws(() => parseFaults([text], steps), { name: "UsageError", message: `--fail ${text}: ${sentence}` });
    });
  }
});
