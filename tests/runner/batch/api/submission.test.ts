import assert from "node:assert/strict";

import { readSubmission } from "../../../../runner/batch/api/submission";

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
      "DependsOn isn't supported in a local run. Use only JobName, JobQueue, JobDefinition, Parameters, ContainerOverrides, ArrayProperties, RetryStrategy, Timeout, ShareIdentifier, SchedulingPriorityOverride, Tags, PropagateTags.",
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
      "ContainerOverrides.Vcpus isn't supported in a local run. Use only Command, Environment, ResourceRequirements.",
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
