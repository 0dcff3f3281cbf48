import { InputError } from "../../errors/errors";
import type { ReadUpTo } from "../../storage/readRange";
import { isContainer } from "../ffprobe/isContainer";
import type { Probe } from "../ffprobe/output";
import { type Element, readTracks, valueOf } from "../matroska/elements";
import { encodingsOf } from "../matroska/encodings";
import { encryptedError } from "./encryption";

/** Elements of Matroska (RFC 9559) by their identifiers. */
const [TYPE, TIMESTAMP_SCALE, ENCODING_TYPE] = [0x83, 0x23314f, 0x5033];
const [VIDEO, AUDIO] = [1, 2];

const ENCRYPTION = 1;

/**
 * Refuses a Matroska file or WebM whose pictures or sound ffmpeg takes for what they aren't: encrypted ones, which it decodes as they are, and
 * a clock of their own, which it applies to other times than the standard does.
 */
export async function assertPlainTracks(name: string, { format }: Probe, read: ReadUpTo): Promise<void> {
  if (!isContainer(format, ["matroska"])) return;
  for (const track of await readTracks(read)) {
    if (![VIDEO, AUDIO].includes(valueOf(track, TYPE))) continue;
    if (isEncrypted(track)) throw encryptedError(name);
    const scale = timestampScale(track);
    if (scale !== 1) {
      throw new InputError(
        `${name} has a track with a TrackTimestampScale of ${scale}, and only 1 is supported; export it again.`,
      );
    }
  }
}

function isEncrypted(track: readonly Element[]): boolean {
  return encodingsOf(track).some((encoding) => valueOf(encoding, ENCODING_TYPE) === ENCRYPTION);
}

/** A number with 4 or 8 bytes. 1 if it is absent. */
function timestampScale(track: readonly Element[]): number {
  const body = track.find(({ id }) => id === TIMESTAMP_SCALE)?.body;
  if (body?.length === 4) return body.readFloatBE(0);
  return body?.length === 8 ? body.readDoubleBE(0) : 1;
}
