import type { SegmentRecord } from "../../output/record";
import type { Track } from "../tracks/track";

/** The parts of a track that are needed to address its segments. */
export interface AddressedTrack extends Pick<Track, "initName" | "template" | "timescale" | "start"> {
  segments: Iterable<TimedSegment>;
}

type TimedSegment = Pick<SegmentRecord, "time" | "duration">;

/** Track names consist of letters, digits, `-` and `_`, so they need no escaping. */
export function representation(
  name: string,
  attributes: string,
  { initName, template, segments, timescale, start }: AddressedTrack,
  ...properties: string[]
): string[] {
  return [
    `      <Representation id="${name}" ${attributes}>`,
    ...properties,
    `        <BaseURL>${name}/</BaseURL>`,
    `        <SegmentTemplate timescale="${timescale}" presentationTimeOffset="${start}" ` +
      `initialization="${initName}" media="${template}">`,
    "          <SegmentTimeline>",
    ...timeline(segments),
    "          </SegmentTimeline>",
    "        </SegmentTemplate>",
    "      </Representation>",
  ];
}

/** Consecutive segments of the same length share a line, on which `r` counts those after the first. `t` is the time in their names. */
function timeline(segments: Iterable<TimedSegment>): string[] {
  const runs: { time: number; duration: number; count: number }[] = [];
  for (const { time, duration } of segments) {
    const last = runs.at(-1);
    if (last?.duration === duration && last.time + last.count * duration === time) last.count += 1;
    else runs.push({ time, duration, count: 1 });
  }
  return runs.map(
    ({ time, duration, count }) =>
      `            <S t="${time}" d="${duration}"${count > 1 ? ` r="${count - 1}"` : ""}/>`,
  );
}
