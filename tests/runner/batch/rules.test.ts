import assert from "node:assert/strict";

import { workerExitRules } from "../../../components/jobs/exitRules";
import type { ExitRule } from "../../../runner/batch/api/configuration";
import { planContainer } from "../../../runner/batch/jobs/container";
import { shouldRetry } from "../../../runner/batch/jobs/exitRules";
import { readSubmission } from "../../../runner/batch/api/submission";
import { definition } from "./support";

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

describe("the container of a job", () => {
  const base = definition("job", {
    command: ["worker", "--input", "Ref::input", "--preset", "Ref::preset", "xRef::input", "Ref::missing"],
    environment: { A: "1", B: "2" },
    parameters: { preset: "fast", input: "none" },
  });
  const submit = { JobName: "a", JobQueue: "q", JobDefinition: "job" };

  it("fills in parameters: the submit's over the definition's, whole words only", () => {
    const plan = planContainer(base, readSubmission({ ...submit, Parameters: { input: "file:///a b/'c'.mp4" } }));
    assert.deepEqual(plan.command, [
      "worker",
      "--input",
      "file:///a b/'c'.mp4",
      "--preset",
      "fast",
      "xRef::input",
      "Ref::missing",
    ]);
  });

  it("merges the environment and takes the overrides", () => {
    const plan = planContainer(
      base,
      readSubmission({
        ...submit,
        ContainerOverrides: {
          Command: ["worker", "audio", "Ref::input"],
          Environment: [
            { Name: "B", Value: "3" },
            { Name: "C", Value: "4" },
          ],
          ResourceRequirements: [
            { Type: "VCPU", Value: "0.5" },
            { Type: "MEMORY", Value: "4096" },
          ],
        },
      }),
    );
    assert.deepEqual(plan, {
      command: ["worker", "audio", "none"],
      environment: { A: "1", B: "3", C: "4" },
      vcpus: 0.5,
      memoryMiB: 4096,
      parameters: { preset: "fast", input: "none" },
    });
  });
});

describe("SubmitJob's arguments", () => {
  const valid = { JobName: "a", JobQueue: "q", JobDefinition: "d" };
  const CASES: [unknown, string][] = [
    ["x", 'The request must be an object. Received "x".'],
    [{ ...valid, JobName: undefined }, "JobName is required."],
    [
      { ...valid, Parameters: { input: "x".repeat(30_648) } },
      "A SubmitJob request must have at most 30720 bytes. Received 30724.",
    ],
    [
      { ...valid, JobName: "-a" },
      'JobName must begin with a letter or digit and have at most 128 letters, digits, hyphens and underscores. Received "-a".',
    ],
    [
      { ...valid, JobName: "a b" },
      'JobName must begin with a letter or digit and have at most 128 letters, digits, hyphens and underscores. Received "a b".',
    ],
    [{ ...valid, JobQueue: 1 }, "JobQueue must be a string. Received 1."],
    [
      { ...valid, DependsOn: [] },
      "DependsOn is not supported in a local run. Use only JobName, JobQueue, JobDefinition, Parameters, ContainerOverrides, ArrayProperties, RetryStrategy, Timeout, ShareIdentifier, SchedulingPriorityOverride, Tags, PropagateTags.",
    ],
    [{ ...valid, Parameters: { part: 1 } }, "Parameters.part must be a string. Received 1."],
    [
      { ...valid, ArrayProperties: { Size: 1 } },
      "ArrayProperties.Size must be a whole number, from 2 to 10000. Received 1.",
    ],
    [
      { ...valid, ArrayProperties: { Size: "3" } },
      'ArrayProperties.Size must be a whole number, from 2 to 10000. Received "3".',
    ],
    [
      { ...valid, RetryStrategy: { Attempts: 11 } },
      "RetryStrategy.Attempts must be a whole number, from 1 to 10. Received 11.",
    ],
    [
      { ...valid, Timeout: { AttemptDurationSeconds: 59 } },
      "Timeout.AttemptDurationSeconds must be a whole number, at least 60. Received 59.",
    ],
    [
      { ...valid, ContainerOverrides: { Vcpus: 2 } },
      "ContainerOverrides.Vcpus is not supported in a local run. Use only Command, Environment, ResourceRequirements.",
    ],
    [
      { ...valid, ContainerOverrides: { Environment: [{ Name: "A", Value: 1 }] } },
      "ContainerOverrides.Environment[0].Value must be a string. Received 1.",
    ],
    [
      { ...valid, ContainerOverrides: { Command: "worker" } },
      'ContainerOverrides.Command must be an array. Received "worker".',
    ],
  ];
  for (const [args, message] of CASES) {
    it(message, () => assert.throws(() => readSubmission(args), { name: "BatchClientError", message }));
  }
});
