import type { Damage } from "../../contract/damage";
import type { Plan } from "../../contract/plan";
import { InputError } from "../errors/errors";
import { isContainer } from "../source/ffprobe/isContainer";
import type { ProbeFormat, ProbeStream } from "../source/ffprobe/output";
import { parseTimeBase } from "../source/ffprobe/timeBase";
import type { FrameScan } from "../source/frames/scanFrames";
import { MID_FRAME, type Shortfall } from "../source/refusals/completeness";
import { unreadBytes } from "../source/refusals/unread";
import { missingBytes } from "../source/refusals/truncation";
import { allTags, type BrokenTag, findBrokenTags, joinRanges } from "../source/flv/brokenTags";
import type { Gap } from "../source/frames/holes";
import type { StreamTimes } from "../source/frames/streamTimes";
import { findLostSound } from "../source/transport/lostPackets";
import { nameBrokenClusters } from "./checksumDamage";
import type { DamagedFile, VideoClock } from "./damagedFile";
import { assertAcceptableDamage, type DamageLimit, maxDamagedShareOf } from "./limit";
import { findPartialDamage, nameOverwritten, reportedOf } from "./partialDamage";
import { findScrambledDamage, findScrambledEnd } from "./scrambledDamage";
import { withSpread } from "./spread";
import { countOf, roundToMilliseconds, secondsInto, unionOf } from "./stretches";

/** Seconds between two pictures that are stored in another order than they are shown in, at most. */
const REORDERED = 1;

/** Containers whose header states how long the video is, once it is complete. */
const STATING_LENGTH = ["flv", "matroska", "webm"];

/**
 * What the container shows of damage, before anything is decoded: holes, an end that isn't whole, and where packets lack a part. Refuses a
 * file that is damaged for more than is accepted, or that lacks more at its end than a recorder leaves out that was stopped.
 */
export async function findDamage(
  file: DamagedFile,
  video: ProbeStream,
  scan: FrameScan,
  limit: DamageLimit,
): Promise<Pick<Plan, "damage" | "suspects">> {
  const timeBase = parseTimeBase(video);
  const [numerator, denominator] = timeBase;
  const decodable = scan.keyframes[0] ?? 0;
  const first = scan.held?.from ?? decodable;
  const times = { source: { timeBase }, timeline: { origin: first * numerator, timescale: denominator } };
  const into = (pts: number): number => secondsInto(times, pts);
  const secondsOf = (pts: number): number => (pts * numerator) / denominator;
  const shortfall =
    (await findShortfall(file, scan, numerator / denominator)) ?? (await findScrambledEnd(file, scan, video.index));
  // Where a file ends, pictures are missing that are stored behind one which is shown later.
  const complete = shortfall ? scan.end - (REORDERED * denominator) / numerator : scan.end;
  const broken = await brokenTagsOf(file, scan);
  const reported = reportedOf(scan, broken, video.index);
  const clock = {
    ...{ stream: video.index, into, nextKeyframe: (pts: number) => nextKeyframe(scan, pts) },
    ...{ begins: secondsOf(first), ends: secondsOf(scan.end) },
  };
  const holes = pictureHolesOf(scan, broken)
    // None of those before can be decoded, so that none is shown, nor missed.
    .filter(({ from, to }) => to > decodable && from < complete)
    .map(({ from, to, earliest = from }) => {
      const hole = { fromSeconds: Math.max(0, into(from)), toSeconds: into(to), what: HOLE };
      return withSpread(hole, { from: Math.max(0, into(earliest)), to: into(nextKeyframe(scan, to)) });
    });
  const end = into(scan.end);
  const { pts, duration } = scan.lastStored;
  // A stored picture is repeated up to the end that Ogg states.
  const brokenUntil = statesEnd(file.probed.format) ? Math.max(pts + duration, scan.end) : pts + duration;
  const last = { fromSeconds: into(pts), toSeconds: into(brokenUntil), what: shortfall?.what ?? "" };
  const ending = shortfall ? [endingOf(file.name, shortfall, { end, last }, limit)] : [];
  const beginning = beginningOf(file, scan, into);
  const named = [
    ...beginning,
    ...holes,
    ...(await soundHolesOf(file, scan, broken, clock)),
    ...(await findPartialDamage(file, reported, scan, clock)),
    ...(await findScrambledDamage(file, scan, clock)),
    ...nameOverwritten(scan, clock),
    ...ending,
  ];
  const damage = unionOf([...named, ...nameBrokenClusters(scan, clock, named)]);
  // What precedes the first picture of the video counts too.
  const before = Math.max(0, -(damage[0]?.fromSeconds ?? 0));
  const length = before + Math.max(end, damage.at(-1)?.toSeconds ?? 0);
  const inFile = damage.map((one) => ({
    ...{ fromSeconds: before + one.fromSeconds, toSeconds: before + one.toSeconds, what: one.what },
  }));
  assertAcceptableDamage(file.name, inFile, length, limit);
  const suspects = (reported.get(video.index) ?? []).filter((dts) => dts >= first && dts < scan.end);
  return {
    ...(damage.length > 0 ? { damage: damage.map(sinceBeginning) } : {}),
    ...(suspects.length > 0 ? { suspects } : {}),
  };
}

