import type { ProbeStream } from "../ffprobe/output";
import { type Element, valueOf } from "./elements";

/** The type of a track (RFC 9559), and its values for what streams may be. */
const TYPE = 0x83;
const KINDS: Record<string, number> = { video: 1, audio: 2 };

/** The description of the track that ffprobe lists as a stream of pictures or sound. Undefined if that isn't known. */
export function trackOf(
  tracks: readonly Element[][],
  streams: readonly ProbeStream[],
  { index, codec_type = "" }: ProbeStream,
): Element[] | undefined {
  // Covers are attachments, and no tracks.
  const alike = streams.filter((stream) => stream.codec_type === codec_type && !stream.disposition?.["attached_pic"]);
  const place = alike.findIndex((stream) => stream.index === index);
  const own = tracks.filter((track) => valueOf(track, TYPE) === KINDS[codec_type]);
  // They only have their order in common, and ffmpeg leaves out tracks without a codec.
  return own.length === alike.length ? own[place] : undefined;
}
