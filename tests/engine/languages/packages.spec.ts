import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import schema from "../../../components/schema.json";
import { useRepositoryCopy } from "../../support/useRepositoryCopy";
import { useRealEngine } from "../useRealEngine";

const ROOT = path.resolve(__dirname, "../../..");

describe("the package, as Pulumi's commands see it in the root of the repository", () => {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { version: string };
  const engine = useRealEngine();
  const copy = useRepositoryCopy();

  const run = async (...args: string[]): Promise<string> => {
    const { status, stdout, stderr } = await engine().cli([...args, "--color", "never"], { cwd: copy().directory });
    assert.equal(status, 0, stderr);
    return stdout;
  };

  it("has a component with arguments and outputs", async () => {
    // It prints bold names without colours too.
    const bold = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");
    const lines = (await run("package", "info", "./plugin")).replace(bold, "").split("\n");
    assert.ok(lines.includes("Resource: video-batch-pipeline:index:VideoBatchPipeline"));
    for (const name of ["renditions", "stateMachineArn"])
      assert.ok(lines.some((line) => line.startsWith(` - ${name} (`)));
  });

  it("has the published schema", async () => {
    const printed = JSON.parse(await run("package", "get-schema", "./plugin")) as Record<string, unknown>;
    const { name, resources, types } = schema;
    // The CLI leaves out what says nothing.
    const expected = JSON.parse(
      JSON.stringify({ name, version, resources, types }, (key, value: unknown) =>
        (key === "optional" && value === true) || isEmpty(value) ? undefined : value,
      ),
    ) as unknown;
    assert.deepEqual(
      Object.fromEntries(["name", "version", "resources", "types"].map((key) => [key, printed[key]])),
      expected,
    );
  });
});

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