/** Containers that a recorder writes from the beginning. In others a recording begins anywhere, and what comes before a keyframe is none of it. */
const BEGIN_WHOLE = ["mov", "matroska", "webm", "avi", "mxf"];

/** Pictures before the first keyframe. They are shown before the video begins, unless its sound begins with them. */
function beginningOf(
  { probed: { format } }: DamagedFile,
  { undecodable, keyframes }: FrameScan,
  into: (pts: number) => number,
): Damage[] {
  if (!undecodable || !isContainer(format, BEGIN_WHOLE)) return [];
  const [fromSeconds, toSeconds] = [into(undecodable.from), into(keyframes[0] ?? 0)];
  return [
    {
      fromSeconds,
      toSeconds,
      what: `${countOf(undecodable.pictures, "picture")} before the first keyframe can't be decoded`,
    },
  ];
}

function sinceBeginning({ fromSeconds, toSeconds, what }: Damage): Damage {
  return { fromSeconds: Math.max(0, fromSeconds), toSeconds: Math.max(0, toSeconds), what };
}

const HOLE = "the file has a hole";

/** When the first keyframe from a time on is shown, or the video ends: pictures before it may be made from some that are missing. */
function nextKeyframe({ keyframes, end }: FrameScan, from: number): number {
  for (let index = 0; index < keyframes.length; index++) {
    const keyframe = keyframes[index] as number;
    if (keyframe >= from) return keyframe;
  }
  return end;
}

/**
 * The tags of an FLV that aren't whole: between packets that leave a time out, or anywhere if the demuxer reports that it found one. The
 * last may be cut off with the file, of which more is known.
 */
async function brokenTagsOf(
  { input, probed, sounds, bytes }: DamagedFile,
  { gaps, complains, streamTimes }: FrameScan,
): Promise<BrokenTag[]> {
  if (!isContainer(probed.format, ["flv"])) return [];
  const between = [...gaps, ...streamTimes.soundGaps.of(sounds)].map(({ before, after }) => ({
    from: before,
    to: after,
  }));
  const broken: BrokenTag[] = [];
  for (const range of complains ? [allTags(bytes)] : joinRanges(between)) {
    broken.push(...(await findBrokenTags(input.read, range)));
  }
  return broken.filter(({ to }) => to < bytes);
}

/** Where pictures are missing. */
function pictureHolesOf({ holes, gaps }: FrameScan, broken: readonly BrokenTag[]): Gap[] {
  return gaps.filter((gap) => isBroken(gap, broken) || holes.some(({ from }) => from === gap.from));
}

function isBroken({ before, after }: Pick<Gap, "before" | "after">, broken: readonly BrokenTag[]): boolean {
  return broken.some(({ from, to }) => from < after && to > before);
}

/** Where sound is missing, which is filled with silence. Sound that goes on after the video's end has a broken time. */
async function soundHolesOf(
  { input, probed, sounds, isJoined, isEdited }: DamagedFile,
  { soundGaps, streamTimes }: FrameScan,
  broken: readonly BrokenTag[],
  { begins, ends }: VideoClock,
): Promise<Damage[]> {
  if (isJoined) return [];
  const pauses = streamTimes.soundGaps.of(sounds);
  const counted = isContainer(probed.format, ["mpegts"]) ? await findLostSound(input.read, pauses, !isEdited) : [];
  // MXF has sound in every unit (SMPTE ST 379-1).
  const lacking = isContainer(probed.format, ["mxf"]) ? pauses : pauses.filter((pause) => isBroken(pause, broken));
  return [...new Set([...soundGaps, ...counted, ...lacking])]
    .filter(({ stream, to }) => sounds.includes(stream) && to > begins && to <= ends)
    .map(({ from, to }) => ({
      ...{ fromSeconds: roundToMilliseconds(Math.max(0, from - begins)), toSeconds: roundToMilliseconds(to - begins) },
      what: "the file has a hole in its sound",
    }));
}

