import { InputError } from "../../errors/errors";
import { pathOf } from "../../ffmpeg/program";
import { remedy } from "../../ffmpeg/remedy";
import type { ReadUpTo } from "../../storage/readRange";
import { isContainer } from "../ffprobe/isContainer";
import type { Probe } from "../ffprobe/output";
import { type Element, elements, readTracks, valueOf } from "../matroska/elements";
import { encodingsOf } from "../matroska/encodings";
import type { MediaTrack } from "../mp4/movie";
import { assertOwnPictures } from "./referenceMovie";

/** Elements of Matroska (RFC 9559, 5.1.4.1.31) by their identifiers. */
const [TYPE, COMPRESSION, ALGORITHM] = [0x83, 0x5034, 0x4254];
const VIDEO = 1;

const ALGORITHMS = ["zlib", "bzlib", "LZO"];

/** Says why no picture was read of a file that has a video stream, if its container shows that. */
export async function assertReadableMedia(
  name: string,
  { format }: Probe,
  read: ReadUpTo,
  tracks: readonly MediaTrack[],
): Promise<void> {
  await assertOwnPictures(name, read, tracks);
  if (!isContainer(format, ["matroska"])) return;
  const [algorithm] = (await readTracks(read)).filter((track) => valueOf(track, TYPE) === VIDEO).flatMap(compressionOf);
  if (algorithm === undefined) return;
  throw new InputError(
    `${name} has pictures that are compressed with ${algorithm}, and ${pathOf("ffprobe")} can't decompress them: write it again with \`mkvmerge --compression -1:none\`, or ${remedy("undecodable", "ffprobe")}`,
  );
}

/** Headers that are left out of each picture are no algorithm of this kind. */
function compressionOf(track: readonly Element[]): string[] {
  const compressions = encodingsOf(track).flatMap((encoding) => encoding.filter(({ id }) => id === COMPRESSION));
  return compressions.flatMap(({ body }) => ALGORITHMS[valueOf(elements(body), ALGORITHM)] ?? []);
}
