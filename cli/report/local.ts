import { outputs } from "../../contract/outputs";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import type { Deployment } from "../../runner/synthesis/deployment";
import type { RunRecord } from "../../contract/run";
import type { Layout } from "../../view/diagram/layout";
import { outline } from "../../view/outline/outline";
import { reportPage } from "../../view/report/page";
import { mediaOf, planOf } from "../../view/report/report";
import { readFeatures } from "./features";
import type { RunFiles } from "./files";

export function reportFile(directory: string): string {
  return path.join(directory, "report.html");
}

/** Writes `report.html` into the folder of a run and returns its path. It computes the layout of the state machine if none is given. */
export async function writeReport(
  { directory, output, link }: RunFiles,
  run: RunRecord,
  { stateMachine, batch }: Deployment,
  layout?: Layout,
): Promise<string> {
  const media = mediaOf(await output.json(outputs.manifest));
  const page = await reportPage(
    {
      run,
      machine: outline(stateMachine.definition),
      priorities: Object.fromEntries(batch.queues.map(({ name, priority }) => [name, priority])),
      ...(media ? { media } : {}),
      plan: planOf(await output.json(outputs.plan)),
      start: run.start,
      resumed: run.continues !== undefined,
      features: await readFeatures(output, link),
      links: { ...(link === undefined ? {} : { output: link }), log: encodeURI },
    },
    { now: Date.now(), ...(media ? { hls: hlsPlayer() } : {}), ...(layout ? { layout } : {}) },
  );
  const file = reportFile(directory);
  writeFileSync(`${file}.tmp`, page);
  renameSync(`${file}.tmp`, file);
  return file;
}

function hlsPlayer(): string {
  return readFileSync(createRequire(__filename).resolve("hls.js/dist/hls.min.js"), "utf8");
}
