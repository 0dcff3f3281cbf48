import { box, fullBox, uint16, uint32, uint32s, uint64, uint64s } from "./boxes";
import { type Part, partBox } from "./parts";
import type { SampleTables, TableCounts } from "./sampleTables";

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
  fragments: MovieFragments;
  /** How long before it is shown the first sample is decoded, in ticks. */
  delay: number;
  counts: TableCounts;
  /** Reads the tables of the samples, which are too large to be held for all tracks at once. */
  readTables: () => Promise<SampleTables>;
}

/** For each fragment, in order: how many samples it has, the bytes of their media, and how long they last in decoding, in ticks. */
export interface MovieFragments {
  samples: readonly number[];
  bytes: readonly number[];
  ticks: readonly number[];
}

/** A fragment in the order of the file. */
export interface Placement {
  track: number;
  bytes: number;
}

/** An MP4 with its index in front. */
export interface MovieLayout {
  /** Everything before the media. */
  head: Part;
  /** The order of the media. */
  placements: () => Iterable<Placement>;
  /** Size of the whole file. */
  bytes: number;
}

function fileType(tracks: readonly MovieTrack[]): Buffer {
  const brands = ["isom", "iso2", ...new Set(tracks.flatMap(({ brand }) => brand ?? [])), "mp41"];
  return box("ftyp", Buffer.from("isom"), uint32(0x200), Buffer.from(brands.join("")));
}

/** Lays out an MP4. The length of its index is known before the index is made, and that before any media is read. */
export function layOut(tracks: readonly MovieTrack[]): MovieLayout {
  const mediaBytes = tracks.reduce(
    (sum, { fragments }) => sum + fragments.bytes.reduce((all, bytes) => all + bytes, 0),
    0,
  );
  const mediaHeader = Buffer.concat([uint32(1), Buffer.from("mdat"), uint64(mediaBytes + 16)]);
  const type = fileType(tracks);
  // Offsets always have eight bytes, so the index's length does not depend on them.
  const mediaStart = type.length + movieBox(tracks, offsetsOf(tracks, 0)).bytes + mediaHeader.length;
  const index = movieBox(tracks, offsetsOf(tracks, mediaStart));
  const head: Part = {
    bytes: mediaStart,
    async *pieces() {
      yield type;
      yield* index.pieces();
      yield mediaHeader;
    },
  };
  return { head, placements: () => interleave(tracks), bytes: mediaStart + mediaBytes };
}

/** Orders fragments by decoding time, so that the sound and the picture of a moment are close together. */
function* interleave(tracks: readonly MovieTrack[]): Generator<Placement> {
  const next = tracks.map((): Place => ({ fragment: 0, ticks: 0 }));
  for (;;) {
    let first: { track: number; seconds: number } | undefined;
    for (const [track, { fragments, timescale }] of tracks.entries()) {
      const { fragment, ticks } = next[track] as Place;
      const seconds = ticks / timescale;
      if (fragment < fragments.bytes.length && !(first && first.seconds <= seconds)) first = { track, seconds };
    }
    if (!first) return;
    const { fragments } = tracks[first.track] as MovieTrack;
    const place = next[first.track] as Place;
    yield { track: first.track, bytes: fragments.bytes[place.fragment] as number };
    place.ticks += fragments.ticks[place.fragment] as number;
    place.fragment += 1;
  }
}

/** How far a track is placed. */
interface Place {
  fragment: number;
  ticks: number;
}

/** The positions of each track's fragments in the file. */
function offsetsOf(tracks: readonly MovieTrack[], mediaStart: number): number[][] {
  const offsets = tracks.map((): number[] => []);
  let at = mediaStart;
  for (const { track, bytes } of interleave(tracks)) {
    offsets[track]?.push(at);
    at += bytes;
  }
  return offsets;
}

const IDENTITY = uint32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

