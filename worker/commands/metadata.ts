import type { Ladder, Plan, PlanSource, SourceAudio } from "../../contract/plan";
import { InputError } from "../errors/errors";
import { readInventory } from "../ffmpeg/inventory";
import type { ProgressReport } from "../ffmpeg/progress";
import { assertSupported } from "../ffmpeg/version";
import { findDamage } from "../damage/fileDamage";
import { claimOutput } from "../publish/claim";
import { announcePlayable } from "../publish/early/announce";
import { publishFinished } from "../publish/early/finished";
import { writeOrder } from "../order/writeOrder";
import { readLadder } from "../plan/ladder";
import { makePlan } from "../plan/makePlan";
import { isHdr, sourceColour } from "../source/picture/colour";
import { assertCompatibleBaseLayer } from "../source/refusals/dolbyVision";
import { displaySize } from "../source/picture/displaySize";
import { encryptedError, isEncrypted } from "../source/refusals/encryption";
import { joinRecordings } from "../source/joins/joinRecordings";
import { type Source, type SourceObject, withSource } from "../source/loopback/source";
import { readFirstFrame } from "../source/picture/firstFrame";
import { determineFrameRate } from "../source/frames/frameRate";
import { type FrameScan, scanFrames } from "../source/frames/scanFrames";
import { holdPictures } from "../source/frames/heldPictures";
import { firstField, withWholePictures } from "../source/frames/singleFields";
import { describeFields } from "../source/frames/isInterlaced";
import { readFirstPacket } from "../source/frames/firstPacket";
import { isPackedBitstream } from "../source/frames/isPackedBitstream";
import { assertNoAviHole } from "../source/refusals/aviHole";
import { assertNoLateSound, assertNoUnknownSound } from "../source/refusals/lateSound";
import { assertAcceptableLength } from "../source/refusals/length";
import { assertConvertible } from "../source/refusals/colour";
import { assertEncodableSizes, tooSmallError } from "../source/refusals/pictureSize";
import { selectVideoStream } from "../source/videoStream";
import { findPictureChanges } from "../source/picture/pictureChanges";
import { withLatePictures, withLateSound } from "../source/lateStreams";
import { selectDecodableSound } from "../source/decodableSound";
import { listAudioTracks } from "../source/audioTracks";
import { withFrames } from "../source/soundFrames";
import type { Probe, ProbeStream } from "../source/ffprobe/output";
import { parseTimeBase } from "../source/ffprobe/timeBase";
import { findSizes, withPrevailingSize } from "../source/picture/prevailingSize";
import { withLaterPictures } from "../source/picture/laterPictures";
import { apertureOf, findCleanApertures } from "../source/picture/cleanAperture";
import { readPixelCrop, withCrop } from "../source/picture/pixelCrop";
import { rotationOf } from "../source/picture/rotation";
import { probe } from "../source/probe";
import { baseName, quote } from "../storage/uri";
import type { Job, Stores } from "./job";
import { assertMet, needsOfPlan } from "./needs";

/** Enough for a container's header and the beginning of the first picture. */
const HEAD_BYTES = 16_384;

/** Inspects the video, plans what to make of it, and orders what is still to be made. */
export async function metadata(job: Job, { source, target }: Stores, report: ProgressReport): Promise<void> {
  const ladder = readLadder(process.env);
  const name = quote(baseName(job.input));
  // Runs while the storage is asked.
  const ffmpeg = readInventory();
  // eslint-disable-next-line no-restricted-syntax -- it is awaited below
  ffmpeg.catch(() => undefined);
  const stored = await source.stat(job.input);
  if (!stored) throw new InputError(`${name} was not found at ${job.input}; check the URI.`);
  if (stored.bytes === 0) throw new InputError(`${name} is empty: it has 0 bytes; upload it again.`);

  assertSupported((await ffmpeg).banner);
  const look = (object: SourceObject): Promise<Inspection> =>
    withSource(source, job.input, object, (input) => inspect(job, input, object, ladder));
  let object: SourceObject = stored;
  let found = await look(object);
  while ("changes" in found) {
    object = { ...object, ...found.changes };
    found = await look(object);
  }
  const { plan, probed } = found;
  const output = await claimOutput(target, job.output, plan, metadataText(plan.source, probed));
  // Work by hand needs no order.
  if (job.batchJob !== undefined) {
    const { todo } = await writeOrder(output, job.batchJob, ladder);
    await announcePlayable(output, await output.guard(() => publishFinished(output, todo)), { video: job, report });
  }
  report.update(1);
}

interface Planned {
  plan: Plan;
  probed: Probe;
}

/** The result of inspecting the video: a plan, or changes to what is read, with which to inspect it again. */
type Inspection = Planned | { changes: Pick<PlanSource, "apertures" | "edits"> };

