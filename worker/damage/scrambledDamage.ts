import type { Damage } from "../../contract/damage";
import { isContainer } from "../source/ffprobe/isContainer";
import type { FrameScan } from "../source/frames/scanFrames";
import type { Shortfall } from "../source/refusals/completeness";
import { findScrambled, scrambledBytesBehind } from "../source/transport/lostPackets";
import type { DamagedFile, VideoClock } from "./damagedFile";
import { withSpread } from "./spread";
import { roundToMilliseconds } from "./stretches";

/** Names the times in which a transport stream has pictures and sound that are scrambled, which its demuxer passes over without a word. */
export async function findScrambledDamage(
  { input, probed, sounds, isJoined }: DamagedFile,
  { gaps, streamTimes }: FrameScan,
  { begins, ends, into, nextKeyframe }: VideoClock,
): Promise<Damage[]> {
  if (!isContainer(probed.format, ["mpegts"])) return [];
  const pictures = (await findScrambled(input.read, gaps)).map(({ from, to }) => {
    const stretch = { fromSeconds: Math.max(0, into(from)), toSeconds: into(to), what: "pictures are scrambled" };
    return withSpread(stretch, { from: stretch.fromSeconds, to: into(nextKeyframe(to)) });
  });
  // Sound between joined recordings isn't where its times say.
  const pauses = isJoined ? [] : await findScrambled(input.read, streamTimes.soundGaps.of(sounds));
  const sound = pauses.map(({ from, to }) => ({
    fromSeconds: roundToMilliseconds(Math.max(0, from - begins)),
    toSeconds: roundToMilliseconds(Math.min(ends, to) - begins),
    what: "the sound is scrambled",
  }));
  return [...pictures, ...sound].filter(({ fromSeconds, toSeconds }) => toSeconds > fromSeconds);
}

/** What a transport stream lacks at its end because all pictures behind its last one are scrambled. */
export async function findScrambledEnd(
  { input, probed, bytes }: DamagedFile,
  { streamTimes, seconds }: FrameScan,
  video: number,
): Promise<Shortfall | undefined> {
  if (!isContainer(probed.format, ["mpegts"])) return undefined;
  const scrambled = await scrambledBytesBehind(input.read, streamTimes.lastOf([video]), bytes);
  if (scrambled === 0) return undefined;
  return { what: "its end is scrambled", seconds: (seconds * scrambled) / (bytes - scrambled) };
}
