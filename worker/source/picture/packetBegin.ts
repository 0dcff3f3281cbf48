import { isContainer } from "../ffprobe/isContainer";
import type { ProbeFormat } from "../ffprobe/output";
import { PICTURE_TAG, TAG_HEADER } from "../flv/tagHeader";
import { klvHeaderBytes } from "../mxf/klvHeader";

/** Where a packet begins behind the position that ffprobe states, by what is stored there. */
export type BeginOf = (stored: Buffer) => number;

/** By the container. In others packets are divided, or rarely change. */
const BEGINNINGS: Record<string, BeginOf> = { mov: () => 0, matroska: blockBegin, flv: flvBegin };

/** Undefined for other containers. */
export function findBeginOf(format: ProbeFormat): BeginOf | undefined {
  const container = Object.keys(BEGINNINGS).find((name) => isContainer(format, [name]));
  return BEGINNINGS[container ?? ""];
}

/** The same where it is certain too that a packet is stored in one piece. */
export function findStoredBegin(format: ProbeFormat): BeginOf | undefined {
  if (isContainer(format, ["avi"])) return () => 0;
  return isContainer(format, ["mxf"]) ? klvHeaderBytes : findBeginOf(format);
}

/** Behind the number of the track, the time and the flags (RFC 9559, 10.1). */
function blockBegin([first = 0]: Buffer): number {
  return Math.clz32(first) - 23 + 3;
}

/** Behind the header of the tag and what it says of the picture, which is longer if it names the codec. */
function flvBegin(tag: Buffer): number {
  if (tag[0] !== PICTURE_TAG) return 0;
  const first = tag[TAG_HEADER] ?? 0;
  const hasTime = (first & 0x0f) === 1 && tag.toString("latin1", TAG_HEADER + 1, TAG_HEADER + 5) !== "av01";
  return TAG_HEADER + ((first & 0x80) !== 0 && hasTime ? 8 : 5);
}
