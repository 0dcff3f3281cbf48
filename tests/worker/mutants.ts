import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { makeClip } from "../support/clips";

/** Small videos in the containers that people have, to be damaged. */
export async function makeVictims(directory: string): Promise<string[]> {
  const small = { width: 64, height: 36, seconds: 0.4, sound: true };
  return Promise.all([
    makeClip(join(directory, "front.mp4"), { ...small, output: ["-movflags", "+faststart"] }),
    makeClip(join(directory, "fragments.mp4"), { ...small, output: ["-movflags", "frag_keyframe+empty_moov"] }),
    makeClip(join(directory, "victim.mkv"), small),
    makeClip(join(directory, "victim.ts"), small),
    makeClip(join(directory, "victim.avi"), { ...small, video: ["-c:v", "mpeg4"] }),
  ]);
}

/** The same numbers for the same seed, on every machine (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Damages a file in a few places: bits, stretches, numbers, an early end, or something that comes twice. */
export async function writeMutant(victim: string, target: string, random: () => number): Promise<void> {
  let bytes = Buffer.from(await readFile(victim));
  const below = (limit: number): number => Math.floor(random() * limit);
  // Half of the damage goes where the headers are.
  const place = (): number => below(random() < 0.5 ? Math.min(2000, bytes.length) : bytes.length);
  for (let count = 1 + below(6); count > 0; count--) {
    const at = place();
    const length = below(Math.min(400, bytes.length - at));
    switch (below(6)) {
      case 0:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
        break;
      case 1:
        bytes.fill(below(256), at, at + length);
        break;
      case 2:
        if (at + 4 <= bytes.length) bytes.writeUInt32BE([0, 1, 0x7fffffff, 0xffffffff][below(4)] as number, at);
        break;
      case 3:
        bytes = bytes.subarray(0, Math.max(1, at));
        break;
      case 4:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
        break;
      default:
        bytes = Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    }
    if (bytes.length === 0) bytes = Buffer.alloc(1);
  }
  await writeFile(target, bytes);
}
