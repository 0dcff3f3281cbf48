import type { Plan } from "./plan";

/** Content types by extension. Players and browsers refuse playlists and captions that come as `application/octet-stream`. */
export const CONTENT_TYPES = {
  m3u8: "application/vnd.apple.mpegurl",
  mpd: "application/dash+xml",
  mp4: "video/mp4",
  m4s: "video/iso.segment",
  vtt: "text/vtt; charset=utf-8",
  jpg: "image/jpeg",
  json: "application/json",
  txt: "text/plain; charset=utf-8",
} as const;

/** The name or path of an object. Its extension decides its content type, so every object has one. */
export type ObjectPath = `${string}.${keyof typeof CONTENT_TYPES}`;
/** The path of a directory, with the slash. */
export type DirectoryPath = `${string}/`;

type OutputPath = ObjectPath | DirectoryPath;

/** Paths of all objects below an output, and of their directories. */
export const outputs = {
  metadata: "metadata.json",
  plan: "plan.json",
  manifest: "manifest.json",
  /** The directory of the video's features, with the slash. */
  features: "features/",
  feature: (name: ObjectPath) => `features/${name}`,
  poster: "features/poster.jpg",
  /** The first sheet of thumbnails. */
  sprite: "features/sprite.jpg",
  thumbnails: "features/thumbnails.vtt",
  scenes: "features/scenes.json",
  featureRecord: "work/features.json",
  /** The directory of a rendition's records, with the slash. */
  records: (rendition: string) => `work/${rendition}/`,
  /** @param mark The encode's, as in the names of media. */
  record: (rendition: string, chunk: ChunkName, mark: string) =>
    `work/${rendition}/${recordName(chunkName(chunk), mark)}`,
  /** The directory that has the records of all audio tracks, with the slash. */
  audioRecords: "work/",
  audioRecord: (track: string, mark: string) => `work/${recordName(track, mark)}`,
  /** What an execution has to do, by its metadata job. */
  order: (job: string) => `work/orders/${job}.json`,
  /** What is damaged in the video of an execution, by its packaging job. */
  damage: (job: string) => `work/damage/${job}.json`,
  /** Whether the event that the video is playable is sent, for a plan. */
  playable: (plan: Fingerprinted) => `work/playable-${planMark(plan)}.json`,
  /** The sentence of a failed job. */
  failure: (job: string) => `work/failures/${job}.txt`,
  master: "hls/master.m3u8",
  /** What plays before a person has approved it. */
  preview: "hls/preview.m3u8",
  /** Beside the segments that it shares with HLS. */
  dash: "hls/manifest.mpd",
  /** The directory with a directory for each track, with the slash. */
  hls: "hls/",
  /** The directory of a track's segments, with the slash. */
  segments: (track: string) => `hls/${track}/`,
  init: (track: string, mark: string) => `hls/${track}/${initSegment(mark)}`,
  segment: (track: string, mark: string, time: number) => `hls/${track}/${segmentName(mark, time)}`,
  playlist: (track: string) => `hls/${track}/${PLAYLIST}`,
  iframes: (rendition: string) => `hls/${rendition}/${IFRAMES}`,
  /** The directory of the MP4s, with the slash. */
  mp4s: "mp4/",
  mp4: (rendition: string) => `mp4/${rendition}.mp4`,
} as const satisfies Record<string, OutputPath | ((...args: never[]) => OutputPath)>;

/** The tag of intermediates, which a rule of the bucket's lifecycle removes after some days. */
export const INTERMEDIATE = { key: "video-batch-pipeline", value: "intermediate" };

/** The same tag as S3 takes it with an object. */
export const INTERMEDIATE_TAGGING = `${INTERMEDIATE.key}=${INTERMEDIATE.value}`;

export const PLAYLIST = "playlist.m3u8";
/** The playlist of a rendition's keyframes alone, with which players fast-forward and show pictures while seeking. */
export const IFRAMES = "iframes.m3u8";
/** The name of the first audio track among the renditions, of the others with a number, and of their group. */
export const AUDIO = "audio";

export interface ChunkName {
  /** Counted from 1, as in the names of the states. */
  part: number;
  /** Counted from 0 within the part, as Batch counts an array's children. */
  index: number;
}

export function chunkName({ part, index }: ChunkName): string {
  return `${part}-${String(index).padStart(5, "0")}`;
}

/** @param what The chunk, or the audio track. */
function recordName(what: string, mark: string): ObjectPath {
  return `${what}-${mark}.json`;
}

/** Whether a name is that of a record, of whatever plan and encoder. */
export function isRecord(name: string): boolean {
  return /-[0-9a-f]{8}-[0-9a-f]{8}\.json$/.test(name);
}

/** What a record is of, and its encode's mark. Nothing when it is of another plan, or no record. */
export function recorded(name: string, plan: Fingerprinted): { what: string; mark: string } | undefined {
  const [, what, mark] = new RegExp(`^(.+)-(${planMark(plan)}-[0-9a-f]{8})\\.json$`).exec(name) ?? [];
  return what === undefined || mark === undefined ? undefined : { what, mark };
}

/**
 * Media and records of another plan, or of another encoder, have other names: no job, however late, writes over what the playlists of
 * another encode list, and no cache on the way to a player mixes two of them.
 *
 * @param encoder Eight digits that stand for the encoder.
 */
export function markOf(plan: Fingerprinted, encoder: string): string {
  return `${planMark(plan)}-${encoder}`;
}

/** What the names of everything that was made for a plan have in them. */
export function planMark({ fingerprint }: Fingerprinted): string {
  return fingerprint.slice(0, 8);
}

/** @param mark Of the encode, here and below. */
export function initSegment(mark: string): ObjectPath {
  return `init-${mark}.mp4`;
}

/**
 * Segments are named by when they begin, which chunks that know nothing of each other agree on, and which DASH can put into a
 * template.
 * @param time When the first sample is shown, in ticks of the track.
 */
export function segmentName(mark: string, time: number): ObjectPath {
  return segmentNames(mark, String(time).padStart(TIME_DIGITS, "0"));
}

export function segmentTime(name: string): number {
  return Number.parseInt(name, 10);
}

/** The mark of the encode that a segment is of. */
export function segmentMark(name: string): string {
  return name.slice(name.indexOf("-") + 1, name.lastIndexOf("."));
}

/** The names of a track's segments, as DASH writes them: `$Time$` stands for when one begins. */
export function segmentTemplate(mark: string): string {
  return segmentNames(mark, `$Time%0${TIME_DIGITS}d$`);
}

/** Listings are in order for three hours at 90,000 ticks a second. ffmpeg reads no templates with more than one digit of width. */
const TIME_DIGITS = 9;

function segmentNames(mark: string, time: string): ObjectPath {
  return `${time}-${mark}.m4s`;
}

/** Whether media have a name of this pipeline's, of whatever plan. */
export function isMarked(name: string): boolean {
  return /-[0-9a-f]{8}\.(?:m4s|mp4)$/.test(name);
}

export type Fingerprinted = Pick<Plan, "fingerprint">;
