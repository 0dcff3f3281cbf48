import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { DOCUMENTS } from "../documents/commands";
import { ROOT } from "../inventory/inventory";
import { copyRepository } from "../support/repositoryCopy";
import { startRealEngine } from "./realEngine";

/** Every line that runs Pulumi, with the `cd` lines before it in its block, and every whole command within the text. */
function commandsIn(document: string): string[] {
  const commands: string[] = [];
  let block: string[] | undefined;
  for (const line of readFileSync(path.join(ROOT, document), "utf8").split("\n")) {
    if (line.startsWith("```")) block = block ? undefined : [];
    else if (!block) commands.push(...[...line.matchAll(/`(npx pulumi [^`]+)`/g)].map(([, command]) => command!));
    else if (/^cd \S+$/.test(line)) block.push(line);
    else commands.push(...pulumiIn(line).map((command) => [...block!, command].join(" && ")));
  }
  return commands;
}

function pulumiIn(line: string): string[] {
  const within = [...line.matchAll(/\$\((npx pulumi [^)]+)\)/g)].map(([, command]) => command!);
  return /^(npx )?pulumi /.test(line) ? [line] : within;
}

describe("the commands of the documents, as they stand", () => {
  const documents = DOCUMENTS.map((document) => [document, commandsIn(document)] as const);

  for (const [document, commands] of documents.filter(([, found]) => found.length > 0)) {
    it(`${document}: ${commands.length}`, async function () {
      const engine = await startRealEngine(this);
      const copy = copyRepository();
      try {
        // A document about the configuration of a stack begins with one.
        const makesStack = commands.some((command) => command.includes("pulumi stack init"));
        for (const command of [...(makesStack ? [] : ["npx pulumi stack init dev"]), ...commands]) {
          const { status, stdout, stderr } = await engine.shell(command, { cwd: copy.directory });
          assert.equal(status, 0, `${command}\n${stdout}\n${stderr}`);
        }
        assert.deepEqual(engine.account.refused, []);
        const deployed = commands.some((command) => / up /.test(command));
        const destroyed = commands.some((command) => / destroy /.test(command));
        assert.equal(engine.account.all("aws:sfn/stateMachine:StateMachine").length > 0, deployed && !destroyed);
      } finally {
        engine.stop();
        copy.remove();
      }
    });
  }
});
