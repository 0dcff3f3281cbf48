import type { ReadUpTo } from "../../storage/readRange";
import { isContainer } from "../ffprobe/isContainer";
import type { Probe } from "../ffprobe/output";
import { type Element, readTracks, valueOf } from "./elements";
import { trackOf } from "./trackOf";

const FLAG_ENABLED = 0xb9;

/** The streams with a mark at those that a Matroska file says not to play. ffmpeg doesn't read that. */
export async function markDisabledTracks(probed: Probe, read: ReadUpTo): Promise<Probe> {
  if (!isContainer(probed.format, ["matroska"])) return probed;
  const tracks = await readTracks(read);
  const streams = probed.streams.map((stream) =>
    isDisabled(trackOf(tracks, probed.streams, stream)) ? { ...stream, disabled: true as const } : stream,
  );
  return { ...probed, streams };
}

function isDisabled(track: readonly Element[] = []): boolean {
  return track.some(({ id }) => id === FLAG_ENABLED) && valueOf(track, FLAG_ENABLED) === 0;
}
