import { InputError } from "../../errors/errors";
import type { ReadUpTo } from "../../fmp4/fileBoxes";
import type { MediaTrack } from "../mp4/movie";
import { readTable, type Table } from "../mp4/tables";

/** Empty frames of sound one after the other: silence is encoded too. */
const MOST_EMPTY = 16;

/** What messages call the samples of a track. */
const SAMPLES: Record<MediaTrack["what"], string> = { pictures: "pictures", sound: "frames of sound" };

/**
 * Refuses an MP4 or MOV whose index contradicts itself, as where a sector of a disk became zeros. ffmpeg makes the best of that: hundreds of
 * pictures at one time, or one that stays for minutes, and reports nothing.
 */
export async function assertWholeIndex(
  name: string,
  { read }: { read: ReadUpTo },
  tracks: readonly MediaTrack[],
): Promise<void> {
  for (const track of tracks) {
    const finding = await findContradiction(read, track);
    if (finding === undefined) continue;
    throw new InputError(`${name} has a damaged index: ${finding}; upload or export it again.`);
  }
}

async function findContradiction(read: ReadUpTo, track: MediaTrack): Promise<string | undefined> {
  const sizes = await readTable(read, track, "stsz", { fields: 2, width: 1 });
  const [size = 0, samples = 0] = sizes?.fields ?? [];
  // The index of a movie in fragments may list nothing.
  if (!sizes || samples === 0) return undefined;
  const runs = { fields: 1, width: 2 };
  for (const [type, what] of [
    ["stts", "durations"],
    ["ctts", "display times"],
  ] as const) {
    const listed = await countSamples(await readTable(read, track, type, runs), samples);
    if (listed === undefined) continue;
    return `its table of ${what} (${type}) covers ${count(listed)} ${SAMPLES[track.what]}, and there are ${count(samples)}`;
  }
  for (const [type, what, width] of [
    ["stsc", "chunks", 3],
    ["stss", "keyframes", 1],
  ] as const) {
    const isDamaged = await hasEmptyEntry(await readTable(read, track, type, { fields: 1, width }));
    if (isDamaged) return `its table of ${what} (${type}) has an empty entry`;
  }
  if (size !== 0) return undefined;
  const empty = await (track.what === "sound" ? findSilence(sizes) : findEmptyKeyframe(read, track, sizes));
  return empty === undefined ? undefined : `its table of sizes (stsz) says that ${empty} no bytes`;
}

/**
 * How many samples the runs of a table list, if that can't be right: an empty run, where samples are lacking, or far more than there are.
 * Some encoders list a few less or more, which is harmless.
 */
async function countSamples(table: Table | undefined, samples: number): Promise<number | undefined> {
  if (!table) return undefined;
  let [listed, isEmpty] = [0, table.fields[0] === 0];
  for await (const piece of table.pieces()) {
    for (const [count = 0] of piece) {
      listed += count;
      isEmpty ||= count === 0;
    }
  }
  return (isEmpty && listed < samples) || listed > 2 * samples ? listed : undefined;
}

/** Chunks, samples and descriptions are counted from 1. */
async function hasEmptyEntry(table: Table | undefined): Promise<boolean> {
  if (!table) return false;
  for await (const piece of table.pieces()) {
    for (const entry of piece) if (entry.every((value) => value === 0)) return true;
  }
  return false;
}

async function findSilence(sizes: Table): Promise<string | undefined> {
  let [number, empty] = [0, 0];
  for await (const piece of sizes.pieces()) {
    for (const [size] of piece) {
      number += 1;
      empty = size === 0 ? empty + 1 : 0;
      if (empty === MOST_EMPTY) return `frames of sound from ${number - MOST_EMPTY + 1} on have`;
    }
  }
  return undefined;
}

/**
 * A picture may be empty because nothing changes, but not one that is made from no other, unless it is the second of two samples of which the
 * first has both fields. Without a list of them, all may be keyframes.
 */
async function findEmptyKeyframe(read: ReadUpTo, track: MediaTrack, sizes: Table): Promise<string | undefined> {
  const empty = await findEmpty(sizes);
  const keyframes = empty.size > 0 ? await readTable(read, track, "stss", { fields: 1, width: 1 }) : undefined;
  if (!keyframes) return undefined;
  let before = 0;
  for await (const piece of keyframes.pieces()) {
    for (const [number = 0] of piece) {
      const isBehindWhole = before === number - 1 && before > 0 && !empty.has(before);
      if (empty.has(number) && !isBehindWhole) return `picture ${number}, a keyframe, has`;
      before = number;
    }
  }
  return undefined;
}

/** The numbers of samples that have no bytes. */
async function findEmpty(sizes: Table): Promise<Set<number>> {
  const empty = new Set<number>();
  let number = 0;
  for await (const piece of sizes.pieces()) {
    for (const [size] of piece) {
      number += 1;
      if (size === 0) empty.add(number);
    }
  }
  return empty;
}

function count(samples: number): string {
  return samples.toLocaleString("en-US");
}