/** Plans what to make of the video, or refuses it. */
async function inspect(job: Job, input: Source, stored: SourceObject, ladder: Ladder): Promise<Inspection> {
  const name = quote(baseName(job.input));
  const head = await input.read(0, HEAD_BYTES);
  const { edits: known = [], apertures = [] } = stored;
  const visible = await findCleanApertures(input, head);
  if (visible.length > 0) return { changes: { apertures: visible } };
  const opened = await withLatePictures(input, await probe(input, name, head), name);
  if (isEncrypted(opened, head)) throw encryptedError(name);
  const selected = selectVideoStream(name, opened);
  await assertNoLateSound(name, opened, input.read, stored.bytes);
  const probed = await withLaterPictures(input, opened, selected, name);
  const fields = firstField(probed, selected);
  const stated = fields ? withWholePictures(selected) : selected;
  assertCompatibleBaseLayer(name, stated);
  const readMarks = async (): Promise<Buffer> => Buffer.concat([head, await readFirstPacket(input, stated, name)]);
  const packed = await isPackedBitstream(probed, stated, readMarks);
  const [scan, { shapes, marks = [] }, sizes] = await Promise.all([
    scanFrames({ input, probed, video: stated, name, packed, gopSeconds: ladder.gopSeconds }),
    findPictureChanges(input, probed, stated, name),
    findSizes(input, stated, name),
  ]);
  const { streamTimes, skips, laterMovie } = scan;
  await assertNoAviHole(name, probed, stated, scan, input.read);
  assertNoUnknownSound(name, probed, streamTimes);
  const edits = await joinRecordings({
    ...{ input, probed, video: stated, name, times: streamTimes, skips, laterMovie, edits: known },
  });
  if (edits) return { changes: { edits: [...known, edits] } };
  const sized = withPrevailingSize(stated, sizes, scan.end);
  const crop = apertureOf(apertures, sized) ?? (await readPixelCrop(input.read, probed, sized));
  const video = crop ? withCrop(sized, crop) : sized;
  const decoding = { input, probed, firstTimestamps: streamTimes.first, name };
  const { maxTracks } = ladder.audio;
  const heard = await withLateSound(input, probed, name, (stream) => streamTimes.positionOf(stream));
  const listed = listAudioTracks(heard, video).map((track) => withFrames(track, heard, streamTimes));
  const sound = await selectDecodableSound(decoding, video, listed, maxTracks);
  const taken = sound.tracks.slice(0, maxTracks);
  const index = withHeldPictures(scan, video, taken);
  const isJoined = known.flat().some(({ ticks }) => ticks !== undefined);
  const file = { input, probed, bytes: stored.bytes, name, sounds: taken.map(({ stream }) => stream), isJoined };
  const damage = await findDamage(file, video, index, job);
  assertAcceptableLength(name, { ...scan, seconds: secondsShown(index, video) }, ladder);
  const colour = sourceColour(
    video,
    isHdr(video) ? await readFirstFrame(input, video, scan.packetsToKeyframe, name) : [],
  );
  assertConvertible(name, colour);
  const planSource: PlanSource = {
    ...{ uri: job.input, ...stored },
    ...describeVideo({ ...probed, frames: [...(probed.frames ?? []), ...marks] }, video, index),
    audioStreams: sound.tracks,
    ...(colour ? { colour } : {}),
    ...(packed ? { packed } : {}),
    ...(fields ? { fields } : {}),
    ...(crop ? { crop } : {}),
    ...(shapes ? { shapes } : {}),
  };
  const plan = { ...makePlan(planSource, index, ladder, sound.missing), ...damage };
  if (plan.renditions.length === 0) throw tooSmallError(name, plan.source, ladder.renditions);
  assertEncodableSizes(name, plan);
  await assertMet(needsOfPlan(plan, ladder));
  return { plan, probed };
}

type VideoDescription = Omit<PlanSource, "uri" | "audioStreams" | keyof SourceObject>;

/** Shows pictures as long as one of these audio tracks is heard. */
function withHeldPictures(scan: FrameScan, video: ProbeStream, sound: readonly SourceAudio[]): FrameScan {
  const [numerator, denominator] = parseTimeBase(video);
  const pictures = { first: scan.keyframes[0] as number, end: scan.end, ticksPerSecond: denominator / numerator };
  const held = holdPictures(
    pictures,
    scan.streamTimes.sounds,
    sound.map(({ stream }) => stream),
  );
  return { ...scan, ...(held ? { held } : {}) };
}

function secondsShown({ keyframes, end, held }: FrameScan, video: ProbeStream): number {
  const [numerator, denominator] = parseTimeBase(video);
  const first = keyframes[0] as number;
  return (((held?.until ?? end) - (held?.from ?? first)) * numerator) / denominator;
}

function describeVideo(probed: Probe, video: ProbeStream, scan: FrameScan): VideoDescription {
  const [numerator, denominator] = parseTimeBase(video);
  const first = scan.keyframes[0] as number;
  const turn = rotationOf(video);
  const seconds = (ticks: number): number => (ticks * numerator) / denominator;
  return {
    timeBase: [numerator, denominator],
    videoStream: video.index,
    durationSeconds: secondsShown(scan, video),
    frames: scan.total,
    // Between the first and the last frame lie one fewer intervals than frames.
    frameRate: determineFrameRate(
      [video.avg_frame_rate, video.r_frame_rate],
      scan.total - 1,
      seconds(scan.last - first),
    ),
    ...displaySize(video),
    ...(scan.times ? { times: scan.times } : {}),
    ...describeFields(probed, video),
    ...(turn ? { turn } : {}),
  };
}

/** For people: the source as in the plan, and everything that ffprobe reported except the path that it read. */
function metadataText(source: PlanSource, { format, streams, chapters }: Probe): string {
  const described = Object.fromEntries(Object.entries(format).filter(([member]) => member !== "filename"));
  return `${JSON.stringify({ version: 1, source, format: described, streams, chapters }, null, 2)}\n`;
}
