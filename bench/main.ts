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

const RATIOS: Record<string, [what: string, measure: (rounds: number) => Promise<Row[]>]> = {
  "imports": ["importing the component against the Pulumi modules that it needs", imports],
  "evaluation": ["evaluating the program of dev against importing its packages", evaluation],
  "preview": ["`pulumi preview` of dev against a program with one bucket", preview],
  "local": ["a run of 1080p on this machine against one ffmpeg command", (rounds) => localRun(1080, rounds)],
  "local-4k": ["the same of 4k", (rounds) => localRun(2160, rounds)],
  "chunks": ["ten chunks of a video against one", chunks],
  "source": ["reading a source through the worker against ffmpeg alone", source],
  "languages": ["previews of programs in YAML and Python against one bucket", languages],
};
const NAMES = [...Object.keys(RATIOS), "curve"];

const HELP = `Usage: npm run bench [-- NAME… [--rounds N]]

Measures on this machine and prints Markdown. Without a name it measures everything.

${Object.entries(RATIOS)
  .map(([name, [what]]) => `  ${name.padEnd(12)}${what}`)
  .join("\n")}
  curve       an hour of video with more and more vCPUs, on the virtual clock

  --rounds N  rounds of each measurement, of which the medians count (default: 3)
  --help      print this help`;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: "string", default: "3" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) return console.log(HELP);
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
    rows.push(...(await RATIOS[name]![1](rounds)));
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
