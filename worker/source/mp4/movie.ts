import { numberBehindTimes } from "../../fmp4/behindTimes";
import { beginsLikeMp4, type FileBox, fileBoxes, findFileBoxes, type ReadUpTo } from "../../fmp4/fileBoxes";

/** A file to look into. */
export interface ReadFile {
  read: ReadUpTo;
  bytes: number;
}

/** A track of an MP4 or MOV. */
export interface Track {
  box: FileBox;
  /** The number that fragments call it by. */
  id: number;
  /** Four characters, for example `vide`. */
  kind: string;
  /** The contents of its `tkhd` box. */
  header: Buffer;
}

/** The index, which comes before the fragments if there are any. */
export async function findMovie({ read, bytes }: ReadFile): Promise<FileBox | undefined> {
  for await (const box of fileBoxes(read, 0, bytes)) {
    if (box.type === "moov") return box;
    if (box.type === "moof") return undefined;
  }
  return undefined;
}

/** The tracks that have a header and say what they contain. */
export async function readTracks(read: ReadUpTo, movie: FileBox): Promise<Track[]> {
  const tracks: Track[] = [];
  for (const box of await findFileBoxes(read, movie, "trak")) {
    const [handler] = await findFileBoxes(read, box, "mdia", "hdlr");
    const [place] = await findFileBoxes(read, box, "tkhd");
    if (!handler || !place) continue;
    const header = await read(place.body, place.end - place.body);
    const kind = (await read(handler.body + 8, 4)).toString("latin1");
    tracks.push({ box, id: numberBehindTimes(header), kind, header });
  }
  return tracks;
}

/** A track with media. */
export interface MediaTrack extends Track {
  /** What messages call them. */
  what: "pictures" | "sound";
  /** The index that the track is in. */
  movie: FileBox;
}

const KINDS: Record<string, MediaTrack["what"]> = { vide: "pictures", soun: "sound" };

/** The tracks with pictures or sound of a file that begins like this. Empty unless it is an MP4 or MOV. */
export async function readMediaTracks(file: ReadFile, head: Buffer): Promise<MediaTrack[]> {
  const movie = beginsLikeMp4(head) ? await findMovie(file) : undefined;
  if (!movie) return [];
  return (await readTracks(file.read, movie)).flatMap((track) => {
    const what = KINDS[track.kind];
    return what === undefined ? [] : [{ ...track, what, movie }];
  });
}
