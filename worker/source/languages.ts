import { findFileBoxes } from "../fmp4/fileBoxes";
import { isContainer } from "./ffprobe/isContainer";
import type { Probe, ProbeStream } from "./ffprobe/output";
import { readTracks, valueOf } from "./matroska/elements";
import type { MediaTrack } from "./mp4/movie";
import type { ReadUpTo } from "../storage/readRange";

/** Elements of Matroska (RFC 9559) by their identifiers. */
const [TYPE, LANGUAGE_TAG] = [0x83, 0x22b59d];
const AUDIO = 2;

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
    ? await matroskaTags(read, sounds)
    : await mp4Tags(read, tracks);
  const streams = probed.streams.map((stream) => {
    const tag = sounds.includes(stream) ? tagOf(stream) : "";
    return tag === "" ? stream : { ...stream, tags: { ...stream.tags, language: tag } };
  });
  return { ...probed, streams };
}

/** The tag of a stream, empty if it has none. */
type TagOf = (stream: ProbeStream) => string;

async function matroskaTags(read: ReadUpTo, sounds: readonly ProbeStream[]): Promise<TagOf> {
  const entries = (await readTracks(read)).filter((entry) => valueOf(entry, TYPE) === AUDIO);
  const tags = entries.map((entry) => textOf(entry.find(({ id }) => id === LANGUAGE_TAG)?.body));
  // Tracks and streams only have the same order, and ffmpeg leaves out tracks without a codec.
  return (stream) => (tags.length === sounds.length ? (tags[sounds.indexOf(stream)] ?? "") : "");
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
