import assert from "node:assert/strict";

import { clipDirectory } from "../../support/clips";
import { randomNumbers } from "../mutants";
import { buildWorker } from "../workerProcess";
import { FIRST, JOBS, Kills } from "./kills";

/** One of each command, and of those that take away what another ladder left. Each at all of its moments: `everywhere.ts`. */
const KILLED = JOBS.filter(({ args: [command], ladder }, index) => {
  const last = JOBS.findLastIndex(({ args, ladder: same }) => args[0] === command && same === ladder);
  return index === last && (ladder === FIRST || command === "metadata" || command === "package");
});

describe("jobs that are killed without warning", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  it("at any moment, and again, and run once more, leave the same bytes, and until then whole files only", async () => {
    const kills = await Kills.prepare(await buildWorker(path), path);
    const random = randomNumbers(7);
    const moment = (job: number): number => 1 + Math.floor(random() * (kills.moments[job] as number));
    for (const [index, killed] of KILLED.entries()) {
      const job = JOBS.indexOf(killed);
      const died = await kills.check(job, index % 2 === 0 ? [moment(job)] : [moment(job), moment(job)]);
      assert.ok(died.length > 0, killed.args.join(" "));
    }
  });
});
