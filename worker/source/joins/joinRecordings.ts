import type { PacketEdit } from "../../../contract/sourceChanges";
import { isContainer } from "../ffprobe/isContainer";
import type { Probe, ProbeStream } from "../ffprobe/output";
import type { Skip } from "../frames/holes";
import type { StreamTimes } from "../frames/streamTimes";
import type { Source } from "../loopback/source";
import { findOtherTracks } from "../matroska/otherTracks";
import { chainStreams } from "./chainStreams";
import { findDeclaredJumps } from "./findDeclaredJumps";
import { findHoles } from "./findHoles";
import { findJoins, type Seam, seamsOf, type Track } from "./findJoins";
import { findContraryMovie } from "./findContraryMovie";
import { hasSecondFile } from "./hasSecondFile";
import { codecChangeError, contradictionError, joinedError, otherTracksError, tableError } from "./joinedError";
import { planEdits } from "./planEdits";
import { readFirstPid } from "./readSeam";
import { mergeAtSmallJumps } from "./smallJumps";
import { unifyTables } from "./unifyTables";

export interface JoinOptions {
  input: Source;
  probed: Probe;
  video: ProbeStream;
  /** The file's name in messages. */
  name: string;
  times: StreamTimes;
  /** Bytes that belong to no packet. */
  skips: readonly Skip[];
  /** The edits with which the source is read already. */
  edits: readonly (readonly PacketEdit[])[];
  /** Whether an MP4 has another index, which isn't read. */
  laterMovie: boolean;
}

/** Containers in which a stream may be replaced by another on the way. */
const REPLACING = ["mpegts", "mpeg", "ogg"];

/**
 * Finds recordings that were written one after the other into the file, and plans the edits with which they have one timeline. Undefined
 * if there is nothing to edit, or nothing more. Refuses a file that can't be joined exactly.
 */
export async function joinRecordings(options: JoinOptions): Promise<PacketEdit[] | undefined> {
  const { name, input, times } = options;
  const format = options.probed.format.format_name;
  const contrary = options.laterMovie ? await findContraryMovie(input.read, input.bytes) : undefined;
  if (contrary !== undefined) throw otherTracksError(name, contrary);
  const edited = options.edits.flat().some(({ ticks }) => ticks !== undefined);
  const listed = listTracks(options, REPLACING.includes(format));
  const { others } = listed;
  const tracks = await mergeAtSmallJumps(input.read, [listed.pictures, ...listed.sounds], format);
  const [pictures = [], ...sounds] = tracks;
  const seconds = ({ before }: Seam): number => before.end - (pictures[0]?.begin ?? 0);
  const unified = await unifyStreams(options, pictures);
  if (unified.length > 0) return unified;
  const interlude = findInterlude(pictures, others);
  if (interlude) throw joinedError(name, interlude, seconds(interlude));
  const declared = await findDeclaredJumps(input.read, pictures);
  const holes = await findHoles(input.read, pictures, options.skips, format);
  const { joins, contradiction } = findJoins(pictures, sounds, declared, holes);
  const replaced = tracks.flatMap(seamsOf).filter(({ before, after }) => before.stream !== after.stream);
  const [first] = [...joins.map(({ video }) => video), ...replaced];
  if (first && (format !== "mpegts" || edited)) throw joinedError(name, first, seconds(first));
  const what = contradiction && pictures.includes(contradiction.after) ? "pictures" : "sound";
  // Where recordings overlap, edits make sound go back. It is then cut where it is encoded, as every overlap is.
  if (contradiction && !(edited && what === "sound")) {
    throw contradictionError(name, what, contradiction.after.jump, seconds(contradiction));
  }
  if (!first) {
    const other = isContainer(options.probed.format, ["matroska"]) ? await findOtherTracks(input.read) : undefined;
    if (other !== undefined) throw otherTracksError(name, other);
    if (!(await hasSecondFile(format, { ...input, packetsEnd: times.end }))) return undefined;
    throw joinedError(name, "other file", (pictures.at(-1)?.end ?? 0) - (pictures[0]?.begin ?? 0));
  }
  const edits = await planEdits(input.read, tracks, joins);
  if (Array.isArray(edits)) return edits;
  throw edits.what === "codec"
    ? codecChangeError(name, seconds(edits.seam))
    : joinedError(name, edits.seam, seconds(edits.seam));
}

/** Plans the edits with which ffmpeg knows all streams of a transport stream from its beginning. Empty if it does, or is told already. */
async function unifyStreams({ name, input, probed, edits }: JoinOptions, [first]: Track): Promise<PacketEdit[]> {
  if (probed.format.format_name !== "mpegts" || edits.length > 0 || !first) return [];
  const picture = await readFirstPid(input.read, first);
  const unified = picture === undefined ? [] : unifyTables(input.tables.tables, picture);
  if ("what" in unified) throw tableError(name, unified);
  return unified;
}

/** Refuses a transport stream that, by its tables, continues in another codec, of which some versions of ffmpeg then list no times. */
export function assertSameCodecs({
  name,
  input,
  probed,
  video,
}: Pick<JoinOptions, "name" | "input" | "probed" | "video">): void {
  if (probed.format.format_name !== "mpegts") return;
  const unified = unifyTables(input.tables.tables, Number(video.id));
  if ("what" in unified) throw tableError(name, unified);
}

/** Pictures of other streams in the middle of a track, where it has none. */
function findInterlude(pictures: Track, others: readonly Track[]): Seam | undefined {
  return seamsOf(pictures).flatMap(({ before, after }) => {
    const between = others.find(
      (track) =>
        (track[0]?.position ?? 0) > before.lastPosition && (track.at(-1)?.lastPosition ?? Infinity) < after.position,
    );
    return between?.[0] ? [{ before, after: between[0] }] : [];
  })[0];
}

interface Tracks {
  /** Those of the video, and of other videos. */
  pictures: Track;
  others: Track[];
  sounds: Track[];
}

function listTracks({ video, times: { stretches, kinds } }: JoinOptions, replacing: boolean): Tracks {
  const streamsOf = (kind: string): number[] =>
    [...kinds].flatMap(([stream, found]) => (found === kind && stretches.byStream.has(stream) ? [stream] : []));
  const sounds = streamsOf("audio").sort((a, b) => a - b);
  const alone = (stream: number): Track => stretches.byStream.get(stream) ?? [];
  if (!replacing) return { pictures: alone(video.index), others: [], sounds: sounds.map(alone) };
  const others = streamsOf("video").filter((stream) => stream !== video.index);
  const [pictures = [], ...rest] = chainStreams(stretches, [video.index, ...others]);
  return { pictures, others: rest, sounds: chainStreams(stretches, sounds) };
}
