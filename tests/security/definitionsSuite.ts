import { strict as assert } from "node:assert";

import type { StateMachineDefinition } from "../../contract/asl";
import { expressProblems } from "../../runner/stateMachine/express";
import { readStateMachines } from "../../runner/synthesis/deployment";
import { resourcesOfType as ofType } from "../../testing";
import { findings } from "../components/workflow/findings";
import { COMPONENT } from "./encrypted";
import { allPrograms, type Programs } from "./programs";

/** Those of the pipelines themselves are in tests/components/workflow/validators.test.ts, in every shape. */
describe("state machines that programs have beside a pipeline's", () => {
  let programs: Programs;
  before(async () => {
    programs = await allPrograms();
  });

  it("are found right by both validators, and have nothing that Express refuses", async () => {
    const seen: string[] = [];
    for (const [program, synthesis] of programs) {
      const pipelines = ofType(synthesis, COMPONENT).map(({ name }) => `${name}-state-machine`);
      const others = readStateMachines(synthesis).filter(({ name }) => !pipelines.includes(name));
      for (const { name, type = "STANDARD", definition } of others) {
        const machine = `${program}: ${name} ${type}`;
        seen.push(machine);
        assert.deepEqual(await findings(definition as Parameters<typeof findings>[0]), [], machine);
        if (type === "EXPRESS") assert.deepEqual(expressProblems(definition as StateMachineDefinition), [], machine);
      }
    }
    assert.deepEqual(seen.sort(), [
      "example around-the-pipeline: publisher STANDARD",
      "example event-bus: catalogue STANDARD",
      "example express-ingest: ingest EXPRESS",
      ...["ingest EXPRESS", "process STANDARD", "publish EXPRESS", "transcode STANDARD"].map(
        (machine) => `example mediaconvert: ${machine}`,
      ),
    ]);
  });
});
