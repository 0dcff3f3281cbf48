import { strict as assert } from "node:assert";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { useRepositoryCopy } from "../support/useRepositoryCopy";
import type { Printed } from "./realEngine";
import { useRealEngine } from "./useRealEngine";
import type { EngineStack } from "./stack";

const ROOT = path.resolve(__dirname, "../..");

/** The configuration of a stack, set by the CLI, which stores it in other forms than the ones in which people write it. */
describe("a stack's configuration on Pulumi's own engine", () => {
  const engine = useRealEngine();
  const copy = useRepositoryCopy();
  let stack: EngineStack;
  before(async function () {
    stack = await engine().stackIn({ name: "configured", directory: copy().directory });
  });
  beforeEach(() => {
    const file = path.join(copy().directory, "Pulumi.configured.yaml");
    writeFileSync(file, "config:\n  aws:region: us-east-1\n");
  });

  const pulumi = (directory: string, ...args: string[]): Promise<Printed> =>
    engine().cli([...args, "--stack", "configured"], { cwd: directory });
  const set = async (...args: string[]): Promise<void> => {
    const { status, stderr } = await pulumi(copy().directory, "config", "set", ...args);
    assert.equal(status, 0, stderr);
  };

  it("is what the commands of docs/configuration.md set", async () => {
    for (const args of documentedCommands()) await set(...args);
    await set("--secret", "--path", "jobs.features.roleArn", "arn:aws:iam::123456789012:role/features");
    await set("gopSeconds", "3");
    const { error, steps } = await stack.preview();
    assert.equal(error, undefined);
    assert.deepEqual(
      steps.filter((step) => / (JobQueue|StateMachine) /.test(step)),
      ["create JobQueue videos-high-queue", "create StateMachine videos-state-machine"],
    );
  });

  it("is refused with everything that is wrong, by key and with the command that was meant", async () => {
    await set("quues", "x");
    await set("tags.team", "video");
    await set("parts", "[{queue: high}]");
    await set("enableDash", "yes");
    await set("--path", "jobs.transcode.vcpus", "two");
    await set("--secret", "--path", "storage.protect", "true");
    const { messages } = await stack.preview();
    assert.deepEqual(messages, [
      [
        'error: video-batch-pipeline:parts must be JSON when it is set as text. Received "[{queue: high}]". Put names and texts in double quotes, or set each value with `pulumi config set --path`.',
        "video-batch-pipeline:quues must not be configured: there is no argument of this name. Did you mean video-batch-pipeline:queues?",
        "video-batch-pipeline:storage must not be secret: it decides which resources exist, so it can't be hidden. Set its secret values again with `pulumi config set --path … --plaintext`.",
        "video-batch-pipeline:tags.team must not be a key, because it is a path into video-batch-pipeline:tags. Set it again with `pulumi config set --path 'tags.team'`, and remove the key with `pulumi config rm 'tags.team'`.",
        'video-batch-pipeline:enableDash must be true or false. Received "yes". Write true or false, without quotes.',
        'video-batch-pipeline:jobs.transcode.vcpus must be a number. Received "two". Write it without quotes.',
      ].join("\n"),
    ]);
  });

  it("takes no JSON for a key that a program declares as a list, as docs/configuration.md says", async () => {
    const directory = path.join(copy().directory, "examples", "consumer");
    assert.equal((await engine().cli(["stack", "init", "configured"], { cwd: directory })).status, 0);
    assert.equal((await pulumi(directory, "config", "set", "editors", '["team@example.com"]')).status, 0);
    const refused = await pulumi(directory, "preview");
    assert.match(refused.stderr, /configuration key 'editors' must be of type 'array<string>'/);
  });
});

/** Without `npx pulumi config set`. */
function documentedCommands(): string[][] {
  const text = readFileSync(path.join(ROOT, "docs", "configuration.md"), "utf8");
  const commands = [...text.matchAll(/^npx pulumi config set (.*)$/gm)].map(([, args = ""]) => args);
  assert.ok(commands.length > 5);
  return commands.map((args) => [...args.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word = ""]) => quoted ?? word));
}
