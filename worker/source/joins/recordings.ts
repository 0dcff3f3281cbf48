import type { PlanSource } from "../../../contract/plan";
import type { SourceObject } from "../loopback/source";
import { NULL_PID } from "../transport/transportStream";

/** The number of the recording that is shown at a time. The first has -1, as it isn't listed. */
export function recordingAt({ recordings = [] }: Pick<PlanSource, "recordings">, pts: number): number {
  return recordings.findLastIndex((recording) => recording.pts <= pts);
}

/** What a decoder gets to read of a source: no pictures of other recordings than this one. */
export function recordingOf(source: PlanSource, number: number): SourceObject {
  const { recordings = [], edits = [] } = source;
  const [own, next] = [recordings[number], recordings[number + 1]];
  return {
    ...source,
    ...(own
      ? {
          edits: [
            ...edits,
            [
              { pid: own.pid, from: 0, becomes: NULL_PID },
              { pid: own.pid, from: own.from },
            ],
          ],
        }
      : {}),
    ...(next ? { bytes: next.from } : {}),
  };
}
