import type { PacketEdit } from "../../../contract/sourceChanges";
import { codecOf, hasPictures, isMedia } from "../transport/streamEntry";
import type { Table } from "../transport/tableHistory";
import { describesProgramme, listProgrammes, listStreams, writeTable } from "../transport/tables";
import { NULL_PID, PAT_PID } from "../transport/transportStream";

/** Why nobody knows which streams go on with a video, or how to name them, and after how many bytes. */
export interface TableObstacle {
  what: "programmes" | "codec" | "room";
  after: number;
}

/**
 * Plans edits of a transport stream with which its tables list all streams that are the video's at any time. ffmpeg looks for no packets
 * of a stream that it doesn't know from the beginning, and not for tables with other identifiers than the first.
 *
 * @param tables All that there are, in the order of the file.
 * @param picture The PID of the video's first picture.
 */
export function unifyTables(tables: readonly Table[], picture: number): PacketEdit[] | TableObstacle {
  const own = tables.find(({ section }) => describesProgramme(section) && listStreams(section).has(picture));
  if (!own) return [];
  const replacement = findReplacement(tables, own.pid);
  if (replacement && "what" in replacement) return replacement;
  const pids = [own.pid, ...(replacement?.pids ?? [])];
  const listed = listStreams(own.section);
  const added = new Map<number, Buffer>();
  for (const { section, pid, position } of tables) {
    if (!pids.includes(pid) || !describesProgramme(section)) continue;
    for (const [stream, entry] of listStreams(section)) {
      if (!isMedia(entry)) continue;
      const known = listed.get(stream) ?? added.get(stream);
      if (known && codecOf(known) !== codecOf(entry)) return { what: "codec", after: position };
      if (!known) added.set(stream, entry);
    }
  }
  if (added.size === 0) return [];
  const section = writeTable(own.section, [...listed.values(), ...added.values()])?.toString("base64");
  if (section === undefined) return { what: "room", after: own.position };
  return [
    ...pids.map((pid) => ({ pid, from: 0, section, becomes: own.pid })),
    // Without the list of programmes, ffmpeg goes on with the one that it knows.
    ...(replacement ? [{ pid: PAT_PID, from: replacement.position, becomes: NULL_PID }] : []),
  ];
}

interface Replacement {
  pids: number[];
  position: number;
}

/** The programmes' tables that take the place of the video's, where the list of programmes has it no longer. */
function findReplacement(tables: readonly Table[], own: number): Replacement | TableObstacle | undefined {
  const lists = tables.filter(({ pid, section }) => pid === PAT_PID && !listProgrammes(section).includes(own));
  const pids = new Set<number>();
  for (const { section, position } of lists) {
    const candidates = listProgrammes(section).filter((listed) =>
      tables.some((table) => table.pid === listed && hasPictures(table.section)),
    );
    if (candidates.length > 1) return { what: "programmes", after: position };
    candidates.forEach((pid) => pids.add(pid));
  }
  return lists[0] && pids.size > 0 ? { pids: [...pids], position: lists[0].position } : undefined;
}
