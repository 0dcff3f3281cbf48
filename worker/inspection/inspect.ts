import type { Ladder, Plan, PlanSource } from "../../contract/plan";
import { InputError } from "../errors/errors";
import { assertSameCodecs, joinRecordings } from "../source/joins/joinRecordings";
import type { Source, SourceObject } from "../source/loopback/source";
import { scanFrames } from "../source/frames/scanFrames";
import { assertWholeIndex } from "../source/refusals/damagedIndex";
import { assertDecodableDescriptions } from "../source/refusals/descriptions";
import { assertPlainEdits } from "../source/refusals/edits";
import { findChangedSettings } from "../source/flv/changedSettings";
import { assertSameSettings } from "../source/refusals/changedSettings";
import { assertEndInTime } from "../source/refusals/wrongEnd";
import { assertPositiveDurations } from "../source/refusals/negativeDurations";
import { assertReadableMedia } from "../source/refusals/unreadMedia";
import { assertTimedFragments } from "../source/refusals/timedFragments";
import { readFirstFragments } from "../source/mp4/firstFragment";
import { repeatsPackets } from "../source/repeatsPackets";
import { ticksLate } from "../source/mp4/lateFragments";
import { readMediaTracks } from "../source/mp4/movie";
import { hasSeveralPictureDescriptions } from "../source/mp4/sampleDescriptions";
import { assertNoAviHole } from "../source/refusals/aviHole";
import { assertTimedAviSound, measureAviSound } from "../source/refusals/aviSound";
import { assertSteadyLanguages } from "../source/refusals/swappedLanguages";
import { assertNoUnknownSound } from "../source/refusals/lateSound";
import { findHeaderChanges, findPictureChanges } from "../source/picture/pictureChanges";
import type { Probe } from "../source/ffprobe/output";
import { findCleanApertures } from "../source/picture/cleanAperture";
import { baseName, quote } from "../storage/uri";
import { type InspectedVideo, planVideo } from "./planVideo";
import { readStreams } from "./readStreams";
import { withLanguageTags } from "../source/languages";

/** Enough for a container's header and the beginning of the first picture. */
const HEAD_BYTES = 16_384;

export interface Planned {
  plan: Plan;
  probed: Probe;
}

/** The result of inspecting the video: a plan, or changes to what is read, with which to inspect it again. */
export type Inspection = Planned | { changes: Pick<PlanSource, "apertures" | "edits" | "repeats"> };

/** Plans what to make of the video, or refuses it. */
export async function inspect(
  wanted: InspectedVideo,
  input: Source,
  stored: SourceObject,
  ladder: Ladder,
): Promise<Inspection> {
  const name = quote(baseName(wanted.input));
  const head = await input.read(0, HEAD_BYTES);
  const { edits: known = [] } = stored;
  const tracks = await readMediaTracks(input, head);
  await assertWholeIndex(name, input, tracks);
  // Before anything of the descriptions is hidden.
  await assertDecodableDescriptions(name, input, tracks);
  await assertPositiveDurations(name, input.read, tracks);
  const isVaried = await hasSeveralPictureDescriptions(input.read, tracks);
  const fragments = await readFirstFragments(input, tracks);
  assertTimedFragments(name, fragments);
  await assertPlainEdits(name, input, tracks, fragments);
  const visible = await findCleanApertures(input.read, tracks);
  if (visible.length > 0) return { changes: { apertures: visible } };
  const streams = await readStreams(input, stored, name, head);
  const { probed, stated: video, packed } = streams;
  const [scan, changes, heard, late, changed] = await Promise.all([
    scanFrames({ input, probed, video, name, packed, gopSeconds: ladder.gopSeconds, edits: known }).catch(
      async (error: unknown) => {
        // The cause rather than what comes of it.
        assertSameCodecs({ input, probed, video, name });
        if (error instanceof InputError) await assertReadableMedia(name, probed, input.read, tracks);
        throw error;
      },
    ),
    findPictureChanges(input, probed, video, name),
    measureAviSound(input, probed, name),
    ticksLate(name, input, tracks, video),
    findChangedSettings(probed, input.read, input.bytes),
  ]);
  const { streamTimes, skips, laterMovie } = scan;
  if (!stored.repeats && (await repeatsPackets(input, probed, name, scan.lost))) return { changes: { repeats: true } };
  await assertNoAviHole(name, probed, video, scan, input.read);
  assertTimedAviSound(name, heard, streamTimes.spanOf);
  assertNoUnknownSound(name, probed, streamTimes);
  const edits = await joinRecordings({
    ...{ input, probed, video, name, times: streamTimes, skips, laterMovie, edits: known },
  });
  assertSteadyLanguages(name, input.tables.tables, Number(video.id));
  if (edits) return { changes: { edits: [...known, edits] } };
  assertSameSettings(name, changed);
  assertEndInTime(name, probed, video, scan);
  const spoken = await withLanguageTags(probed, input.read, tracks);
  // What reads an MP4 has all of its index in memory, so that one follows another.
  const later = await findHeaderChanges(input, video, name, scan.headersDiffer || isVaried);
  const found = { ...streams, ...changes, ...later, probed: spoken, scan: { ...scan, late: scan.late || late } };
  return { plan: await planVideo({ wanted, input, stored, name }, found, ladder), probed };
}
