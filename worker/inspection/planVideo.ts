import type { Ladder, Plan, PlanSource } from "../../contract/plan";
import { findDamage } from "../damage/fileDamage";
import type { DamageLimit } from "../damage/limit";
import { makePlan } from "../plan/makePlan";
import type { Source, SourceObject } from "../source/loopback/source";
import type { StreamTimes } from "../source/frames/streamTimes";
import { withCorrectedFrames } from "../source/sound/correctedFrames";
import { assertUnchangedSound } from "../source/refusals/soundChanges";
import { assertAcceptableLength } from "../source/refusals/length";
import { assertEncodableSizes, tooSmallError } from "../source/refusals/pictureSize";
import { withLateSound } from "../source/lateStreams";
import { selectDecodableSound, type SourceSound } from "../source/decodableSound";
import { listAudioTracks } from "../source/audioTracks";
import { withFrames, withJitter } from "../source/soundFrames";
import type { Probe, ProbeStream } from "../source/ffprobe/output";
import type { FrameScan } from "../source/frames/scanFrames";
import type { PictureChanges } from "../source/picture/pictureChanges";
import { withPrevailingSize } from "../source/picture/prevailingSize";
import { apertureOf } from "../source/picture/cleanAperture";
import { readPixelCrop, withCrop } from "../source/picture/pixelCrop";
import { describeColours } from "./describeColours";
import { describeVideo } from "./describeVideo";
import { lengthShown, withHeldPictures } from "./shownPictures";
import type { Streams } from "./readStreams";

/** A video, and how much of it may be damaged. */
export interface InspectedVideo extends DamageLimit {
  input: string;
}

interface Inspected {
  wanted: InspectedVideo;
  input: Source;
  stored: SourceObject;
  /** The file's name in messages. */
  name: string;
}

/** What reading the whole video has shown. */
interface Found extends Streams, PictureChanges {
  scan: FrameScan;
}

/** Plans what to make of a video that has been read, or refuses it. */
export async function planVideo(
  { wanted, input, stored, name }: Inspected,
  { probed, stated, fields, packed, shapes, marks = [], sizes = [], colours, scan }: Found,
  ladder: Ladder,
): Promise<Plan> {
  const { apertures = [], edits = [] } = stored;
  const sized = withPrevailingSize(stated, fields ? [] : sizes, scan.end);
  const crop = apertureOf(apertures, sized) ?? (await readPixelCrop(input.read, probed, sized));
  const video = crop ? withCrop(sized, crop) : sized;
  const sound = await selectSound(input, { probed, video, streamTimes: scan.streamTimes }, name, ladder);
  const taken = await withCorrectedFrames(
    ...([input, probed, name, sound.tracks.slice(0, ladder.audio.maxTracks), scan.streamTimes.uneven] as const),
  );
  const index = withHeldPictures(scan, video, taken);
  const file = {
    ...{ input, probed, bytes: stored.bytes, name, sounds: taken.map(({ stream }) => stream) },
    ...{ isJoined: edits.flat().some(({ ticks }) => ticks !== undefined), isEdited: edits.length > 0 },
  };
  const damage = await findDamage(file, video, index, wanted);
  assertAcceptableLength(name, lengthShown(index, video), ladder);
  const coded = await describeColours(input, video, scan, colours, name);
  const planSource: PlanSource = {
    ...{ uri: wanted.input, ...stored },
    ...describeVideo({ ...probed, frames: [...(probed.frames ?? []), ...marks] }, video, index),
    audioStreams: [...taken, ...sound.tracks.slice(taken.length)],
    ...coded,
    ...(scan.recordings.length > 0 ? { recordings: [...scan.recordings] } : {}),
    ...(packed ? { packed } : {}),
    ...(fields ? { fields } : {}),
    ...(crop ? { crop } : {}),
    ...(shapes ? { shapes } : {}),
  };
  const plan = {
    ...makePlan(planSource, { ...index, ...(colours ? { colours } : {}) }, ladder, sound.missing),
    ...damage,
  };
  if (plan.renditions.length === 0) throw tooSmallError(name, plan.source, ladder.renditions);
  assertEncodableSizes(name, plan);
  // Last, because it reads all of the sound, and beside nothing else that holds the index of an MP4.
  await assertUnchangedSound(input, probed, name, taken);
  return plan;
}

async function selectSound(
  input: Source,
  { probed, video, streamTimes }: { probed: Probe; video: ProbeStream; streamTimes: StreamTimes },
  name: string,
  { audio: { maxTracks } }: Ladder,
): Promise<SourceSound> {
  const heard = await withLateSound(input, probed, name, (stream) => streamTimes.positionOf(stream));
  const listed = listAudioTracks(heard, video).map((track) =>
    withJitter(withFrames(track, heard, streamTimes), streamTimes),
  );
  return selectDecodableSound({ input, probed, firstTimestamps: streamTimes.first, name }, video, listed, maxTracks);
}
