import { rmSync } from "node:fs";
import path from "node:path";

import type { VideoBatchPipelineArgs } from "../index";
import { runPipeline } from "../runner/run";
import { OUT, ROOT } from "./child";
import { LONG_SECONDS, longClip } from "./clip";
import { pipelineOf } from "./pipeline";
import { measureRounds, ratioRow, type Row } from "./rows";

const CHUNKS = 10;

/** Compares ten chunks of a source with one chunk, for one rendition, on this machine. */
export async function chunks(rounds: number): Promise<Row[]> {
  const clip = await longClip();
  const measured = await measureRounds(rounds, async () => ({
    one: await secondsOf(clip, LONG_SECONDS),
    many: await secondsOf(clip, LONG_SECONDS / CHUNKS),
  }));
  return [
    ratioRow(
      `${CHUNKS} chunks, ${LONG_SECONDS} s of 1080p, s`,
      measured.map(({ many }) => many),
      measured.map(({ one }) => one),
      "1 chunk",
    ),
  ];
}

async function secondsOf(video: string, chunkSeconds: number): Promise<number> {
  const args: VideoBatchPipelineArgs = {
    renditions: [{ name: "1080p", height: 1080, preset: "veryfast" }],
    queues: [{ name: "only", priority: 1 }],
    parts: [{ queue: "only" }],
    chunkSeconds,
  };
  const outDir = path.join(OUT, "chunks");
  rmSync(outDir, { recursive: true, force: true });
  const synthesis = await pipelineOf(args);
  const started = performance.now();
  const workerBundle = path.join(ROOT, "worker", "dist", "worker.cjs");
  const { status, jobs, cause } = await runPipeline({ synthesis, video, outDir, workerBundle });
  const seconds = (performance.now() - started) / 1000;
  if (status !== "SUCCEEDED") throw new Error(`The run in ${chunkSeconds}-second chunks ended ${status}: ${cause}`);
  const encodes = jobs.filter(({ name, attempts }) => name.includes("1080p") && attempts.length > 0).length;
  const wanted = LONG_SECONDS / chunkSeconds;
  if (encodes !== wanted) throw new Error(`There were ${encodes} chunks instead of ${wanted}.`);
  return seconds;
}
