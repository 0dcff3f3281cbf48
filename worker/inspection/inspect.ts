import type { Ladder, Plan, PlanSource } from "../../contract/plan";
import { joinRecordings } from "../source/joins/joinRecordings";
import type { Source, SourceObject } from "../source/loopback/source";
import { findEarlyStart } from "../source/ogg/findEarlyStart";
import { assertSameSettings } from "../source/refusals/changedSettings";
import { assertEndInTime } from "../source/refusals/wrongEnd";
import { assertNoAviHole } from "../source/refusals/aviHole";
import { assertTimedAviSound } from "../source/refusals/aviSound";
import { assertSteadyLanguages } from "../source/refusals/swappedLanguages";
import { assertNoHiddenPause } from "../source/refusals/oggPauses";
import { assertPromptFlac } from "../source/refusals/lateFlac";
import { assertNoUnknownSound } from "../source/refusals/lateSound";
import { patchStrays } from "../source/strays/patchStrays";
import { findHeaderChanges } from "../source/picture/pictureChanges";
import type { Probe } from "../source/ffprobe/output";
import { withTrackColours } from "../source/mp4/trackColours";
import { findCleanApertures } from "../source/picture/cleanAperture";
import { baseName, quote } from "../storage/uri";
import { hasDuplicatePackets } from "./hasDuplicatePackets";
import { type InspectedVideo, planVideo } from "./planVideo";
import { readIndex } from "./readIndex";
import { readPackets } from "./readPackets";
import { readStreams } from "./readStreams";
import { withLanguageTags } from "../source/languages";

/** Enough for a container's header and the beginning of the first picture. */
const HEAD_BYTES = 16_384;

export interface Planned {
  plan: Plan;
  probed: Probe;
}

/** The result of inspecting the video: a plan, or changes to what is read, with which to inspect it again. */
export type Inspection =
  Planned | { changes: Pick<PlanSource, "apertures" | "patches" | "moved" | "edits" | "duplicates"> };

/** Plans what to make of the video, or refuses it. */
export async function inspect(
  wanted: InspectedVideo,
  input: Source,
  stored: SourceObject,
  ladder: Ladder,
): Promise<Inspection> {
  const name = quote(baseName(wanted.input));
  const head = await input.read(0, HEAD_BYTES);
  const { tracks, isVaried } = await readIndex(name, input, head);
  const apertures = await findCleanApertures(input.read, tracks);
  if (apertures.length > 0) return { changes: { apertures } };
  const moved = await findEarlyStart(input.read, head);
  if (moved) return { changes: { moved } };
  const found = await readStreams(input, stored, name, head);
  const streams = { ...found, stated: await withTrackColours(found.stated, input.read, tracks) };
  const { probed, stated: video } = streams;
  const { scan, heard, changedSettings, ...changes } = await readPackets(input, streams, stored, ladder, {
    name,
    tracks,
  });
  const { streamTimes, skips, laterMovie } = scan;
  if (!stored.duplicates && (await hasDuplicatePackets(input, probed, name, scan.lost))) {
    return { changes: { duplicates: true } };
  }
  // Edits change what is read after patches.
  const strays = stored.edits ? [] : streamTimes.strays;
  const patches = await patchStrays(name, input.read, probed.format, strays, stored.patches);
  if (patches) return { changes: { patches } };
  await assertNoAviHole(name, probed, video, scan, input.read);
  assertTimedAviSound(name, heard, streamTimes.spanOf);
  assertNoUnknownSound(name, probed, streamTimes);
  assertPromptFlac(name, probed, streamTimes);
  await assertNoHiddenPause(name, probed, streamTimes.soundGaps, input.read);
  const { edits: known = [] } = stored;
  const edits = await joinRecordings({
    ...{ input, probed, video, name, times: streamTimes, skips, laterMovie, edits: known },
  });
  assertSteadyLanguages(name, input.tables.tables, Number(video.id));
  if (edits) return { changes: { edits: [...known, edits] } };
  assertSameSettings(name, changedSettings);
  assertEndInTime(name, probed, video, scan);
  const tagged = await withLanguageTags(probed, input.read, tracks);
  // What reads an MP4 has all of its index in memory, so that one follows another.
  const later = await findHeaderChanges(input, video, name, scan.headersDiffer || isVaried);
  const seen = { ...streams, ...changes, ...later, probed: tagged, scan };
  return { plan: await planVideo({ wanted, input, stored, name }, seen, ladder), probed };
}
