import assert from "node:assert/strict";

import { readSubmission } from "../../../../runner/batch/api/submission";
import { planContainer } from "../../../../runner/batch/jobs/container";
import { definition } from "../support";

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
