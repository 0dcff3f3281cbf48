import { strict as assert } from "node:assert";
import * as path from "node:path";

import { synthesiseExample, yamlExample } from "../support/examples";
import { typesAndNames, type Registration } from "../support/engine";
import type { HostedRun } from "../support/pulumiHost";
import { startPlugin, type ComponentPlugin, type Constructed } from "../support/pulumiPlugin";
import { copyRepository, type RepositoryCopy } from "../support/repositoryCopy";
import { goTools } from "./python/generator";
import { installRequirements, runPythonProgram } from "./python/host";
import { requireTools } from "./python/tools";

const COMPONENT = "video-batch-pipeline:index:VideoBatchPipeline";

/** The examples in other languages, with the clone as the package that `pulumi package add ../../plugin` makes of it. */
describe("a program in another language", () => {
  const [{ name, args }] = yamlExample("yaml") as [ReturnType<typeof yamlExample>[number]];
  const declared: Registration = { type: COMPONENT, name, inputs: args as Record<string, unknown> };
  let copy: RepositoryCopy;
  let plugin: ComponentPlugin;
  let children: string[];
  before(async () => {
    copy = copyRepository();
    plugin = await startPlugin(
      path.join(copy.directory, "plugin"),
      path.join(copy.directory, "node_modules", "@pulumi", "pulumi"),
    );
    const { resources } = await synthesiseExample("yaml");
    children = resources.map(({ type, name }) => `${type}::${name}`).sort();
  });
  after(() => {
    plugin?.stop();
    copy?.remove();
  });

  it("in YAML gets from the plugin what its arguments make in TypeScript", async () => {
    const { outputs, registrations } = await plugin.construct(declared);
    assert.deepEqual(typesAndNames(registrations), children);
    assert.equal(outputs["bucketName"], "videos-bucket");
  });

  describe("in Python, with the SDK that Pulumi generates", () => {
    let run: HostedRun;
    const constructed: Constructed[] = [];
    before(async function () {
      this.timeout(1_800_000);
      requireTools(this);
      const { generateSdk, exec } = goTools();
      const directory = path.join(copy.directory, "examples", "python");
      generateSdk(await plugin.schema(), path.join(directory, "sdks", "video-batch-pipeline"));
      installRequirements(directory);
      run = await runPythonProgram({ directory, project: "video-batch-pipeline-python" }, exec, async (component) => {
        const made = await plugin.construct(component);
        constructed.push(made);
        return made.outputs;
      });
    });

    it("ends well", () => {
      assert.deepEqual({ exitCode: run.exitCode, errors: run.errors }, { exitCode: 0, errors: "" });
    });

    it("registers the pipeline with the arguments that the YAML example has", () => {
      const stack = "pulumi:pulumi:Stack";
      assert.deepEqual(run.registrations, [
        { type: stack, name: "video-batch-pipeline-python-dev", inputs: {} },
        declared,
      ]);
    });

    it("gets the same resources, and exports what it reads of them", () => {
      assert.deepEqual(
        constructed.map(({ registrations }) => typesAndNames(registrations)),
        [children],
      );
      assert.deepEqual(run.exports, {
        state_machine_arn: constructed[0]?.outputs["stateMachineArn"],
        bucket_name: "videos-bucket",
        what_destroy_does: constructed[0]?.outputs["whatDestroyDoes"],
      });
    });
  });
});
