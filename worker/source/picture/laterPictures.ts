import { ProgramCrash } from "../../errors/errors";
import type { MediaInput } from "../../ffmpeg/input";
import type { Probe, ProbeFrame, ProbeStream } from "../ffprobe/output";
import { probeLines } from "../ffprobe/probeLines";
import { marksOf } from "./isInterlaced";
import { mixedFieldsError } from "../refusals/codedFields";

/** Codecs whose pictures may have two fields. */
const FIELD_CODECS = ["h264", "hevc", "mpeg2video", "mpeg4", "vc1", "wmv3", "prores", "dnxhd", "dvvideo", "ffv1"];

/** The number of places in a long video: what is shorter than a fiftieth of it may be missed. They are some tenths apart in a short one. */
const PLACES = 50;
const CLOSEST_SECONDS = 0.4;

/** Containers in which a seek may end between keyframes. The next one comes within some seconds, and only keyframes are decoded. */
const UNINDEXED = ["mpegts", "mpeg"];
const SECONDS_TO_KEYFRAME = 3;

/** With an index, the seek ends at a keyframe. Those behind it are looked at too: they may have fields where the keyframe has none. */
const PACKETS = 4;

/**
 * Looks at pictures from all over the video, to see whether some have two fields and others not. Each picture says so for itself,
 * whatever headers say, so pictures have to be decoded: a few at each of some places, however long the video is.
 */
export async function withLaterPictures(
  input: MediaInput,
  probed: Probe,
  video: ProbeStream,
  name: string,
): Promise<Probe> {
  const { codec_name = "" } = video;
  if (!FIELD_CODECS.includes(codec_name)) return probed;
  const frames = [...(probed.frames ?? []), ...(await readPlaces(input, probed, video, name))];
  if (codec_name === "hevc" && marksOf(frames, video.index).size > 1) throw mixedFieldsError(name);
  return { ...probed, frames };
}

async function readPlaces(
  input: MediaInput,
  { format }: Probe,
  { index }: ProbeStream,
  name: string,
): Promise<ProbeFrame[]> {
  const [begin, seconds] = [Number(format.start_time ?? 0), Number(format.duration ?? 0)];
  const count = Math.min(PLACES, Math.floor(seconds / CLOSEST_SECONDS));
  if (count === 0) return [];
  const isIndexed = !UNINDEXED.includes(format.format_name);
  const length = isIndexed ? `#${PACKETS}` : String(SECONDS_TO_KEYFRAME);
  const places = Array.from({ length: count }, (_, place) => begin + ((place + 0.5) * seconds) / count);
  const what = ["-select_streams", String(index), "-show_entries", "frame=interlaced_frame"];
  const options = [...(isIndexed ? [] : ["-skip_frame", "nokey"]), ...what];
  const look = async (some: readonly number[]): Promise<ProbeFrame[]> => {
    const where = some.map((place) => `${place.toFixed(3)}%+${length}`).join(",");
    const frames: ProbeFrame[] = [];
    // Where it can't seek, or finds nothing, there is nothing to be learnt.
    for await (const line of probeLines(input, ["-read_intervals", where, ...options], name)) {
      if (/^[01]/.test(line)) frames.push({ stream_index: index, interlaced_frame: Number(line[0]) });
    }
    return frames;
  };
  const together = await unlessItCrashes(look(places));
  if (together) return together;
  const frames: ProbeFrame[] = [];
  for (const place of places) frames.push(...((await unlessItCrashes(look([place]))) ?? []));
  return frames;
}

/** Undefined where ffprobe crashes: that of 5.1 does so at some seeks in damaged files, and in streams that change. */
async function unlessItCrashes<Result>(reading: Promise<Result>): Promise<Result | undefined> {
  return reading.catch((error: unknown) => {
    if (error instanceof ProgramCrash) return undefined;
    throw error;
  });
}
