import { assertNotInterrupted } from "../ffmpeg/failure";
import { start } from "../ffmpeg/run";
import { assertSupported } from "../ffmpeg/version";
import type { MediaInput } from "../ffmpeg/input";
import { BY_PICTURE } from "./picture/rotation";
import type { Probe, ProbeFrame, ProbeStream, SideData } from "./ffprobe/output";
import { PROBE_OPTIONS } from "./ffprobe/options";
import { unreadableError } from "./refusals/unreadable";

/** The packets to decode, to see how pictures are stored where the header doesn't state it or is wrong. */
const FIRST_PACKETS = 12;

/**
 * Reads further than ffprobe does by itself, which is some seconds. A recording of a broadcast begins anywhere, and its first picture that
 * can be read may come much later; so may its sound.
 */
const FURTHER = ["-analyzeduration", "60000000", "-probesize", "256000000"];

/**
 * Reads the headers and the first frames. `name` is the file's name in messages, `head` its first bytes. If the beginning doesn't show
 * what a stream is, it is read once more, and further. No other program has to: the plan holds what came of it, and decoders find out by
 * themselves.
 */
export async function probe(input: MediaInput, name: string, head: Buffer): Promise<Probe> {
  const probed = await readProbe(input, name, head, []);
  return probed.streams.some(isUnknown) ? probeFurther(input, name, head) : probed;
}

export function probeFurther(input: MediaInput, name: string, head: Buffer): Promise<Probe> {
  return readProbe(input, name, head, FURTHER);
}

/** Whether neither the header nor the packets so far showed the size of pictures or the channels of sound. */
export function isUnknown({
  codec_type,
  width = 0,
  height = 0,
  channels = 0,
  codec_name = "unknown",
}: ProbeStream): boolean {
  if (codec_name === "unknown") return false;
  return (codec_type === "video" && width * height === 0) || (codec_type === "audio" && channels === 0);
}

async function readProbe(input: MediaInput, name: string, head: Buffer, options: readonly string[]): Promise<Probe> {
  const entries =
    "frame=stream_index,interlaced_frame,top_field_first,pts:frame_side_data=displaymatrix,rotation:packet=stream_index:packet_side_data=side_data_type:program=program_id:program_stream=index";
  const first = ["-show_entries", entries, "-read_intervals", `%+#${FIRST_PACKETS}`];
  const own = ["-show_program_version", "-show_library_versions"];
  const show = ["-show_format", "-show_streams", "-show_chapters", ...own, ...first, "-print_format", "json"];
  const ffprobe = start("ffprobe", [...PROBE_OPTIONS, ...options, ...show, "-i", input.url], { input });
  let text = "";
  for await (const piece of ffprobe.output.setEncoding("utf8")) text += piece as string;
  const exit = await ffprobe.ended;
  if (exit.code !== 0) {
    assertNotInterrupted(name, exit);
    throw unreadableError(name, head, exit.stderr);
  }
  const { program_version: program, library_versions: libraries, ...shown } = JSON.parse(text) as ProbeOutput;
  const { major, minor, micro } = libraries.find(({ name }) => name === "libavcodec") as LibraryVersion;
  assertSupported({ version: program.version, libavcodec: [major, minor, micro].join(".") }, "ffprobe");
  return toProbe(shown);
}

interface Versions {
  program_version: { version: string };
  library_versions: LibraryVersion[];
}

interface LibraryVersion {
  name: string;
  major: number;
  minor: number;
  micro: number;
}

/** What ffprobe prints when it is asked for packets, frames and its own version. */
interface ProbeOutput extends Omit<Probe, "programmes">, Versions {
  programs?: { streams: { index: number }[] }[];
  packets_and_frames?: ({ type: "frame" | "packet"; side_data_list?: SideData[] } & ProbeFrame)[];
}

function toProbe({
  packets_and_frames: shown = [],
  programs = [],
  ...probed
}: Omit<ProbeOutput, keyof Versions>): Probe {
  const encrypted = shown.some(({ type, side_data_list: data = [] }) => {
    return type === "packet" && data.some(({ side_data_type }) => side_data_type === "Encryption info");
  });
  const programmes = programs.map(({ streams }) => streams.map(({ index }) => index));
  const frames = shown.filter(({ type }) => type === "frame");
  const streams = probed.streams.map((stream) => withOrientation(stream, frames));
  return { ...probed, streams, programmes, frames, ...(encrypted ? { encrypted } : {}) };
}

/**
 * The stream with the rotation that its first picture states, unless the container states one. ffmpeg rotates by that of each picture, which
 * H.264 and HEVC may have too.
 */
function withOrientation(stream: ProbeStream, frames: readonly ProbeFrame[]): ProbeStream {
  const { index, side_data_list: stated = [] } = stream;
  if (stated.some(isOrientation)) return stream;
  const first = frames.find(({ stream_index }) => stream_index === index);
  const own = (first?.side_data_list ?? []).filter(isOrientation).map((data) => ({ ...data, [BY_PICTURE]: 1 }));
  return own.length > 0 ? { ...stream, side_data_list: [...stated, ...own] } : stream;
}

function isOrientation({ rotation }: SideData): boolean {
  return rotation !== undefined;
}