function movieBox(tracks: readonly MovieTrack[], offsets: readonly number[][]): Part {
  const timescale = tracks[0]?.timescale ?? 1000;
  const durations = tracks.map((track) => Math.ceil((track.duration / track.timescale) * timescale));
  return partBox(
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

function trackBox(track: MovieTrack, id: number, duration: number, offsets: readonly number[]): Part {
  const sound = track.kind === "audio";
  return partBox(
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
    box("edts", fullBox("elst", 1, 0, uint32(1), uint64(duration), uint64(track.delay), uint16(1, 0))),
    partBox(
      "mdia",
      fullBox(
        "mdhd",
        1,
        0,
        ...[uint64(0), uint64(0), uint32(track.timescale), uint64(track.duration), uint16(track.language, 0)],
      ),
      handler(sound ? "soun" : "vide", track.name),
      partBox(
        "minf",
        sound ? fullBox("smhd", 0, 0, uint16(0, 0)) : fullBox("vmhd", 0, 1, uint16(0, 0, 0, 0)),
        box("dinf", fullBox("dref", 0, 0, uint32(1), fullBox("url ", 0, 1))),
        sampleTable(track, offsets),
      ),
    ),
  );
}

function handler(type: string, name: string): Buffer {
  return fullBox("hdlr", 0, 0, uint32(0), Buffer.from(type), uint32(0, 0, 0), Buffer.from(`${name}\0`));
}

/** The positions, durations and shown times of samples. Its tables are read when their turn comes, and dropped behind them. */
function sampleTable(track: MovieTrack, offsets: readonly number[]): Part {
  const promised = describeSamples(track, offsets, {
    sizes: unread(track.counts.sizes),
    durations: unread(track.counts.durations),
    compositions: unread(track.counts.compositions),
  });
  return {
    bytes: promised.bytes,
    async *pieces() {
      const read = describeSamples(track, offsets, await track.readTables());
      if (read.bytes !== promised.bytes) throw new Error(`The tables of ${track.name} aren't as long as they were.`);
      yield* read.pieces();
    },
  };
}

/** A table before it is read, which has only a length. */
function unread(count: number): Part {
  return { bytes: 4 * count, pieces: () => [] };
}

type Tables = Record<"sizes" | "durations" | "compositions", Part>;

/** ISO/IEC 14496-12, 8.6 and 8.7. */
function describeSamples(track: MovieTrack, offsets: readonly number[], tables: Tables): Part {
  const { kind, sampleDescription, fragments, counts, delay } = track;
  // A single run of zeros says nothing.
  const reordered = counts.compositions > 2 || delay !== 0;
  return partBox(
    "stbl",
    sampleDescription,
    runTable("stts", tables.durations),
    ...(reordered ? [runTable("ctts", tables.compositions)] : []),
    ...(kind === "video" ? [keyframeTable(fragments)] : []),
    chunkTable(fragments),
    partBox("stsz", uint32(0, 0, counts.sizes), tables.sizes),
    fullBox("co64", 0, 0, uint32(offsets.length), uint64s(offsets)),
  );
}

function runTable(type: string, runs: Part): Part {
  return partBox(type, uint32(0, runs.bytes / 8), runs);
}

/** The numbers, counted from 1, of the first sample of each fragment, which is a keyframe. */
function keyframeTable({ samples }: MovieFragments): Buffer {
  let next = 1;
  const firsts = samples.map((count) => {
    next += count;
    return next - count;
  });
  return fullBox("stss", 0, 0, uint32(firsts.length), uint32s(firsts));
}

/** Makes one MP4 chunk, which is a sequence of adjacent samples, of each fragment. */
function chunkTable({ samples }: MovieFragments): Buffer {
  const entries: number[] = [];
  samples.forEach((count, index) => {
    if (count !== samples[index - 1]) entries.push(index + 1, count, 1);
  });
  return fullBox("stsc", 0, 0, uint32(entries.length / 3), uint32s(entries));
}
