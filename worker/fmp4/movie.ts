import { box, fullBox, uint16, uint32, uint32s, uint64 } from "./boxes";

/** A number of samples, and the value that they share. */
export type Run = [count: number, value: number];

/** The samples that one `moof` describes; for video one GOP, beginning with its keyframe. */
export interface MovieFragment {
  /** Bytes of each sample, in decoding order. */
  sizes: number[];
  /** How long samples last in decoding, in ticks. */
  durations: Run[];
  /** Shown time minus decoding time, in ticks. */
  compositions: Run[];
}

/** A track of an MP4 file. The media of its fragments is copied unchanged. */
export interface MovieTrack {
  kind: "video" | "audio";
  /** Shown by players that list tracks. */
  name: string;
  /** Three letters of five bits each, as in `mdhd`. */
  language: number;
  enabled: boolean;
  timescale: number;
  /** How long the track is shown, in ticks. */
  duration: number;
  /** The `stsd` box. */
  sampleDescription: Buffer;
  /** The codec's brand, if it has one. */
  brand?: string | undefined;
  /** Pixels; 0 for sound. */
  width: number;
  height: number;
  fragments: MovieFragment[];
}

/** A fragment in the order of the file. */
export interface Placement {
  track: number;
  fragment: number;
  bytes: number;
}

/** The bytes before the media, and the order of the media. */
export interface MovieLayout {
  head: Buffer;
  placements: Placement[];
  /** Size of the whole file. */
  bytes: number;
}

function fileType(tracks: readonly MovieTrack[]): Buffer {
  const brands = ["isom", "iso2", ...new Set(tracks.flatMap(({ brand }) => brand ?? [])), "mp41"];
  return box("ftyp", Buffer.from("isom"), uint32(0x200), Buffer.from(brands.join("")));
}

/** Lays out an MP4 with its index in front. The index is complete before any media is read. */
export function layOut(tracks: readonly MovieTrack[]): MovieLayout {
  const placements = interleave(tracks);
  const mediaBytes = placements.reduce((sum, { bytes }) => sum + bytes, 0);
  const mediaHeader = Buffer.concat([uint32(1), Buffer.from("mdat"), uint64(mediaBytes + 16)]);
  const index = (mediaStart: number): Buffer => movieBox(tracks, offsetsOf(tracks, placements, mediaStart));
  // Offsets always have eight bytes, so the index's length does not depend on them.
  const type = fileType(tracks);
  const mediaStart = type.length + index(0).length + mediaHeader.length;
  const head = Buffer.concat([type, index(mediaStart), mediaHeader]);
  return { head, placements, bytes: head.length + mediaBytes };
}

/** Orders fragments by decoding time, so that the sound and the picture of a moment are close together. */
function interleave(tracks: readonly MovieTrack[]): Placement[] {
  const placements: (Placement & { seconds: number })[] = [];
  tracks.forEach(({ fragments, timescale }, track) => {
    let ticks = 0;
    fragments.forEach(({ sizes, durations }, fragment) => {
      const bytes = sizes.reduce((sum, size) => sum + size, 0);
      placements.push({ track, fragment, bytes, seconds: ticks / timescale });
      ticks += durations.reduce((sum, [count, value]) => sum + count * value, 0);
    });
  });
  placements.sort((a, b) => a.seconds - b.seconds || a.track - b.track || a.fragment - b.fragment);
  return placements.map(({ track, fragment, bytes }) => ({ track, fragment, bytes }));
}

function offsetsOf(tracks: readonly MovieTrack[], placements: readonly Placement[], mediaStart: number): number[][] {
  const offsets = tracks.map((): number[] => []);
  let at = mediaStart;
  for (const { track, fragment, bytes } of placements) {
    (offsets[track] as number[])[fragment] = at;
    at += bytes;
  }
  return offsets;
}

const IDENTITY = uint32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

function movieBox(tracks: readonly MovieTrack[], offsets: readonly number[][]): Buffer {
  const timescale = tracks[0]?.timescale ?? 1000;
  const durations = tracks.map((track) => Math.ceil((track.duration / track.timescale) * timescale));
  return box(
    "moov",
    fullBox(
      "mvhd",
      1,
      0,
      ...[uint64(0), uint64(0), uint32(timescale), uint64(Math.max(...durations))],
      ...[uint32(0x10000), uint16(0x100, 0), uint32(0, 0), IDENTITY],
      ...[uint32(0, 0, 0, 0, 0, 0), uint32(tracks.length + 1)],
    ),
    ...tracks.map((track, index) => trackBox(track, index + 1, durations[index] ?? 0, offsets[index] ?? [])),
  );
}

