import { isContainer } from "./ffprobe/isContainer";
import type { Probe, ProbeStream } from "./ffprobe/output";
import { findFirstPacket } from "./frames/firstPacket";
import type { Source } from "./loopback/source";
import { withoutMiddle } from "./loopback/withoutMiddle";
import { isUnknown, probeFurther } from "./probe";
import { layoutOf, packetAt } from "./transport/transportStream";

/** Bytes at the beginning of a file within which its tables come. */
const TABLES = 1 << 20;

/** Containers that announce streams without saying all that has to be known of them. */
const ANNOUNCING = ["mpegts", "mpeg"];

/** Where the first packet of a stream begins in the file. Undefined if it has none. */
type FindPosition = (stream: ProbeStream) => number | undefined | Promise<number | undefined>;

/** Finds out what the pictures of a file are where all of them begin later than a program looks for them. */
export async function withLatePictures(input: Source, probed: Probe, name: string): Promise<Probe> {
  const pictures = probed.streams.filter(({ codec_type }) => codec_type === "video");
  if (!pictures.every(isUnknown)) return probed;
  return withLateStreams({ input, name, wanted: pictures }, probed, (stream) => findFirstPacket(input, stream, name));
}

/** Finds out what sound is that a file announces and that begins later than a program looks for it. */
export function withLateSound(
  input: Source,
  probed: Probe,
  name: string,
  positionOf: (stream: number) => number | undefined,
): Promise<Probe> {
  const wanted = probed.streams.filter(({ codec_type }) => codec_type === "audio");
  return withLateStreams({ input, name, wanted }, probed, ({ index }) => positionOf(index));
}

interface Wanted {
  input: Source;
  name: string;
  wanted: readonly ProbeStream[];
}

async function withLateStreams({ input, name, wanted }: Wanted, probed: Probe, find: FindPosition): Promise<Probe> {
  const unknown = isContainer(probed.format, ANNOUNCING) ? wanted.filter(isUnknown) : [];
  if (unknown.length === 0) return probed;
  const head = await input.read(0, 1024);
  const layout = layoutOf(head);
  const begin = (position: number): number => (layout ? packetAt(position, layout) : Math.floor(position));
  const streams = [...probed.streams];
  for (const stream of unknown) {
    const position = await find(stream);
    if (position === undefined || Number.isNaN(position)) continue;
    const to = begin(position);
    const middle = { from: begin(Math.min(TABLES, to / 2)), to };
    const later = await withoutMiddle(input, middle, (begun) => probeFurther(begun, name, head));
    const known = later.streams.find(({ id }) => id === stream.id);
    if (known && !isUnknown(known)) streams[streams.indexOf(stream)] = { ...known, index: stream.index };
  }
  return { ...probed, streams };
}
