import { strict as assert } from "node:assert";

import { readProject } from "../../support/projectFile";
import { useRepositoryCopy } from "../../support/useRepositoryCopy";
import { assertGone, assertNothingWrong } from "../assertions";
import { useRealEngine } from "../useRealEngine";
import type { EngineStack } from "../stack";
import { Example, stepsOfProgram } from "./example";

export interface Language {
  name: string;
  /** The example's folder. */
  example: string;
  /** Installs what only this language needs, and gives variables for the commands. Skips the suite without it. */
  install: (test: { skip: () => void }) => NodeJS.ProcessEnv;
  /** Two edits of the program: a height of 30, and a tag whose key begins with aws:. */
  mistakes: { file: string; edits: [from: string, to: string][] };
  /** The names of the example's outputs in this language. */
  outputs: { stateMachineArn: string; bucketName: string; whatDestroyDoes: string };
}

/** The example retains it. */
const STORAGE = /^aws:s3\//;

/** An example in another language, by the commands of its README, from nothing to nothing. */
export function describeLanguage({ name, example: folder, install, mistakes, outputs }: Language): void {
  describe(`a program in ${name} on Pulumi's own engine`, () => {
    const engine = useRealEngine();
    const copy = useRepositoryCopy();
    let example: Example;
    let stack: EngineStack;
    let env: NodeJS.ProcessEnv;
    before(function () {
      env = install(this);
      example = new Example(engine(), copy(), folder);
    });

    it("adds the package by the commands of its README, which write what the example has", async () => {
      const files = example.files();
      const { packages } = readProject(example.directory);
      await example.prepare(env);
      // The CLI writes Pulumi.yaml in its own style.
      assert.deepEqual(readProject(example.directory).packages, packages);
      assert.deepEqual({ ...example.files(), "Pulumi.yaml": "" }, { ...files, "Pulumi.yaml": "" });
    });

    it("deploys what its arguments make in TypeScript", async () => {
      stack = await example.stack();
      const expected = await example.expectedSteps();
      assert.ok(expected.includes("create StateMachine videos-state-machine"));
      for (const operation of ["preview", "up"] as const) {
        const done = await stack[operation]();
        assert.equal(done.error, undefined);
        assert.deepEqual(stepsOfProgram(done.steps), expected, operation);
        if (operation === "up") checkOutputs(done.outputs);
      }
    });

    function checkOutputs(values: Record<string, unknown>): void {
      const [bucket] = engine().account.all("aws:s3/bucket:Bucket");
      assert.deepEqual(values, {
        [outputs.stateMachineArn]: engine().account.all("aws:sfn/stateMachine:StateMachine")[0]?.id,
        [outputs.bucketName]: bucket?.id,
        [outputs.whatDestroyDoes]: `pulumi destroy leaves the bucket ${bucket?.id} in AWS, with everything in it.`,
      });
    }

    it("has nothing to change after that", async () => {
      const { error, steps } = await stack.preview();
      assert.deepEqual({ error, steps }, { error: undefined, steps: [] });
    });

    it("lists invalid arguments, each once", async () => {
      const { messages } = await example.with(mistakes.file, mistakes.edits, () => stack.preview());
      const [first, ...others] = messages;
      assert.equal(
        first,
        [
          `error: video-batch-pipeline:index:VideoBatchPipeline resource 'videos' has a problem: VideoBatchPipeline "videos" has 2 problems:`,
          "- renditions[1].height must be an even number of pixels from 64 to 4,320. Received 30. Video with 4:2:0 colour has even sizes only: use a height such as 720.",
          `- tags must have keys of 1 to 128 characters that don't begin with aws:. Received "aws:project". Rename the tag.`,
        ].join("\n"),
      );
      // After a component's error the engine answers the program too. Where that comes before it stops it, Python prints the answer.
      for (const other of others) assert.match(other, /\nException: resource monitor shut down$/);
    });

    it("is destroyed, but for what it leaves on purpose", async () => {
      assert.equal((await stack.destroy()).error, undefined);
      assertGone(engine().account, readProject(example.directory).name, STORAGE);
      assertNothingWrong(engine().account);
    });
  });
}
