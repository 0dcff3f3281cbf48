import { box, fullBox, uint16, uint32, uint64 } from "../../../../worker/fmp4/boxes";
import type { ReadFile } from "../../../../worker/source/mp4/movie";

export type Kind = "vide" | "soun";

/** A piece of the media that an edit list shows. */
export interface WrittenEdit {
  duration: number;
  /** -1 shows nothing. */
  mediaTime: number;
  rate?: number;
}

export interface WrittenTrack {
  id?: number;
  kind?: Kind;
  entries?: Buffer[];
  /** The number of the description that each chunk's samples have, counted from 1. */
  used?: number[];
  edits?: WrittenEdit[];
  /** The version of its edit list. */
  version?: 0 | 1;
  /** The composition offsets of samples that are in the index. */
  offsets?: number[];
  /** How many samples in the index last how many ticks. 40 ticks each if absent. */
  durations?: [samples: number, ticks: number][];
}

/** A sample entry: an AVC one has 320x240 pixels, sound two channels at 48 kHz. */
export function entry(type: string, kind: Kind, ...boxes: Buffer[]): Buffer {
  const fields =
    kind === "vide"
      ? [Buffer.alloc(24), uint16(320, 240), Buffer.alloc(50)]
      : [Buffer.alloc(16), uint16(2, 16), Buffer.alloc(4), uint32(48_000 * 0x10000)];
  return box(type, ...fields, ...boxes);
}

/** An `esds` box of a codec. Its rates differ from those of every other. */
export function elementaryStream(codec: number, settings: string): Buffer {
  const rates = Buffer.from([codec, 0x15, ...Buffer.from(settings).subarray(-1), ...Buffer.alloc(10)]);
  const specific = Buffer.from([5, settings.length, ...Buffer.from(settings)]);
  const configuration = Buffer.concat([rates, specific]);
  // The length of the first descriptor is written with two bytes, as many encoders do.
  const stream = Buffer.from([3, 0x80, configuration.length + 5, 0, 1, 0, 4, configuration.length]);
  return fullBox("esds", 0, 0, stream, configuration);
}

const TICKS = 1000;

function track(written: WrittenTrack): Buffer {
  const { id = 1, kind = "vide", entries = [], used = [1], edits = [], version = 0, offsets = [] } = written;
  const { durations = offsets.map((): [number, number] => [1, 40]) } = written;
  const header = fullBox("tkhd", 0, 0, Buffer.alloc(8), uint32(id), Buffer.alloc(68));
  const media = fullBox("mdhd", 0, 0, Buffer.alloc(8), uint32(TICKS), Buffer.alloc(8));
  const handler = fullBox("hdlr", 0, 0, uint32(0), Buffer.from(kind), Buffer.alloc(13));
  const chunks = used.flatMap((number, index) => [index + 1, 10, number]);
  const table = box(
    "stbl",
    fullBox("stsd", 0, 0, uint32(entries.length), ...entries),
    fullBox("stsc", 0, 0, uint32(used.length, ...chunks)),
    fullBox("stts", 0, 0, uint32(durations.length, ...durations.flat().map((number) => number >>> 0))),
    fullBox("ctts", 1, 0, uint32(offsets.length, ...offsets.flatMap((offset) => [1, offset >>> 0]))),
  );
  const list = edits.map(({ duration, mediaTime, rate = 1 }) => {
    const times =
      version === 0 ? uint32(duration, mediaTime >>> 0) : [uint64(duration), signed(mediaTime)].reduce(join);
    return Buffer.concat([times, uint32(rate * 0x10000)]);
  });
  const edts = edits.length > 0 ? [box("edts", fullBox("elst", version, 0, uint32(edits.length), ...list))] : [];
  return box("trak", header, ...edts, box("mdia", media, handler, box("minf", table)));
}

const join = (one: Buffer, other: Buffer): Buffer => Buffer.concat([one, other]);

function signed(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}

export interface WrittenFragment {
  track?: number;
  /** When it is decoded. Unsaid if absent. */
  time?: number;
  /** The description of its samples. The track's usual one if absent. */
  description?: number;
  /** Of each sample, in their list or for the whole fragment. */
  duration?: { listed?: number; usual?: number };
  composition?: number;
  samples?: number;
  /** The version of the list of its samples. */
  version?: 0 | 1;
}

function fragment(written: WrittenFragment): Buffer {
  const { track: id = 1, time, description, duration = {}, composition, samples = 2, version = 1 } = written;
  const optional = (value: number | undefined): Buffer[] => (value === undefined ? [] : [uint32(value)]);
  const headerFlags = (description === undefined ? 0 : 2) + (duration.usual === undefined ? 0 : 8);
  const header = fullBox("tfhd", 0, headerFlags, uint32(id), ...optional(description), ...optional(duration.usual));
  const decoded = time === undefined ? [] : [fullBox("tfdt", 1, 0, uint64(time))];
  const listFlags = 0x201 + (duration.listed === undefined ? 0 : 0x100) + (composition === undefined ? 0 : 0x800);
  const sample = [...optional(duration.listed), uint32(8), ...optional(composition && composition >>> 0)];
  const list = fullBox(
    "trun",
    version,
    listFlags,
    uint32(samples, 100),
    ...Array<Buffer[]>(samples).fill(sample).flat(),
  );
  return Buffer.concat([box("moof", box("traf", header, ...decoded, list)), box("mdat", Buffer.alloc(8 * samples))]);
}

/** An MP4 that has what its index says, and no media. Given fragments, its index announces them, with the first description for each. */
export function movie(tracks: WrittenTrack[], fragments?: WrittenFragment[]): ReadFile & { head: Buffer } {
  const usual = tracks.map(({ id = 1 }) => fullBox("trex", 0, 0, uint32(id, 1, 0, 0, 0)));
  const announced = fragments ? [box("mvex", ...usual)] : [];
  const bytes = Buffer.concat([
    box("ftyp", Buffer.alloc(8)),
    box("moov", ...tracks.map(track), ...announced),
    ...(fragments ?? []).map(fragment),
  ]);
  const read = (start: number, length: number): Promise<Buffer> =>
    Promise.resolve(bytes.subarray(start, start + length));
  return { read, bytes: bytes.length, head: bytes.subarray(0, 64) };
}
