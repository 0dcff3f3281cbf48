import type { Probe, ProbeStream } from "./ffprobe/output";

/**
 * The sound streams that go with the video. A transport stream may carry several programmes: the video's sound is that of the programmes
 * which list it. A stream that no programme lists goes with the video only where its programmes have no sound at all, and then nothing of
 * another programme does.
 */
export function soundOfProgramme({ streams, programmes = [] }: Probe, video: ProbeStream): ProbeStream[] {
  const sound = streams.filter(({ codec_type }) => codec_type === "audio");
  const isListed = ({ index }: ProbeStream): boolean => programmes.some((listed) => listed.includes(index));
  const own = programmes.filter((listed) => listed.includes(video.index)).flat();
  const listed = sound.filter(({ index }) => own.includes(index));
  if (listed.length > 0) return listed;
  // With one programme in all, it is merely incomplete.
  return programmes.length > 1 ? sound.filter((stream) => !isListed(stream)) : sound;
}
