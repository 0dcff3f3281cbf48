import type { Ladder, Plan, PlanSource } from "../../contract/plan";
import { findDamage } from "../damage/fileDamage";
import type { DamageLimit } from "../damage/limit";
import { makePlan } from "../plan/makePlan";
import { isHdr, sourceColour } from "../source/picture/colour";
import { assertCompatibleBaseLayer } from "../source/refusals/dolbyVision";
import { encryptedError, isEncrypted } from "../source/refusals/encryption";
import { assertSameCodecs, joinRecordings } from "../source/joins/joinRecordings";
import type { Source, SourceObject } from "../source/loopback/source";
import { readFirstFrame } from "../source/picture/firstFrame";
import { scanFrames } from "../source/frames/scanFrames";
import type { StreamTimes } from "../source/frames/streamTimes";
import { firstField, withWholePictures } from "../source/frames/singleFields";
import { readFirstPacket } from "../source/frames/firstPacket";
import { isPackedBitstream } from "../source/frames/isPackedBitstream";
import { assertUnchangedSound } from "../source/refusals/soundChanges";
import { assertDecodableDescriptions } from "../source/refusals/descriptions";
import { assertPlainEdits } from "../source/refusals/edits";
import { assertTimedFragments } from "../source/refusals/timedFragments";
import { ticksLate } from "../source/mp4/lateFragments";
import { assertNoAviHole } from "../source/refusals/aviHole";
import { assertTimedAviSound, measureAviSound } from "../source/refusals/aviSound";
import { assertStoredOrder } from "../source/refusals/orderedChapters";
import { assertPlainTracks } from "../source/refusals/matroskaTracks";
import { assertNoLateSound, assertNoUnknownSound } from "../source/refusals/lateSound";
import { assertAcceptableLength } from "../source/refusals/length";
import { assertConvertible } from "../source/refusals/colour";
import { assertEncodableSizes, tooSmallError } from "../source/refusals/pictureSize";
import { selectVideoStream } from "../source/videoStream";
import { findPictureChanges } from "../source/picture/pictureChanges";
import { withLatePictures, withLateSound } from "../source/lateStreams";
import { selectDecodableSound, type SourceSound } from "../source/decodableSound";
import { listAudioTracks } from "../source/audioTracks";
import { withFrames } from "../source/soundFrames";
import type { Probe, ProbeStream } from "../source/ffprobe/output";
import { findSizes, withPrevailingSize } from "../source/picture/prevailingSize";
import { withLaterPictures } from "../source/picture/laterPictures";
import { apertureOf, findCleanApertures } from "../source/picture/cleanAperture";
import { readPixelCrop, withCrop } from "../source/picture/pixelCrop";
import { probe } from "../source/probe";
import { baseName, quote } from "../storage/uri";
import { describeVideo } from "./describeVideo";
import { secondsShown, withHeldPictures } from "./shownPictures";

/** Enough for a container's header and the beginning of the first picture. */
const HEAD_BYTES = 16_384;

export interface Planned {
  plan: Plan;
  probed: Probe;
}

/** The result of inspecting the video: a plan, or changes to what is read, with which to inspect it again. */
export type Inspection = Planned | { changes: Pick<PlanSource, "apertures" | "edits"> };

/** A video, and how much of it may be damaged. */
export interface InspectedVideo extends DamageLimit {
  input: string;
}

