import { describesProgramme, listStreams } from "./tables";

/** Stream types by codec (ISO 13818-1, table 2-34, and ATSC A/53). */
const PICTURES = [0x01, 0x02, 0x10, 0x1b, 0x24, 0x33, 0xd1, 0xea];
const SOUND = [0x03, 0x04, 0x0f, 0x11, 0x81, 0x87];
/** Private data, which descriptors say more of: the sound of DVB. */
const PRIVATE = 0x06;
const SOUND_DESCRIPTORS = [0x6a, 0x7a, 0x7b, 0x7c];
const REGISTRATION = 0x05;
const SOUND_REGISTRATIONS = ["AC-3", "EAC3", "DTS1", "DTS2", "DTS3", "Opus", "BSSD"];

/** What a table says of a stream: whether it has pictures or sound. */
export function isMedia(entry: Buffer): boolean {
  const type = entry[0] as number;
  if (type !== PRIVATE) return [...PICTURES, ...SOUND].includes(type);
  return descriptorsOf(entry).some(({ tag, contents }) =>
    tag === REGISTRATION
      ? SOUND_REGISTRATIONS.includes(contents.toString("latin1", 0, 4))
      : SOUND_DESCRIPTORS.includes(tag),
  );
}

/** Decoders of a codec's second version read the first one too. */
export function codecOf(entry: Buffer): number {
  const type = entry[0] as number;
  return type === 0x01 || type === 0x03 ? type + 1 : type;
}

/** Whether a table lists pictures. */
export function hasPictures(section: Buffer): boolean {
  return (
    describesProgramme(section) && [...listStreams(section).values()].some(([type = 0]) => PICTURES.includes(type))
  );
}

const LANGUAGE = 0x0a;

/** The language that a table states of a stream (ISO 13818-1, 2.6.18), with three letters. */
export function languageOf(entry: Buffer): string | undefined {
  const stated = descriptorsOf(entry).find(({ tag, contents }) => tag === LANGUAGE && contents.length >= 3);
  return stated?.contents.toString("latin1", 0, 3).toLowerCase();
}

function descriptorsOf(entry: Buffer): { tag: number; contents: Buffer }[] {
  const descriptors: { tag: number; contents: Buffer }[] = [];
  for (let at = 5; at + 2 <= entry.length;) {
    const end = at + 2 + (entry[at + 1] as number);
    descriptors.push({ tag: entry[at] as number, contents: entry.subarray(at + 2, end) });
    at = end;
  }
  return descriptors;
}
