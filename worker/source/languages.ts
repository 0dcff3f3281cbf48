import { findFileBoxes } from "../fmp4/fileBoxes";
import { isContainer } from "./ffprobe/isContainer";
import type { Probe, ProbeStream } from "./ffprobe/output";
import { readTracks } from "./matroska/elements";
import { trackOf } from "./matroska/trackOf";
import type { MediaTrack } from "./mp4/movie";
import type { ReadUpTo } from "../storage/readRange";

/** An element of Matroska (RFC 9559, 5.1.4.1.20). */
const LANGUAGE_TAG = 0x22b59d;

/** Bytes of version and flags before the tag of an `elng` box (ISO/IEC 14496-12, 8.4.6). */
const VERSION_AND_FLAGS = 4;

/** Tags are much shorter. */
const MOST_BYTES = 256;

/**
 * The streams with the language that a BCP 47 tag states. Matroska and MP4 have one besides the three letters that ffmpeg reads, where only
 * it tells Brazilian from European Portuguese. In Matroska the three letters then count for nothing, and mean English where they are absent.
 *
 * @param tracks Those of an MP4.
 */
export async function withLanguageTags(probed: Probe, read: ReadUpTo, tracks: readonly MediaTrack[]): Promise<Probe> {
  const sounds = probed.streams.filter(({ codec_type }) => codec_type === "audio");
  const tagOf = isContainer(probed.format, ["matroska"])
    ? await matroskaTags(read, probed.streams)
    : await mp4Tags(read, tracks);
  const streams = probed.streams.map((stream) => {
    const tag = sounds.includes(stream) ? tagOf(stream) : "";
    return tag === "" ? stream : { ...stream, tags: { ...stream.tags, language: tag } };
  });
  return { ...probed, streams };
}

/** The tag of a stream, empty if it has none. */
type TagOf = (stream: ProbeStream) => string;

async function matroskaTags(read: ReadUpTo, streams: readonly ProbeStream[]): Promise<TagOf> {
  const tracks = await readTracks(read);
  return (stream) => textOf(trackOf(tracks, streams, stream)?.find(({ id }) => id === LANGUAGE_TAG)?.body);
}

async function mp4Tags(read: ReadUpTo, tracks: readonly MediaTrack[]): Promise<TagOf> {
  const tags = new Map<number, string>();
  for (const { box, id, what } of tracks) {
    const [stated] = what === "sound" ? await findFileBoxes(read, box, "mdia", "elng") : [];
    if (!stated) continue;
    const body = await read(stated.body, Math.min(MOST_BYTES, stated.end - stated.body));
    tags.set(id, textOf(body.subarray(VERSION_AND_FLAGS)));
  }
  return ({ id }) => tags.get(Number(id)) ?? "";
}

/** A text up to the zero that may end it. */
function textOf(bytes: Buffer | undefined): string {
  return bytes?.toString("latin1").split("\0")[0] ?? "";
}
