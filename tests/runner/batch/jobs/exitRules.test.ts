import assert from "node:assert/strict";

import { workerExitRules } from "../../../../components/jobs/exitRules";
import type { ExitRule } from "../../../../runner/batch/api/configuration";
import { shouldRetry } from "../../../../runner/batch/jobs/exitRules";

describe("evaluateOnExit", () => {
  const exit = (rule: Omit<ExitRule, "action">): ExitRule => ({ action: "EXIT", ...rule });
  const retry = (rule: Omit<ExitRule, "action">): ExitRule => ({ action: "RETRY", ...rule });
  const ended = "Essential container in task exited";
  const WORKER = workerExitRules("ec2") as ExitRule[];
  const PODS = workerExitRules("eks") as ExitRule[];
  const TABLE: [string, ExitRule[], Parameters<typeof shouldRetry>[1], boolean][] = [
    ["no rule means retry", [], { exitCode: 1, statusReason: ended }, true],
    ["no rule that matches means retry", [exit({ onExitCode: "7" })], { exitCode: 1, statusReason: ended }, true],
    ["an exact code", [exit({ onExitCode: "2" })], { exitCode: 2, statusReason: ended }, false],
    ["an exact code is no prefix", [exit({ onExitCode: "2" })], { exitCode: 22, statusReason: ended }, true],
    ["a glob", [exit({ onExitCode: "13*" })], { exitCode: 137, statusReason: ended }, false],
    ["an absent reason matches *", [exit({ onReason: "*" })], { exitCode: 1, statusReason: ended }, false],
    ["an absent reason matches nothing else", [exit({ onReason: "Out*" })], { exitCode: 1, statusReason: ended }, true],
    ["conditions are ANDed", [exit({ onExitCode: "1", onReason: "Out*" })], { exitCode: 1, statusReason: ended }, true],
    [
      "both hold",
      [exit({ onExitCode: "1", onReason: "Out*" })],
      { exitCode: 1, reason: "OutOfMemoryError: x", statusReason: ended },
      false,
    ],
    [
      "the first match wins",
      [retry({ onExitCode: "1" }), exit({ onExitCode: "*" })],
      { exitCode: 1, statusReason: ended },
      true,
    ],
    ["a reclaimed host", WORKER, { statusReason: "Host EC2 (instance i-1) terminated." }, true],
    ["a bad input", WORKER, { exitCode: 2, statusReason: ended }, false],
    ["a killed process", WORKER, { exitCode: 137, statusReason: ended }, true],
    ["a node of a pod that is gone", PODS, { statusReason: "whatever Kubernetes says" }, true],
    ["a bad input in a pod", PODS, { exitCode: 2, statusReason: ended }, false],
    ["anything else", WORKER, { exitCode: 3, statusReason: ended }, false],
  ];
  for (const [title, rules, facts, expected] of TABLE) {
    it(title, () => assert.equal(shouldRetry(rules, facts), expected));
  }
});