/** Plans what to make of the video, or refuses it. */
export async function inspect(
  wanted: InspectedVideo,
  input: Source,
  stored: SourceObject,
  ladder: Ladder,
): Promise<Inspection> {
  const name = quote(baseName(wanted.input));
  const head = await input.read(0, HEAD_BYTES);
  const { edits: known = [], apertures = [] } = stored;
  // Before anything of the descriptions is hidden.
  await assertDecodableDescriptions(name, input, head);
  await assertTimedFragments(name, input, head);
  await assertPlainEdits(name, input, head);
  const visible = await findCleanApertures(input, head);
  if (visible.length > 0) return { changes: { apertures: visible } };
  const { probed, stated, fields, packed } = await readStreams(input, stored, name, head);
  const [scan, { shapes, marks = [], sizes = [] }, heard, late] = await Promise.all([
    scanFrames({ input, probed, video: stated, name, packed, gopSeconds: ladder.gopSeconds, edits: known }).catch(
      (error: unknown) => {
        // The cause rather than what comes of it.
        assertSameCodecs({ input, probed, video: stated, name });
        throw error;
      },
    ),
    findPictureChanges(input, probed, stated, name),
    measureAviSound(input, probed, name),
    ticksLate(name, input, head, stated),
  ]);
  const { streamTimes, skips, laterMovie } = scan;
  await assertNoAviHole(name, probed, stated, scan, input.read);
  assertTimedAviSound(name, heard, streamTimes.spanOf);
  assertNoUnknownSound(name, probed, streamTimes);
  const edits = await joinRecordings({
    ...{ input, probed, video: stated, name, times: streamTimes, skips, laterMovie, edits: known },
  });
  if (edits) return { changes: { edits: [...known, edits] } };
  // What reads an MP4 has all of its index in memory, so that one follows another.
  const grown = await findSizes(input, probed, stated, name);
  const sized = withPrevailingSize(stated, fields ? [] : [...sizes, ...grown], scan.end);
  const crop = apertureOf(apertures, sized) ?? (await readPixelCrop(input.read, probed, sized));
  const video = crop ? withCrop(sized, crop) : sized;
  const sound = await selectSound(input, { probed, video, streamTimes }, name, ladder);
  const taken = sound.tracks.slice(0, ladder.audio.maxTracks);
  const index = withHeldPictures({ ...scan, late: scan.late || late }, video, taken);
  const isJoined = known.flat().some(({ ticks }) => ticks !== undefined);
  const file = {
    ...{ input, probed, bytes: stored.bytes, name, sounds: taken.map(({ stream }) => stream) },
    ...{ isJoined, isEdited: known.length > 0 },
  };
  const damage = await findDamage(file, video, index, wanted);
  assertAcceptableLength(name, { ...scan, seconds: secondsShown(index, video) }, ladder);
  const colour = sourceColour(
    video,
    isHdr(video) ? await readFirstFrame(input, video, scan.packetsToKeyframe, name) : [],
  );
  assertConvertible(name, colour);
  const planSource: PlanSource = {
    ...{ uri: wanted.input, ...stored },
    ...describeVideo({ ...probed, frames: [...(probed.frames ?? []), ...marks] }, video, index),
    audioStreams: sound.tracks,
    ...(colour ? { colour } : {}),
    ...(scan.recordings.length > 0 ? { recordings: [...scan.recordings] } : {}),
    ...(packed ? { packed } : {}),
    ...(fields ? { fields } : {}),
    ...(crop ? { crop } : {}),
    ...(shapes ? { shapes } : {}),
  };
  const plan = { ...makePlan(planSource, index, ladder, sound.missing), ...damage };
  if (plan.renditions.length === 0) throw tooSmallError(name, plan.source, ladder.renditions);
  assertEncodableSizes(name, plan);
  // Last, because it reads all of the sound, and beside nothing else that holds the index of an MP4.
  await assertUnchangedSound(input, probed, name, taken);
  return { plan, probed };
}

interface Streams {
  probed: Probe;
  /** The video as its container states it, in whole pictures. */
  stated: ProbeStream;
  fields: PlanSource["fields"];
  packed: boolean;
}

/** The streams as ffprobe finds them, also where that takes more than a look at the beginning. */
async function readStreams(input: Source, { bytes }: SourceObject, name: string, head: Buffer): Promise<Streams> {
  const opened = await withLatePictures(input, await probe(input, name, head), name);
  if (isEncrypted(opened, head)) throw encryptedError(name);
  await assertPlainTracks(name, opened, input.read);
  await assertStoredOrder(name, opened, input.read);
  const selected = selectVideoStream(name, opened);
  await assertNoLateSound(name, opened, input.read, bytes);
  const probed = await withLaterPictures(input, opened, selected, name);
  const fields = firstField(probed, selected);
  const stated = fields ? withWholePictures(selected) : selected;
  assertCompatibleBaseLayer(name, stated);
  const readMarks = async (): Promise<Buffer> => Buffer.concat([head, await readFirstPacket(input, stated, name)]);
  const packed = await isPackedBitstream(probed, stated, readMarks);
  return { probed, stated, fields, packed };
}

async function selectSound(
  input: Source,
  { probed, video, streamTimes }: { probed: Probe; video: ProbeStream; streamTimes: StreamTimes },
  name: string,
  { audio: { maxTracks } }: Ladder,
): Promise<SourceSound> {
  const heard = await withLateSound(input, probed, name, (stream) => streamTimes.positionOf(stream));
  const listed = listAudioTracks(heard, video).map((track) => withFrames(track, heard, streamTimes));
  return selectDecodableSound({ input, probed, firstTimestamps: streamTimes.first, name }, video, listed, maxTracks);
}
