/**
 * `npm run test:day` runs jobs on a day of video at 60 pictures a second, and fails if one needs more memory than half of what a job has by
 * default. Nothing is encoded: records and packets are made up, and media are zeros.
 */
import path from "node:path";

import { build } from "esbuild";

import { measure, OUT, ROOT } from "../child";
import { markdown } from "../rows";
import { prepare } from "./prepare";

const LIMIT_MIB = 512;
/** V8 collects garbage late while its heap may grow. In a container it takes at most half of the memory. */
const HEAP_MIB = LIMIT_MIB / 2;

async function main(): Promise<void> {
  const directory = path.join(OUT, "day");
  const bundle = path.join(directory, "job.cjs");
  const rows: [string, number][] = [];
  for (const hours of [24]) {
    const { output, mediaFile } = prepare(directory, hours);
    await build({
      ...{ entryPoints: [path.join(__dirname, "job.ts")], outfile: bundle, absWorkingDir: ROOT, bundle: true },
      ...{ platform: "node", logLevel: "warning" },
    });
    const options = [`--max-old-space-size=${HEAP_MIB}`, "-r", path.join(ROOT, "bench/peakMemory.cjs")];
    for (const job of ["audio"]) {
      const args = [...options, bundle, job, output, mediaFile];
      const { peakMiB = NaN, seconds } = await measure(process.execPath, args);
      rows.push([`${job}, ${hours} h`, peakMiB]);
      console.log(seconds, rows.at(-1));
    }
  }
  console.log(
    markdown(
      ["", "peak MiB"],
      rows.map(([what, peak]) => [what, peak.toFixed(0)]),
    ),
  );
  const above = rows.filter(([, peak]) => !(peak <= LIMIT_MIB));
  if (above.length > 0) throw new Error(`${above.map(([what]) => what).join(", ")} needed more than ${LIMIT_MIB} MiB.`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