function trackBox(track: MovieTrack, id: number, duration: number, offsets: readonly number[]): Buffer {
  const delay = decodingDelay(track);
  const sound = track.kind === "audio";
  return box(
    "trak",
    fullBox(
      "tkhd",
      1,
      track.enabled ? 3 : 2,
      ...[uint64(0), uint64(0), uint32(id, 0), uint64(duration), uint32(0, 0)],
      ...[uint16(0, sound ? 1 : 0, sound ? 0x100 : 0, 0), IDENTITY],
      ...[uint32(track.width * 0x10000, track.height * 0x10000)],
    ),
    // Skips the time between decoding and showing the first picture, so that the track begins at 0.
    box("edts", fullBox("elst", 1, 0, uint32(1), uint64(duration), uint64(delay), uint16(1, 0))),
    box(
      "mdia",
      fullBox(
        "mdhd",
        1,
        0,
        ...[uint64(0), uint64(0), uint32(track.timescale), uint64(track.duration), uint16(track.language, 0)],
      ),
      handler(sound ? "soun" : "vide", track.name),
      box(
        "minf",
        sound ? fullBox("smhd", 0, 0, uint16(0, 0)) : fullBox("vmhd", 0, 1, uint16(0, 0, 0, 0)),
        box("dinf", fullBox("dref", 0, 0, uint32(1), fullBox("url ", 0, 1))),
        sampleTable(track, offsets),
      ),
    ),
  );
}

/** How long before it is shown the first picture is decoded. */
function decodingDelay({ fragments }: MovieTrack): number {
  return fragments[0]?.compositions[0]?.[1] ?? 0;
}

function handler(type: string, name: string): Buffer {
  return fullBox("hdlr", 0, 0, uint32(0), Buffer.from(type), uint32(0, 0, 0), Buffer.from(`${name}\0`));
}

/** The durations of samples in decoding. The last sample lasts until the end of the track as shown. */
function sampleDurations({ fragments, duration }: MovieTrack): Run[] {
  const runs = joinRuns(fragments.flatMap((fragment) => fragment.durations));
  const missing = duration - runs.reduce((sum, [count, value]) => sum + count * value, 0);
  const last = runs.at(-1);
  if (!last || missing <= 0) return runs;
  last[0] -= 1;
  return joinRuns([...runs.filter(([count]) => count > 0), [1, last[1] + missing]]);
}

/** The positions, durations and shown times of samples (ISO/IEC 14496-12, 8.6 and 8.7). */
function sampleTable(track: MovieTrack, offsets: readonly number[]): Buffer {
  const { kind, sampleDescription, fragments } = track;
  const sizes = fragments.flatMap((fragment) => fragment.sizes);
  const durations = sampleDurations(track);
  const compositions = joinRuns(fragments.flatMap((fragment) => fragment.compositions));
  const reordered = compositions.some(([, value]) => value !== 0);
  return box(
    "stbl",
    sampleDescription,
    runTable("stts", durations),
    ...(reordered ? [runTable("ctts", compositions)] : []),
    ...(kind === "video" ? [fullBox("stss", 0, 0, uint32(fragments.length), uint32s(firstSamples(fragments)))] : []),
    chunkTable(fragments),
    fullBox("stsz", 0, 0, uint32(0, sizes.length), uint32s(sizes)),
    fullBox("co64", 0, 0, uint32(offsets.length), ...offsets.map(uint64)),
  );
}

function runTable(type: string, runs: readonly Run[]): Buffer {
  return fullBox(type, 0, 0, uint32(runs.length), uint32s(runs.flat()));
}

function joinRuns(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const [count, value] of runs) {
    const last = result.at(-1);
    if (last?.[1] === value) last[0] += count;
    else result.push([count, value]);
  }
  return result;
}

/** The numbers, counted from 1, of the first sample of each fragment, which is a keyframe. */
function firstSamples(fragments: readonly MovieFragment[]): number[] {
  let next = 1;
  return fragments.map(({ sizes }) => {
    const first = next;
    next += sizes.length;
    return first;
  });
}

/** Makes one MP4 chunk, which is a sequence of adjacent samples, of each fragment. */
function chunkTable(fragments: readonly MovieFragment[]): Buffer {
  const entries: number[] = [];
  let samples: number | undefined;
  fragments.forEach(({ sizes }, index) => {
    if (sizes.length !== samples) entries.push(index + 1, sizes.length, 1);
    samples = sizes.length;
  });
  return fullBox("stsc", 0, 0, uint32(entries.length / 3), uint32s(entries));
}