/** What the file lacks at its end, as far as its packets, its units and its header tell. */
async function findShortfall(file: DamagedFile, scan: FrameScan, tick: number): Promise<Shortfall | undefined> {
  const { input, probed, bytes } = file;
  const { format } = probed;
  const { shortfall, seconds, streamTimes, complains } = scan;
  if (shortfall && shortfall.seconds > 0) return shortfall;
  const statesLength = isContainer(format, STATING_LENGTH);
  const lacking = statesLength ? Math.max(0, Number(format.duration ?? 0) - seconds) : 0;
  const lost = await unreadBytes(format.format_name, input.read, packetsEndOf(file, streamTimes), bytes);
  if (lost > 0) return { ...UNREAD, seconds: statesEnd(format) ? 0 : lacking || (seconds * lost) / (bytes - lost) };
  const missing = await missingBytes(format.format_name, input.read, bytes);
  if (!shortfall && missing === 0)
    return complains && endsEarly(file, scan) ? { ...EARLY_END, seconds: lacking } : undefined;
  return { ...withEndOfSound(scan, tick), seconds: Math.max(lacking, (seconds * missing) / bytes) };
}

/**
 * Behind what is read. FLV's demuxer takes garbage for a packet of a stream without a codec, or for a long one, so it counts from where the
 * last one begins that is in a stream with a codec.
 */
function packetsEndOf({ probed: { format, streams }, sounds }: DamagedFile, streamTimes: StreamTimes): number {
  if (!isContainer(format, ["flv"])) return streamTimes.end;
  const known = streams.filter(({ codec_name }) => codec_name !== undefined).map(({ index }) => index);
  return streamTimes.lastOf([...known, ...sounds]) + 1;
}

const EARLY_END = {
  sentence: "ends before its header says; upload or export it again.",
  what: "the file ends before its header says",
};

/** Whether pictures and all sound end before the header of a Matroska file says. Encoders round it. */
function endsEarly({ probed: { format } }: DamagedFile, { seconds, streamTimes }: FrameScan): boolean {
  if (!isContainer(format, ["matroska"])) return false;
  const begin = Number(format.start_time ?? 0);
  return (
    Number(format.duration ?? 0) - Math.max(seconds, ...streamTimes.sounds.ends.map((end) => end - begin)) > EARLIER
  );
}

/** Whether the last page of the file says when the last picture ends, however many of those before it are there. */
function statesEnd({ format_name }: ProbeFormat): boolean {
  return format_name === "ogg";
}

const UNREAD = { what: "behind a hole of the file nothing more can be read" };

/** Seconds by which sound may end before the picture, and a file before its header says. */
const EARLIER = 0.25;

/** Sound is stored behind the pictures that it goes with, so it may end long before them. */
function withEndOfSound({ streamTimes, end }: FrameScan, tick: number): Shortfall {
  const earlier = end * tick - Math.min(...streamTimes.sounds.ends);
  return earlier > EARLIER
    ? { ...MID_FRAME, what: `${MID_FRAME.what}, and its sound ${earlier.toFixed(1)} seconds before` }
    : MID_FRAME;
}

function endingOf(
  name: string,
  { sentence, seconds, what, misplaces }: Shortfall,
  { end, last }: { end: number; last: Damage },
  limit: DamageLimit,
): Damage {
  const accepted = maxDamagedShareOf(limit);
  const isMore = misplaces || accepted === 0 || seconds > accepted * (end + seconds);
  if (isMore && sentence !== undefined) throw new InputError(`${name} ${sentence}`);
  // Less than a picture is what headers round.
  return roundToMilliseconds(seconds) >= roundToMilliseconds(last.toSeconds - last.fromSeconds)
    ? { fromSeconds: end, toSeconds: roundToMilliseconds(end + seconds), what }
    : last;
}
