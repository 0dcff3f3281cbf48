import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

import { initSegment, outputs } from "../../contract/outputs";
import { type Plan, tracksOf } from "../../contract/plan";
import { findBox } from "../../worker/fmp4/boxes";
import type { InitRecord, SegmentRecord, TrackRecord } from "../../worker/output/record";
import { chunksOf } from "../../worker/plan/chunks";
import type { Media } from "./output";
import { chunkRecord, soundRecord } from "./records";
import { markOf, planOf, RATE, SOUND_ENCODER, VIDEO_ENCODER } from "./video";

/** A directory with everything that packaging finds of a long video, and the file that lists its segments. */
export interface Prepared {
  output: string;
  mediaFile: string;
}

/** All renditions share the records of one, and all audio tracks that of another. */
export function prepare(directory: string, hours: number): Prepared {
  rmSync(directory, { recursive: true, force: true });
  const output = path.join(directory, "output");
  const plan = planOf(hours);
  write(path.join(output, outputs.plan), JSON.stringify(plan));
  const [picture, sound] = inits(directory);
  const media: Media = {};
  const addTrack = (name: string, mark: string, init: Buffer, segments: Record<string, number>): void => {
    write(path.join(output, outputs.segments(name), initSegment(mark)), init);
    media[`file://${output}/${outputs.segments(name)}`] = segments;
  };
  const videoMark = markOf(plan, VIDEO_ENCODER);
  const video = writeChunks(path.join(directory, "chunks"), plan, recordOf(picture));
  mkdirSync(path.join(output, "work"), { recursive: true });
  for (const { name } of plan.renditions) {
    symlinkSync(path.join(directory, "chunks"), path.join(output, "work", name));
    addTrack(name, videoMark, picture, video);
  }
  const soundMark = markOf(plan, SOUND_ENCODER);
  const record = soundRecord(plan, recordOf(sound));
  for (const { name } of tracksOf(plan).filter(({ kind }) => kind === "audio")) {
    write(path.join(output, outputs.audioRecord(name, soundMark)), JSON.stringify(record));
    addTrack(name, soundMark, sound, sizesOf(record.segments));
  }
  const mediaFile = path.join(directory, "media.json");
  write(mediaFile, JSON.stringify(media));
  return { output, mediaFile };
}

function writeChunks(directory: string, plan: Plan, init: InitRecord): Record<string, number> {
  const sizes: Record<string, number> = {};
  const mark = markOf(plan, VIDEO_ENCODER);
  for (const chunk of chunksOf(plan)) {
    const record: TrackRecord = chunkRecord(plan, chunk, init);
    write(path.join(directory, path.basename(outputs.record("any", chunk, mark))), JSON.stringify(record));
    Object.assign(sizes, sizesOf(record.segments));
  }
  return sizes;
}

function sizesOf(segments: readonly SegmentRecord[]): Record<string, number> {
  return Object.fromEntries(segments.map(({ name, bytes }) => [name, bytes]));
}

function recordOf(init: Buffer): InitRecord {
  return { bytes: init.length, sha256: createHash("sha256").update(init).digest("hex") };
}

/** Initialisation segments of a picture and of sound. */
function inits(directory: string): [Buffer, Buffer] {
  const sources = [
    ["color=s=64x64:d=0.1", "-c:v", "libx264"],
    ["sine=r=48000:d=0.1", "-c:a", "aac"],
  ];
  return sources.map(([source = "", ...codec]) => {
    const file = path.join(directory, "init.mp4");
    const fragmented = ["-movflags", "frag_keyframe+empty_moov+default_base_moof", "-f", "mp4", file];
    execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", source, ...codec, ...fragmented]);
    const bytes = readFileSync(file);
    const moov = findBox(bytes, "moov").bytes;
    return bytes.subarray(0, moov.byteOffset - bytes.byteOffset + moov.length);
  }) as [Buffer, Buffer];
}

/**
 * A real file of 24 hours in which every picture is a keyframe: a minute, repeated without encoding it again. Its size on the screen doesn't
 * matter to its index, and small pictures are written in a moment.
 */
export function dayOfKeyframes(directory: string): string {
  const [minute, day] = ["minute.mp4", "day.mp4"].map((name) => path.join(directory, name)) as [string, string];
  const ffmpeg = (...args: string[]): Buffer => execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-y", ...args]);
  const picture = ["-f", "lavfi", "-i", `color=s=64x36:r=${RATE}:d=60`];
  const sound = ["-f", "lavfi", "-i", "anullsrc=r=48000:d=59.9"];
  ffmpeg(...picture, ...sound, "-c:v", "mpeg4", "-g", "1", "-c:a", "aac", minute);
  ffmpeg("-stream_loop", String(24 * 60 - 1), "-i", minute, "-c", "copy", day);
  return day;
}

function write(file: string, content: string | Buffer): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}
