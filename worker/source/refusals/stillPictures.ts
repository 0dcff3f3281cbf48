import { beginsLikeMp4, fileBoxes, findFileBoxes } from "../../fmp4/fileBoxes";
import type { ReadFile } from "../mp4/movie";
import { notVideoError } from "./notVideo";

/** Bytes of version and flags. */
const FIELDS = 4;

/** The handler of pictures that are items of a file instead of samples of a track (ISO/IEC 23008-12, 6.2). */
const PICTURES = "pict";

/** Refuses a HEIC or AVIF that has pictures without a movie. Versions of ffmpeg differ in whether they read them, and as what. */
export async function assertMovie(name: string, { read, bytes }: ReadFile, head: Buffer): Promise<void> {
  if (!beginsLikeMp4(head)) return;
  let isPicture = false;
  for await (const { type, body, end } of fileBoxes(read, 0, bytes)) {
    if (type === "moov" || type === "moof") return;
    if (type !== "meta") continue;
    const [handler] = await findFileBoxes(read, { body: body + FIELDS, end }, "hdlr");
    isPicture ||= handler !== undefined && (await read(handler.body + 8, 4)).toString("latin1") === PICTURES;
  }
  if (isPicture) throw notVideoError(name);
}
