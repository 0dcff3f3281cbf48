import type { SourceAudio } from "../../contract/sourceAudio";
import type { Probe } from "./ffprobe/output";
import { parseTimeBase } from "./ffprobe/timeBase";
import type { StreamTimes } from "./frames/streamTimes";

const MPEG_AUDIO = ["mp1", "mp2", "mp3"];

/** Notes of an audio track what its frames' times have to be corrected by, if they may have to be. */
export function withFrames(
  track: SourceAudio,
  { streams }: Probe,
  { first, grouped }: Pick<StreamTimes, "first" | "grouped">,
): SourceAudio {
  const stream = streams.find(({ index }) => index === track.stream);
  const [begins, length] = [first.get(track.stream), grouped.get(track.stream)];
  const mpeg = MPEG_AUDIO.includes(stream?.codec_name ?? "");
  if (!stream || begins === undefined || (!mpeg && length === undefined)) return track;
  const [numerator, denominator] = parseTimeBase(stream);
  return {
    ...track,
    frames: {
      first: (begins * numerator) / denominator,
      ...(length === undefined ? {} : { grouped: length }),
      ...(mpeg ? { mpeg: true } : {}),
    },
  };
}

/** Notes by how much frames of an audio track come late, if some do. */
export function withJitter(track: SourceAudio, { jitter }: Pick<StreamTimes, "jitter">): SourceAudio {
  const jitterSeconds = jitter.of(track.stream);
  return jitterSeconds === undefined ? track : { ...track, jitterSeconds };
}
