import { strict as assert } from "node:assert";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { VideoBatchPipeline } from "../../index";
import { useRepositoryCopy } from "../support/useRepositoryCopy";
import { useRealEngine } from "./useRealEngine";

/** What Pulumi prints of a Node.js program whose arguments are wrong. `languages/` has those in other languages. */
describe("invalid arguments on Pulumi's own engine", () => {
  const engine = useRealEngine();
  const copy = useRepositoryCopy();

  const problems = (name: string): string =>
    [
      `VideoBatchPipeline "${name}" has 2 problems:`,
      "- gopSeconds must be a whole number from 1 to 10. Received 0. 2 is usual.",
      `- tags must have keys of 1 to 128 characters that don't begin with aws:. Received "aws:project". Rename the tag.`,
    ].join("\n");

  it("are listed once, without a dump, and nothing is registered", async () => {
    const directory = path.join(copy().directory, "examples", "tutorial");
    const file = path.join(directory, "index.ts");
    const program = readFileSync(file, "utf8");
    const opening = 'new VideoBatchPipeline("tutorial", {';
    assert.ok(program.includes(opening));
    writeFileSync(file, program.replace(opening, `${opening} gopSeconds: 0, tags: { "aws:project": "archive" },`));
    const stack = await engine().stackIn({ name: "dev", directory });
    const { messages, steps, error } = await stack.preview();
    assert.deepEqual(messages, [`error: ${problems("tutorial")}`]);
    assert.deepEqual(steps, ["create Stack video-batch-pipeline-tutorial-dev"]);
    assert.ok(error);
  });

  it("are listed without a dump by the Automation API too", async () => {
    const program = (): Promise<void> =>
      Promise.resolve(void new VideoBatchPipeline("videos", { gopSeconds: 0, tags: { "aws:project": "archive" } }));
    const stack = await engine().stack({ name: "invalid", program });
    const { messages } = await stack.preview();
    // The Automation API answers with every error of a program and prints it too.
    assert.deepEqual([...new Set(messages)], [`error: ${problems("videos")}`]);
  });
});
