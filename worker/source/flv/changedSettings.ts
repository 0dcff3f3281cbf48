import { isContainer } from "../ffprobe/isContainer";
import type { Probe } from "../ffprobe/output";
import type { ReadUpTo } from "../../storage/readRange";
import { PICTURE_TAG } from "./tagHeader";
import { flvTags, type Tag } from "./tags";

/** The codecs whose pictures need settings that come in tags of their own, by number and by name. */
const CODECS: Record<string, Codec> = {
  "7": { name: "H.264", parameters: 7, typeOf: (first) => first & 0x1f, lengthAt: 4 },
  "12": { name: "HEVC", parameters: 33, typeOf: (first) => (first >> 1) & 0x3f, lengthAt: 21 },
};
const NAMED: Record<string, string> = { avc1: "7", hvc1: "12" };

interface Codec {
  name: string;
  /** The type of unit with the parameters of a sequence. */
  parameters: number;
  typeOf: (first: number) => number;
  /** Where the settings say with how many bytes units have their length (ISO/IEC 14496-15). */
  lengthAt: number;
}

/** More bytes than a codec's settings have, and than come before the parameters in a picture that has some. */
const ENOUGH = 4096;

/** Pictures from which on decoding needs other settings than those at the beginning. */
export interface ChangedSettings {
  codec: string;
  /** When the first keyframe of them is decoded. */
  seconds: number;
}

/**
 * Finds where an FLV gives its pictures other settings, as a streamer does that was set up anew. Undefined if it doesn't, or if pictures have theirs
 * with them.
 */
export async function findChangedSettings(
  { format }: Probe,
  read: ReadUpTo,
  bytes: number,
): Promise<ChangedSettings | undefined> {
  if (!isContainer(format, ["flv"])) return undefined;
  let known: Buffer | undefined;
  let isChanged = false;
  let begin: number | undefined;
  for await (const tag of flvTags(read, bytes)) {
    begin ??= tag.milliseconds;
    const packet = tag.kind === PICTURE_TAG ? await readPacket(tag) : undefined;
    if (!packet) continue;
    const { codec, isSettings, contents } = packet;
    if (isSettings && contents.length > codec.lengthAt) {
      known ??= contents;
      isChanged = !known.equals(contents);
    } else if (isChanged && known) {
      const seconds = (tag.milliseconds - begin) / 1000;
      if (!hasParameters(contents, codec, ((known[codec.lengthAt] ?? 0) & 3) + 1))
        return { codec: codec.name, seconds };
      isChanged = false;
    }
  }
  return undefined;
}

/** Settings, or a keyframe. */
interface PicturePacket {
  codec: Codec;
  isSettings: boolean;
  contents: Buffer;
}

const KEYFRAME = 1;

/** Types of packets: settings, pictures with the time from decoding until they are shown, and pictures without one. */
const [SETTINGS, TIMED, UNTIMED] = [0, 1, 3];

/** The first bits say what kind a picture is. A codec by number follows, or the type of the packet where the first bit is set. */
async function readPacket({ contents }: Tag): Promise<PicturePacket | undefined> {
  const head = await contents(5);
  const [first = 0, second] = head;
  const isNamed = (first & 0x80) !== 0;
  const codec = CODECS[isNamed ? (NAMED[head.toString("latin1", 1)] ?? "") : String(first & 0x0f)];
  const type = isNamed ? first & 0x0f : second;
  const isSettings = type === SETTINGS;
  const isKeyframe = ((first >> 4) & 7) === KEYFRAME && (type === TIMED || (isNamed && type === UNTIMED));
  if (!codec || !(isSettings || isKeyframe)) return undefined;
  const at = isNamed && type === TIMED ? 8 : 5;
  return { codec, isSettings, contents: (await contents(ENOUGH)).subarray(at) };
}

/** @param bytes How many the length of a unit has. */
function hasParameters(picture: Buffer, { parameters, typeOf }: Codec, bytes: number): boolean {
  for (let at = 0; at + bytes < picture.length; at += bytes + picture.readUIntBE(at, bytes)) {
    if (typeOf(picture[at + bytes] as number) === parameters) return true;
  }
  return false;
}
