/**
 * Random kinds of sources, each measured as in the tests: `node -r ./scripts/ts-node.cjs tests/worker/exactness/wide.ts
 * [count] [first seed]`. Exits with 1 if one of them is not exact; its line names the seed and the difference.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";

import { clipDirectory } from "../../support/clips";
import { assertExact } from "./check";
import { randomSource } from "./randomSource";

async function main([count = "100", first = "1"]: string[]): Promise<void> {
  const { path, remove } = await clipDirectory();
  let wrong = 0;
  try {
    for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
      const { source, ladder } = randomSource(seed);
      const output = join(path, `out-${seed}`);
      const problem = await assertExact(source, path, output, ladder).catch((error: unknown) => String(error));
      if (problem !== undefined) wrong += 1;
      process.stdout.write(`${seed} ${problem ?? "exact"} ${source.name}\n`);
      await rm(output, { recursive: true, force: true });
    }
  } finally {
    await remove();
  }
  process.stdout.write(`${count} sources, ${wrong} wrong.\n`);
  process.exitCode = wrong > 0 ? 1 : 0;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
