import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

import type { Ladder } from "../contract/plan";
import { synthesiseProgram } from "../runner/synthesis/evaluation";
import { loadProgram } from "../runner/synthesis/program";
import type { RunRecord } from "../contract/run";
import { measure, measureCli, OUT, ROOT } from "./child";
import { benchClip } from "./clip";
import { ladderOf } from "./ladder";
import { measureRounds, plainRow, ratioRow, type Row } from "./rows";

const SECONDS = 20;

/** Compares the whole pipeline on this machine with one ffmpeg command that decodes once and encodes the same ladder. */
export async function localRun(height: number, rounds: number): Promise<Row[]> {
  const clip = await benchClip(height, SECONDS);
  const ladder = ladderOf(await synthesiseProgram(loadProgram({ directory: ROOT, stack: "dev" })));
  const measured = await measureRounds(rounds, async () => {
    const [run, command] = ["run", "command"].map((name) => path.join(OUT, `${name}-${height}p`)) as [string, string];
    for (const directory of [run, command]) rmSync(directory, { recursive: true, force: true });
    mkdirSync(command, { recursive: true });
    const one = await measure("ffmpeg", oneCommand(clip, height, ladder, command));
    const whole = await measureCli("run", clip, "--stack", "dev", "--out", run);
    const record = JSON.parse(readFileSync(path.join(run, "run.json"), "utf8")) as RunRecord;
    return { whole, one, idle: whole.seconds - busySeconds(record) };
  });
  const renditions = ladder.renditions.filter((rendition) => rendition.height <= height).length;
  const against = "one ffmpeg command with the same ladder";
  const row = (what: string, value: "seconds" | "cpuSeconds"): Row =>
    ratioRow(
      what,
      measured.map(({ whole }) => whole[value]!),
      measured.map(({ one }) => one[value]!),
      against,
    );
  return [
    row(`local run, ${SECONDS} s of ${height}p to ${renditions} renditions, s`, "seconds"),
    ...(measured[0]?.whole.cpuSeconds === undefined ? [] : [row("… of processor time, s", "cpuSeconds")]),
    plainRow(
      "… of which no job was running, s",
      measured.map(({ idle }) => idle),
    ),
  ];
}

/** The command that a person would write by hand: split once, scale, encode, fMP4 HLS with a master playlist. */
function oneCommand(clip: string, height: number, ladder: Ladder, directory: string): string[] {
  const renditions = ladder.renditions.filter((rendition) => rendition.height <= height);
  const width = (lines: number): number => 2 * Math.round((lines * 16) / 9 / 2);
  const split = `[0:v]split=${renditions.length}${renditions.map((_, i) => `[s${i}]`).join("")}`;
  const scales = renditions.map((one, i) => `[s${i}]scale=${width(one.height)}:${one.height},setsar=1[v${i}]`);
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
    path.join(directory, "%v.m3u8"),
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
