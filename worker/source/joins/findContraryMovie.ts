import { numberBehindTimes } from "../../fmp4/behindTimes";
import { type FileBox, fileBoxes, findFileBoxes, type ReadUpTo } from "../../fmp4/fileBoxes";
import { ENTRY_FIELDS } from "../../fmp4/initSegment";

/** Boxes of a sample entry that say nothing of how samples are decoded. The second has bit rates in between. */
const IRRELEVANT = ["btrt", "esds", "pasp", "clap", "colr", "free"];

/**
 * Finds an index among the fragments of an MP4 that describes a track otherwise than the first one does: ffmpeg reads only the first, and
 * takes all fragments for its. Resolves to the bytes before it.
 */
export async function findContraryMovie(read: ReadUpTo, bytes: number): Promise<number | undefined> {
  let first: ReadonlyMap<number, string> | undefined;
  for await (const box of fileBoxes(read, 0, bytes)) {
    if (box.type !== "moov") continue;
    const tracks = await describeTracks(read, box);
    if (!first) first = tracks;
    else if ([...tracks].some(([id, description]) => first?.get(id) !== description)) return box.at;
  }
  return undefined;
}

/** By each track's identifier, what its fragments mean. */
async function describeTracks(read: ReadUpTo, movie: FileBox): Promise<Map<number, string>> {
  const contents = ({ body, end }: FileBox): Promise<Buffer> => read(body, end - body);
  const descriptions = new Map<number, string>();
  const defaults = await Promise.all((await findFileBoxes(read, movie, "mvex", "trex")).map(contents));
  for (const track of await findFileBoxes(read, movie, "trak")) {
    const boxes = (...path: string[]): Promise<FileBox[]> => findFileBoxes(read, track, ...path);
    const [header] = await boxes("tkhd");
    const [media] = await boxes("mdia", "mdhd");
    const [handler] = await boxes("mdia", "hdlr");
    const [samples] = await boxes("mdia", "minf", "stbl", "stsd");
    if (!header || !media || !handler || !samples) continue;
    const id = numberBehindTimes(await contents(header));
    const kind = (await contents(handler)).toString("latin1", 8, 12);
    const fragments = defaults.find((trex) => trex.readUInt32BE(4) === id)?.toString("hex");
    const ticks = numberBehindTimes(await contents(media));
    descriptions.set(id, [ticks, kind, await describeSamples(read, kind, samples), fragments].join());
  }
  return descriptions;
}

/** Describes the first kind of samples, which is the only one of most tracks. */
async function describeSamples(read: ReadUpTo, kind: string, { body, end }: FileBox): Promise<string> {
  if (kind !== "vide" && kind !== "soun") return "";
  for await (const entry of fileBoxes(read, body + 8, end)) {
    const after = entry.body + ENTRY_FIELDS[kind === "vide" ? "video" : "audio"];
    // The fields of video go on with the encoder's name.
    const parts = [await read(entry.body, kind === "vide" ? 42 : after - entry.body)];
    for await (const box of fileBoxes(read, after, entry.end)) {
      if (!IRRELEVANT.includes(box.type)) parts.push(await read(box.at, box.end - box.at));
    }
    return [entry.type, ...parts.map((part) => part.toString("hex"))].join();
  }
  return "";
}
