import * as snippets from "../../../../components/workflow/jsonata/approval";
import { block } from "../../../../components/workflow/jsonata/code";
import { NOTHING, testSnippets } from "./table";

const { answerCommand, approver, bindUntil, describeRejection, isApproved, REJECTION_REASON, TASK_TOKEN } = snippets;

describe("JSONata: approval", () => {
  const context = { Execution: { Id: "arn:execution" }, Task: { Token: "token" } };
  testSnippets<typeof snippets>({
    answerCommand: [
      ["approves", answerCommand("approve"), { states: { context } }, "npx video-batch-pipeline approve arn:execution"],
      ["rejects", answerCommand("reject"), { states: { context } }, "npx video-batch-pipeline reject arn:execution"],
    ],
    TASK_TOKEN: [["the token", TASK_TOKEN, { states: { context } }, "token"]],
    bindUntil: [["a time", block(bindUntil(600), "$until"), {}, "2026-01-01T00:10:00.000Z"]],
    approver: [
      ["a name", approver(), { states: { result: { by: "Ada" } } }, "Ada"],
      ["a number, as text", approver(), { states: { result: { by: 7 } } }, "7"],
      ["nobody", approver(), { states: { result: {} } }, null],
      ["null", approver(), { states: { result: { by: null } } }, null],
      ["an answer that is no object", approver(), { states: { result: "yes" } }, null],
    ],
    isApproved: [
      ["this plan", isApproved("$plan"), { approvedPlan: "0a1b", plan: "0a1b" }, true],
      ["another", isApproved("$plan"), { approvedPlan: "0a1b", plan: "2c3d" }, false],
      ["none", isApproved("$plan"), { approvedPlan: "", plan: "0a1b" }, false],
    ],
    describeRejection: [
      ["a reason", describeRejection("$reason"), { reason: "by Ada: dark." }, "The video was rejected by Ada: dark."],
      ["no reason", describeRejection("$reason"), {}, "The video was rejected: no reason was given."],
      ["null", describeRejection("$reason"), { reason: null }, "The video was rejected: no reason was given."],
      ["an object", describeRejection("$reason"), { reason: { dark: true } }, 'The video was rejected: {"dark":true}'],
      [
        "1,000 characters",
        describeRejection("$reason"),
        { reason: "x".repeat(2000) },
        `The video was rejected: ${"x".repeat(1000)}`,
      ],
    ],
    REJECTION_REASON: [
      ["the cause", REJECTION_REASON, { states: { errorOutput: { Cause: "by Ada." } } }, "by Ada."],
      ["an answer without", REJECTION_REASON, { states: { errorOutput: { Error: "VideoRejected" } } }, NOTHING],
    ],
  });
});
