import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

import { LADDER_VARIABLE, type Ladder } from "../components/workflow/plan";
import { readDeployment } from "../runner/deployment";
import { loadProgram, synthesiseProgram } from "../runner/program";
import type { RunRecord } from "../runner/record";
import { measure, measureNode, ROOT } from "./child";

const SECONDS = 20;
const HEIGHT = 1080;
const OUT = path.join(ROOT, "out", "bench");

export interface LocalRunResult {
  run: number;
  oneCommand: number;
  /** Seconds of the run in which no job was running. */
  bookkeeping: number;
}

/** The whole pipeline on this machine, against one ffmpeg command that encodes the same ladder from one decode. */
export async function measureLocalRun(): Promise<LocalRunResult> {
  const clip = await makeClip();
  const ladder = await devLadder();
  rmSync(path.join(OUT, "run"), { recursive: true, force: true });
  rmSync(path.join(OUT, "command"), { recursive: true, force: true });
  mkdirSync(path.join(OUT, "command"), { recursive: true });
  const command = await measure("ffmpeg", oneCommand(clip, ladder));
  const run = await measureNode("cli/main.ts", "run", clip, "--stack", "dev", "--out", path.join(OUT, "run"));
  const record = JSON.parse(readFileSync(path.join(OUT, "run", "run.json"), "utf8")) as RunRecord;
  return { run: run.seconds, oneCommand: command.seconds, bookkeeping: run.seconds - busySeconds(record) };
}

async function makeClip(): Promise<string> {
  const clip = path.join(OUT, "clip.mp4");
  if (existsSync(clip)) return clip;
  mkdirSync(OUT, { recursive: true });
  const size = `${(HEIGHT * 16) / 9}x${HEIGHT}`;
  await measure("ffmpeg", [
    ...["-nostdin", "-v", "error", "-y"],
    ...["-f", "lavfi", "-i", `testsrc2=size=${size}:rate=30:duration=${SECONDS},noise=alls=2:allf=t`],
    ...["-f", "lavfi", "-i", `sine=frequency=440:sample_rate=48000:duration=${SECONDS}`],
    ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-g", "60", "-c:a", "aac", clip],
  ]);
  return clip;
}

async function devLadder(): Promise<Ladder> {
  const { batch } = readDeployment(await synthesiseProgram(loadProgram({ directory: ROOT, stack: "dev" })));
  const ladder = batch.jobDefinitions
    .map(({ environment }) => environment[LADDER_VARIABLE])
    .find((value) => value !== undefined);
  if (ladder === undefined) throw new Error("No job definition of the dev stack carries a ladder.");
  return JSON.parse(ladder) as Ladder;
}

/** As a person would write it by hand: split once, scale, encode, fMP4 HLS with a master playlist. */
function oneCommand(clip: string, ladder: Ladder): string[] {
  const renditions = ladder.renditions.filter(({ height }) => height <= HEIGHT);
  const width = (height: number): number => 2 * Math.round((height * 16) / 9 / 2);
  const split = `[0:v]split=${renditions.length}${renditions.map((_, i) => `[s${i}]`).join("")}`;
  const scales = renditions.map(({ height }, i) => `[s${i}]scale=${width(height)}:${height},setsar=1[v${i}]`);
  const video = renditions.flatMap(({ preset, crf, maxBitrateKbps, bitrateKbps }, i) => [
    ...["-map", `[v${i}]`, `-c:v:${i}`, "libx264", `-preset:v:${i}`, preset],
    ...(crf === undefined ? [`-b:v:${i}`, `${bitrateKbps}k`] : [`-crf:v:${i}`, `${crf}`]),
    ...(maxBitrateKbps === undefined
      ? []
      : [`-maxrate:v:${i}`, `${maxBitrateKbps}k`, `-bufsize:v:${i}`, `${2 * maxBitrateKbps}k`]),
  ]);
  const gop = String(30 * ladder.gopSeconds);
  const streams = renditions.map((_, i) => `v:${i},agroup:audio`).concat("a:0,agroup:audio");
  return [
    ...["-nostdin", "-v", "error", "-y", "-i", clip, "-filter_complex", [split, ...scales].join(";")],
    ...video,
    ...["-g", gop, "-keyint_min", gop, "-sc_threshold", "0", "-flags", "+cgop"],
    ...["-map", "0:a", "-c:a", "aac", "-b:a", `${ladder.audio.bitrateKbps}k`, "-ac", `${ladder.audio.channels}`],
    ...["-f", "hls", "-hls_segment_type", "fmp4", "-hls_time", `${ladder.segmentSeconds}`, "-hls_playlist_type", "vod"],
    ...["-var_stream_map", streams.join(" "), "-master_pl_name", "master.m3u8"],
    path.join(OUT, "command", "%v.m3u8"),
  ];
}

/** The length of the union of all attempts. */
function busySeconds({ jobs }: RunRecord): number {
  const spans = jobs
    .flatMap(({ attempts }) => attempts)
    .map(({ started, ended }) => ({ from: Date.parse(started), to: Date.parse(ended ?? started) }))
    .sort((a, b) => a.from - b.from);
  let busy = 0;
  let until = -Infinity;
  for (const { from, to } of spans) {
    busy += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return busy / 1000;
}
