import { InputError } from "../../errors/errors";
import { pathOf } from "../../ffmpeg/program";
import { remedy } from "../../ffmpeg/remedy";
import { findFileBoxes } from "../../fmp4/fileBoxes";
import type { ReadUpTo } from "../../storage/readRange";
import { isContainer } from "../ffprobe/isContainer";
import type { Probe } from "../ffprobe/output";
import { type Element, elements, readTracks, valueOf } from "../matroska/elements";
import { encodingsOf } from "../matroska/encodings";
import type { MediaTrack } from "../mp4/movie";

/** Elements of Matroska (RFC 9559, 5.1.4.1.31) by their identifiers. */
const [TYPE, COMPRESSION, ALGORITHM] = [0x83, 0x5034, 0x4254];
const VIDEO = 1;

const ALGORITHMS = ["zlib", "bzlib", "LZO"];

/** Bytes of version, flags and the number of references. */
const FIELDS = 8;

/** Says why no picture was read of a file that has a video stream, if its container shows that. */
export async function assertReadableMedia(
  name: string,
  { format }: Probe,
  read: ReadUpTo,
  tracks: readonly MediaTrack[],
): Promise<void> {
  for (const track of tracks) {
    if (await isElsewhere(read, track)) {
      throw new InputError(
        `${name} is a reference movie: its ${track.what} are in another file; export it as a self-contained movie.`,
      );
    }
  }
  if (!isContainer(format, ["matroska"])) return;
  const [algorithm] = (await readTracks(read)).filter((track) => valueOf(track, TYPE) === VIDEO).flatMap(compressionOf);
  if (algorithm === undefined) return;
  throw new InputError(
    `${name} has pictures that are compressed with ${algorithm}, and ${pathOf("ffprobe")} can't decompress them: write it again with \`mkvmerge --compression -1:none\`, or ${remedy("undecodable", "ffprobe")}`,
  );
}

/** A flag says whether the media are in the file itself (ISO/IEC 14496-12, 8.7.2). */
async function isElsewhere(read: ReadUpTo, { box, what }: MediaTrack): Promise<boolean> {
  if (what !== "pictures") return false;
  const [list] = await findFileBoxes(read, box, "mdia", "minf", "dinf", "dref");
  const flags = list && (await read(list.body + FIELDS + 8, 4));
  return flags?.length === 4 && (flags.readUInt32BE(0) & 1) === 0;
}

/** Headers that are left out of each picture are no algorithm of this kind. */
function compressionOf(track: readonly Element[]): string[] {
  const compressions = encodingsOf(track).flatMap((encoding) => encoding.filter(({ id }) => id === COMPRESSION));
  return compressions.flatMap(({ body }) => ALGORITHMS[valueOf(elements(body), ALGORITHM)] ?? []);
}
