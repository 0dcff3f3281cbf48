import type { ReadUpTo } from "../../storage/readRange";
import type { PacketEdit } from "../../../contract/sourceChanges";
import { type Join, type Seam, seamsOf, type Track } from "./findJoins";
import { findOverlap } from "./findOverlap";
import { type Cut, moveStretches } from "./moveStretches";
import { readPid, readSeam, type SeamBytes } from "./readSeam";
import { isSmallJump, type Stretch } from "../frames/stretches";
import { describesProgramme, listStreams, readSections, readTables, writeTable } from "../transport/tables";
import { type Layout, layoutOf, NULL_PID, PAT_PID, packetAt } from "../transport/transportStream";

/** Timestamps count in this many ticks a second. */
const TICKS = 90_000;

/** What keeps the recordings in a transport stream from becoming one. */
export type Obstacle = { what: "packets" | "codec"; seam: Seam };

/** Bytes at the beginning of a file within which its tables come. */
const TABLES = 1 << 20;

/** What is found in the file about each track. */
interface Examined {
  layout: Layout;
  /** The beginning of the file. */
  head: Buffer;
  /** The PID with which each track begins. */
  pids: number[];
  /** By the stretch that comes after. */
  seams: Map<Stretch, SeamBytes>;
}

/**
 * Plans the edits that make one recording of those in a transport stream: timestamps that go on, and streams that keep their PIDs. What
 * comes before the first keyframe of a further recording can't be decoded, and is taken out.
 *
 * @param tracks Those of pictures first.
 */
export async function planEdits(
  read: ReadUpTo,
  tracks: readonly Track[],
  joins: readonly Join[],
): Promise<PacketEdit[] | Obstacle> {
  const examined = await examine(read, tracks);
  if ("what" in examined) return examined;
  const { layout, pids, seams } = examined;
  const cuts = new Map<Stretch, Cut>();
  for (const join of joins) {
    const cut = await findCut(read, join, examined);
    if (cut) cuts.set(join.video.after, cut);
  }
  const [pictures = [], ...sounds] = tracks;
  const moved = moveStretches(pictures, sounds, joins, cuts);
  const edits = moved.flatMap((track, number) => {
    const becomes = pids[number] as number;
    let pid = becomes;
    return track.flatMap(({ stretch, shift }) => {
      const before = pid;
      pid = seams.get(stretch)?.pid ?? becomes;
      const change = { ticks: Math.round(shift * TICKS), ...(pid === becomes ? {} : { becomes }) };
      const { same } = cuts.get(stretch) ?? {};
      return [
        ...(same ? [editFrom(same.position, before, DROP, layout)] : []),
        ...(cuts.has(stretch)
          ? editCut(stretch, pid, change, layout)
          : [editFrom(stretch.position, pid, change, layout)]),
      ];
    });
  });
  return [...edits, ...dropTables(tracks, examined), ...forgetStreams(examined)].sort((a, b) => a.from - b.from);
}

async function examine(read: ReadUpTo, tracks: readonly Track[]): Promise<Examined | Obstacle> {
  const [firstSeam] = tracks.flatMap(seamsOf) as [Seam];
  const layout = layoutOf(await read(0, 1024));
  if (!layout) return { what: "packets", seam: firstSeam };
  const head = await read(0, TABLES);
  const { streamTypes } = readTables(head, layout);
  const seams = new Map<Stretch, SeamBytes>();
  const pids: number[] = [];
  for (const track of tracks) {
    const pid = await readPid(read, layout, track[0] as Stretch);
    if (pid === undefined) return { what: "packets", seam: firstSeam };
    pids.push(pid);
    for (const seam of seamsOf(track)) {
      const bytes = await readSeam(read, layout, seam);
      if (!bytes) return { what: "packets", seam };
      const type = bytes.streamTypes.get(bytes.pid) ?? streamTypes.get(bytes.pid);
      if (bytes.pid !== pid && type !== streamTypes.get(pid)) return { what: "codec", seam };
      seams.set(seam.after, bytes);
    }
  }
  return { layout, head, pids, seams };
}

/**
 * Where another recording begins, its first pictures may refer to others that are not there, so it is used from its first keyframe on. It
 * may repeat the end of the one before. Undefined if the clock of one and the same recording was set.
 */
async function findCut(read: ReadUpTo, { video, sounds }: Join, examined: Examined): Promise<Cut | undefined> {
  const { layout, seams } = examined;
  const { before, after } = video;
  if ([video, ...sounds.values()].every((seam) => seams.get(seam.after)?.continuous)) return undefined;
  if (!after.keyframe) return undefined;
  const [first = NaN] = examined.pids;
  const pid = seams.get(before)?.pid ?? first;
  // Times that all but go on say that its contents do too.
  const pids: [number, number] = [pid, seams.get(after)?.pid ?? pid];
  const same = isSmallJump(after) ? undefined : await findOverlap(read, layout, video, pids);
  return { start: after.keyframe.shown, ...(same ? { same } : {}) };
}

type Change = Pick<PacketEdit, "ticks" | "becomes" | "anew">;

const DROP: Change = { becomes: NULL_PID };

function editFrom(position: number, pid: number, change: Change, layout: Layout): PacketEdit {
  return { pid, from: packetAt(position, layout), ...change };
}

/** Takes out the pictures before the first keyframe, and those that follow it but are shown before it. */
function editCut(stretch: Stretch, pid: number, change: Change, layout: Layout): PacketEdit[] {
  const { position, keyframe } = stretch;
  if (!keyframe) return [];
  return [
    ...(keyframe.position > position ? [editFrom(position, pid, DROP, layout)] : []),
    editFrom(keyframe.position, pid, { ...change, anew: true }, layout),
    ...(keyframe.leading === undefined ? [] : [editFrom(keyframe.leading, pid, DROP, layout)]),
    ...(keyframe.leading === undefined || keyframe.trailing === undefined
      ? []
      : [editFrom(keyframe.trailing, pid, change, layout)]),
  ];
}

/** Takes out the tables that announce other PIDs. */
function dropTables(tracks: readonly Track[], { layout, pids, seams }: Examined): PacketEdit[] {
  const switches = tracks.flatMap((track, number) =>
    seamsOf(track).filter(({ after }) => seams.get(after)?.pid !== pids[number]),
  );
  const from = Math.min(...switches.map(({ before }) => before.lastPosition));
  const tables = new Set(switches.flatMap(({ after }) => [...(seams.get(after)?.tablePids ?? [])]));
  return [...tables].map((pid) => editFrom(from, pid, DROP, layout));
}

/** Takes the PIDs that nothing has any longer out of the first tables, or ffmpeg would look for what they contain. */
function forgetStreams({ layout, head, pids, seams }: Examined): PacketEdit[] {
  const gone = [...seams.values()].flatMap(({ pid }) => (pids.includes(pid) ? [] : [pid]));
  const edits = new Map<number, PacketEdit>();
  readSections(head, layout, new Set([PAT_PID]), (pid, section) => {
    if (!describesProgramme(section) || !gone.some((one) => listStreams(section).has(one))) return;
    const left = [...listStreams(section)].flatMap(([stream, entry]) => (gone.includes(stream) ? [] : [entry]));
    const written = writeTable(section, left)?.toString("base64");
    if (written !== undefined) edits.set(pid, { pid, from: 0, section: written });
  });
  return [...edits.values()];
}
