/**
 * Kills every job at every moment: `node -r ./scripts/ts-node.cjs tests/worker/killed/everywhere.ts [kills in a row] [s3]`. The output
 * is in a folder, or on an S3 server. Ends with 1 when a file was not whole in between, or the output is another one in the end; its line says where.
 */
import { clipDirectory } from "../../support/clips";
import { buildWorker } from "../workerProcess";
import { JOBS, Kills } from "./kills";
import { Bucket } from "./places";

async function main([inARow = "1", where]: string[]): Promise<void> {
  const { path, remove } = await clipDirectory();
  const bucket = where === "s3" ? await Bucket.start() : undefined;
  let [kills, wrong] = [0, 0];
  try {
    const tested = await Kills.prepare(await buildWorker(path), path, bucket);
    const waiting = JOBS.flatMap((_, job) =>
      Array.from({ length: tested.moments[job]! }, (_, index) => [job, index + 1]),
    );
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [job, moment] = next as [number, number];
        const row = Array.from({ length: Number(inARow) }, (_, index) => Math.max(1, moment - index));
        const what = `${JOBS[job]?.args.join(" ")} at ${row.join(", ")} of ${tested.moments[job]}`;
        try {
          const died = await tested.check(job, row);
          kills += died.length;
          process.stdout.write(`${what}: ${died.join("; ")}\n`);
        } catch (error) {
          wrong += 1;
          process.stdout.write(`${what}: WRONG ${(error as Error).message}\n`);
        }
      }
    };
    await Promise.all([work(), work()]);
  } finally {
    await bucket?.stop();
    await remove();
  }
  process.stdout.write(`${kills} kills, ${wrong} wrong.\n`);
  process.exitCode = wrong > 0 ? 1 : 0;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
