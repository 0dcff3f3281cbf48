import type { Ladder } from "../../contract/plan";
import { InputError } from "../errors/errors";
import { type ChangedSettings, findChangedSettings } from "../source/flv/changedSettings";
import { type FrameScan, scanFrames } from "../source/frames/scanFrames";
import { assertSameCodecs } from "../source/joins/joinRecordings";
import type { Source, SourceObject } from "../source/loopback/source";
import { ticksLate } from "../source/mp4/lateFragments";
import type { MediaTrack } from "../source/mp4/movie";
import { findPictureChanges, type PictureChanges } from "../source/picture/pictureChanges";
import { measureAviSound } from "../source/refusals/aviSound";
import { assertReadableMedia } from "../source/refusals/unreadMedia";
import type { Streams } from "./readStreams";

/** What the packets of a file show. */
export interface ReadPackets extends PictureChanges {
  scan: FrameScan;
  /** How long the sound of an AVI is. */
  heard: Awaited<ReturnType<typeof measureAviSound>>;
  /** Where an FLV changes its settings. */
  changedSettings: ChangedSettings | undefined;
}

/** Reads all packets of a file, with what can be learnt beside that. */
export async function readPackets(
  input: Source,
  { probed, stated: video, packed }: Streams,
  { edits = [] }: SourceObject,
  { gopSeconds }: Ladder,
  { name, tracks }: { name: string; tracks: readonly MediaTrack[] },
): Promise<ReadPackets> {
  const [scan, changes, heard, late, changedSettings] = await Promise.all([
    scanFrames({ input, probed, video, name, packed, gopSeconds, edits }).catch(async (error: unknown) => {
      // The cause rather than what comes of it.
      assertSameCodecs({ input, probed, video, name });
      if (error instanceof InputError) await assertReadableMedia(name, probed, input.read, tracks);
      throw error;
    }),
    findPictureChanges(input, probed, video, name),
    measureAviSound(input, probed, name),
    ticksLate(name, input, tracks, video),
    findChangedSettings(probed, input.read, input.bytes),
  ]);
  return { ...changes, scan: { ...scan, late: scan.late || late }, heard, changedSettings };
}
