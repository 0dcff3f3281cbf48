/**
 * `npm run bench [-- NAME…] [--rounds N]` prints measurements as Markdown. It measures both sides of every ratio in turn in
 * the same run.
 */
import { availableParallelism, loadavg } from "node:os";
import { parseArgs } from "node:util";

import { chunks } from "./chunks";
import { curve } from "./curve";
import { evaluation } from "./evaluation";
import { imports } from "./imports";
import { languages } from "./languages";
import { localRun } from "./localRun";
import { preview } from "./preview";
import { source } from "./source";
import { markdown, type Row } from "./rows";

const RATIOS: Record<string, (rounds: number) => Promise<Row[]>> = {
  "imports": imports,
  "evaluation": evaluation,
  "preview": preview,
  "local": (rounds) => localRun(1080, rounds),
  "local-4k": (rounds) => localRun(2160, rounds),
  "chunks": chunks,
  "source": source,
  "languages": languages,
};
const NAMES = [...Object.keys(RATIOS), "curve"];

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: "string", default: "3" } },
  });
  const rounds = Number(values.rounds);
  const wanted = positionals.length === 0 ? NAMES : positionals;
  const unknown = wanted.filter((name) => !NAMES.includes(name));
  if (unknown.length > 0) throw new Error(`The benchmarks are ${NAMES.join(", ")}. Received ${unknown.join(", ")}.`);
  if (!(Number.isInteger(rounds) && rounds > 0))
    throw new Error(`--rounds must be at least 1. Received ${values.rounds}.`);
  const load = loadavg()[0]!.toFixed(1);
  const rows: Row[] = [];
  for (const name of wanted.filter((one) => one in RATIOS)) {
    process.stderr.write(`${name} …\n`);
    rows.push(...(await RATIOS[name]!(rounds)));
  }
  if (rows.length > 0) {
    console.log(
      markdown(
        ["", "measured", "against", "ratio"],
        rows.map(({ what, measured, against, ratio }) => [what, measured, against, ratio]),
      ),
    );
    console.log(
      `\nMedians of ${rounds} rounds on ${availableParallelism()} cores, with a load of ${load} at the start.\n`,
    );
  }
  if (wanted.includes("curve")) {
    process.stderr.write("curve …\n");
    console.log(await curve());
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
