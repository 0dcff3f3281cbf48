import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { chunksOf } from "../../worker/plan/chunks";
import { makeVictims, randomNumbers, writeMutant } from "./mutants";
import type { Outcome } from "./workerProcess";
import { WorkerRuns } from "./workerProcess";

/** A job of a fraction of a second of video that is not done by then hangs. */
const HANGS_AFTER_MS = 30_000;

export type Verdict = "refused" | "made" | "wrong";

/**
 * Gives damaged videos to the worker, one for each seed. Each has to be refused for good, with a sentence, exit code 2 and
 * nothing published; or made as a whole, if enough of it is left. Anything else is wrong. Returns what is.
 */
export async function runMutants(
  bundle: string,
  directory: string,
  seeds: readonly number[],
  onVerdict: (seed: number, verdict: Verdict, sentence: string) => void = () => undefined,
): Promise<string[]> {
  const wrong: string[] = [];
  const victims = await makeVictims(directory);
  const waiting = [...seeds];
  const work = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const victim = victims[seed % victims.length] as string;
      const mutant = join(directory, `mutant-${seed}${victim.slice(victim.lastIndexOf("."))}`);
      await writeMutant(victim, mutant, randomNumbers(seed));
      const worker = new WorkerRuns(bundle, `file://${mutant}`, `file://${mutant}.out`);
      try {
        const { code, lastLine } = await process(worker);
        onVerdict(seed, code === 0 ? "made" : "refused", lastLine);
      } catch (error) {
        wrong.push(`seed ${seed}: ${(error as Error).message}`);
        onVerdict(seed, "wrong", (error as Error).message);
      }
    }
  };
  await Promise.all([work(), work()]);
  return wrong;
}

/** The jobs in their order up to the first that refuses. */
async function process(worker: WorkerRuns): Promise<Outcome> {
  const run = async (args: string[], environment: NodeJS.ProcessEnv = {}): Promise<Outcome> => {
    const { child, outcome } = worker.start(args, environment);
    const timer = setTimeout(() => child.kill("SIGKILL"), HANGS_AFTER_MS);
    const ended = await outcome;
    clearTimeout(timer);
    const { code, lastLine } = ended;
    assert.ok(code === 0 || code === 2, `${args.join(" ")} ended with ${code}: ${lastLine}`);
    if (code === 2) {
      assert.match(lastLine, /^\S.{10,}\.$/, `no sentence: ${lastLine}`);
      assert.ok(!existsSync(worker.path("manifest.json")), "what is refused is not published");
    }
    return ended;
  };
  const looked = await run(["metadata"]);
  if (looked.code !== 0) return looked;
  const plan = await worker.plan();
  for (const { name } of plan.renditions) {
    for (const { part, index } of chunksOf(plan)) {
      const child = { AWS_BATCH_JOB_ARRAY_INDEX: String(index) };
      const encoded = await run(["transcode", "--rendition", name, "--part", String(part)], child);
      if (encoded.code !== 0) return encoded;
    }
  }
  const heard = await run(["audio"]);
  return heard.code === 0 ? run(["package"]) : heard;
}
