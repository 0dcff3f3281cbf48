/**
 * Damaged videos by the hundred: `node -r ./scripts/ts-node.cjs tests/worker/fuzz.ts [count] [first seed]`. Ends with 1
 * when one of them is neither refused for good nor made as a whole; its line names the seed and says how.
 */
import { clipDirectory } from "../support/clips";
import type { Verdict } from "./mutantRuns";
import { runMutants } from "./mutantRuns";
import { buildWorker } from "./workerProcess";

async function main([count = "300", first = "1"]: string[]): Promise<void> {
  const { path, remove } = await clipDirectory();
  const verdicts: Record<Verdict, number> = { refused: 0, made: 0, wrong: 0 };
  try {
    const seeds = Array.from({ length: Number(count) }, (_, index) => Number(first) + index);
    await runMutants(await buildWorker(path), path, seeds, (seed, verdict, sentence) => {
      verdicts[verdict] += 1;
      process.stdout.write(`${seed} ${verdict} ${sentence}\n`);
    });
  } finally {
    await remove();
  }
  process.stdout.write(`${verdicts.refused} refused, ${verdicts.made} made, ${verdicts.wrong} wrong.\n`);
  process.exitCode = verdicts.wrong > 0 ? 1 : 0;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
