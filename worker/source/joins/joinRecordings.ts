import type { PacketEdit } from "../../../contract/plan";
import type { Probe, ProbeStream } from "../ffprobe/output";
import type { StreamTimes } from "../frames/streamTimes";
import type { Source } from "../loopback/source";
import { chainStreams } from "./chainStreams";
import { findDeclaredJumps } from "./findDeclaredJumps";
import { findJoins, type Seam, seamsOf, type Track } from "./findJoins";
import { hasSecondFile } from "./hasSecondFile";
import { codecChangeError, contradictionError, joinedError } from "./joinedError";
import { planEdits } from "./planEdits";

export interface JoinOptions {
  input: Source;
  probed: Probe;
  video: ProbeStream;
  /** The file's name in messages. */
  name: string;
  times: StreamTimes;
  /** Whether the source is read with edits already. */
  edited: boolean;
}

/** Containers in which a stream may be replaced by another on the way. */
const REPLACING = ["mpegts", "mpeg", "ogg"];

/**
 * Finds recordings that were written one after the other into the file, and plans the edits with which they have one timeline. Undefined
 * if there is nothing to edit. Refuses a file that can't be joined exactly.
 */
export async function joinRecordings(options: JoinOptions): Promise<PacketEdit[] | undefined> {
  const { name, input, edited, times } = options;
  const format = options.probed.format.format_name;
  const tracks = listTracks(options, REPLACING.includes(format));
  const [pictures = [], ...sounds] = tracks;
  const seconds = ({ before }: Seam): number => before.end - (pictures[0]?.begin ?? 0);
  const declared = await findDeclaredJumps(input.read, pictures);
  const { joins, contradiction } = findJoins(pictures, sounds, declared);
  const replaced = tracks.flatMap(seamsOf).filter(({ before, after }) => before.stream !== after.stream);
  const [first] = [...joins.map(({ video }) => video), ...replaced];
  if (first && (format !== "mpegts" || edited)) throw joinedError(name, first, seconds(first));
  const what = contradiction && pictures.includes(contradiction.after) ? "pictures" : "sound";
  // Where recordings overlap, edits make sound go back. It is then cut where it is encoded, as every overlap is.
  if (contradiction && !(edited && what === "sound")) {
    throw contradictionError(name, what, contradiction.after.jump, seconds(contradiction));
  }
  if (!first) {
    if (!(await hasSecondFile(format, { ...input, packetsEnd: times.end }))) return undefined;
    throw joinedError(name, "other file", (pictures.at(-1)?.end ?? 0) - (pictures[0]?.begin ?? 0));
  }
  const edits = await planEdits(input.read, tracks, joins);
  if (Array.isArray(edits)) return edits;
  throw edits.what === "codec"
    ? codecChangeError(name, seconds(edits.seam))
    : joinedError(name, edits.seam, seconds(edits.seam));
}

/** Lists the pictures first, then each track of sound. */
function listTracks({ video, times: { stretches, kinds } }: JoinOptions, replacing: boolean): Track[] {
  const streamsOf = (kind: string): number[] =>
    [...kinds].flatMap(([stream, found]) => (found === kind && stretches.byStream.has(stream) ? [stream] : []));
  const sounds = streamsOf("audio").sort((a, b) => a - b);
  const alone = (stream: number): Track => stretches.byStream.get(stream) ?? [];
  if (!replacing) return [alone(video.index), ...sounds.map(alone)];
  const others = streamsOf("video").filter((stream) => stream !== video.index);
  return [...chainStreams(stretches, [video.index, ...others]).slice(0, 1), ...chainStreams(stretches, sounds)];
}
