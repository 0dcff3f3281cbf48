import type { PlanSource, SourceColour } from "../../contract/plan";
import { InputError } from "../errors";
import { inventory } from "../ffmpeg/inventory";
import type { ProgressReport } from "../ffmpeg/progress";
import { assertSupported } from "../ffmpeg/version";
import { claimOutput } from "../publish/claim";
import { readLadder } from "../plan/ladder";
import { makePlan } from "../plan/makePlan";
import { isHdr, sourceColour } from "../source/picture/colour";
import { assertDecodable } from "../source/refusals/assertDecodable";
import { displaySize } from "../source/picture/displaySize";
import type { ReadRange } from "../source/refusals/truncation";
import { endsInTheMiddle } from "../source/refusals/truncation";
import { isEncrypted } from "../source/refusals/encryption";
import { firstFrame } from "../source/picture/firstFrame";
import { frameRate } from "../source/frames/frameRate";
import type { FrameScan } from "../source/frames/frameCounter";
import { scanFrames } from "../source/frames/scanFrames";
import { isInterlaced } from "../source/frames/isInterlaced";
import { isPacked } from "../source/frames/isPackedBitstream";
import { chooseVideo, encrypted, tooSmall } from "../source/videoStream";
import { changingShapes } from "../source/picture/aspectRatioChanges";
import { soundTracks } from "../source/audioTracks";
import type { Probe } from "../source/ffprobe/output";
import { timeBaseOf } from "../source/ffprobe/timeBase";
import { turnOf } from "../source/picture/rotation";
import { probe } from "../source/probe";
import type { StoredObject } from "../storage/storage";
import { baseName, quoted } from "../storage/uri";
import type { Job, Stores } from "./job";
import { assertMet, needsOfPlan } from "./needs";

/** Enough for a container's header and the beginning of its first picture. */
const HEAD_BYTES = 16_384;

/** Looks the video over, and decides what is made of it. */
export async function metadata(job: Job, { source, target }: Stores, report: ProgressReport): Promise<void> {
  const ladder = readLadder(process.env);
  const name = quoted(baseName(job.input));
  // It says so while the storage is asked.
  const ffmpeg = inventory();
  ffmpeg.catch(() => undefined);
  const stored = await source.stat(job.input);
  if (!stored) throw new InputError(`${name} was not found at ${job.input}.`);
  if (stored.bytes === 0) throw new InputError(`${name} is empty: it has 0 bytes.`);

  const input = await source.mediaInput(job.input);
  const head = await source.readRange(job.input, 0, Math.min(stored.bytes, HEAD_BYTES));
  assertSupported((await ffmpeg).banner);
  const probed = await probe(input, name, head);
  if (isEncrypted(probed, head)) throw encrypted(name);
  const video = chooseVideo(name, probed);
  const read: ReadRange = (start, length) => source.readRange(job.input, start, length);
  if (await endsInTheMiddle(probed.format.format_name, read, stored.bytes)) {
    throw new InputError(`${name} is cut off: it ends in the middle of a frame.`);
  }
  const [scan, shapes] = await Promise.all([
    scanFrames(input, probed, video, name, ladder.gopSeconds),
    changingShapes(input, probed, video, name),
  ]);
  const sound = soundTracks(probed).slice(0, ladder.audio.maxTracks);
  await assertDecodable(input, probed, [video.index, ...sound.map(({ stream }) => stream)], scan, name);
  const colour = sourceColour(video, isHdr(video) ? await firstFrame(input, video, scan.packetsToKeyframe, name) : []);
  const described = describe(job.input, name, stored, probed, scan, colour);
  const packed = isPacked(probed, video, head) ? { packed: true as const } : {};
  const plan = makePlan({ ...described, ...packed, ...(shapes ? { shapes } : {}) }, scan, ladder);
  if (plan.renditions.length === 0) throw tooSmall(name, plan.source, ladder.renditions);
  await assertMet(needsOfPlan(plan, ladder));

  await claimOutput(target, job.output, plan, metadataText(plan.source, probed));
  report.reached(1);
}

function describe(
  uri: string,
  name: string,
  stored: StoredObject,
  probed: Probe,
  scan: FrameScan,
  colour: SourceColour | undefined,
): PlanSource {
  const video = chooseVideo(name, probed);
  const [numerator, denominator] = timeBaseOf(video);
  const first = scan.keyframes[0] as number;
  const turn = turnOf(video);
  const seconds = (ticks: number): number => (ticks * numerator) / denominator;
  return {
    uri,
    ...stored,
    timeBase: [numerator, denominator],
    videoStream: video.index,
    audioStreams: soundTracks(probed),
    durationSeconds: seconds(scan.end - first),
    frames: scan.total,
    // Between the first and the last frame lie one fewer intervals than frames.
    frameRate: frameRate([video.avg_frame_rate, video.r_frame_rate], scan.total - 1, seconds(scan.last - first)),
    ...displaySize(video),
    ...(isInterlaced(probed, video) ? { interlaced: true } : {}),
    ...(turn ? { turn } : {}),
    ...(colour ? { colour } : {}),
  };
}

/** For people: the source as the plan sees it, and everything that ffprobe said of the file but the path that it was read from. */
function metadataText(source: PlanSource, { format, streams, chapters }: Probe): string {
  const described = Object.fromEntries(Object.entries(format).filter(([member]) => member !== "filename"));
  return `${JSON.stringify({ version: 1, source, format: described, streams, chapters }, null, 2)}\n`;
}
