import type { Ladder } from "../../../contract/plan";
import { DEFAULT_MAX_DURATION_SECONDS } from "../../../contract/plan";
import { InputError } from "../../errors/errors";

/** Recordings of a screen have minutes between pictures, time lapses up to some more. Broken timestamps are days apart. */
const LONGEST_PAUSE_SECONDS = 3600;

/** The length of a video as its packets show it, in seconds. */
export interface VideoLength {
  /** From when its first picture is shown to when its last one no longer is. */
  seconds: number;
  /** The longest time in it without a picture or sound. */
  pause: Pause;
}

export interface Pause {
  /** Counts from the first picture. */
  from: number;
  seconds: number;
}

/** Refuses a video whose length isn't borne out by pictures and sound, or is more than the ladder accepts, before hours of nothing are encoded. */
export function assertAcceptableLength(
  name: string,
  { seconds, pause }: VideoLength,
  { maxDurationSeconds = DEFAULT_MAX_DURATION_SECONDS }: Pick<Ladder, "maxDurationSeconds">,
): void {
  if (pause.seconds > LONGEST_PAUSE_SECONDS) {
    throw new InputError(
      `${name} has neither a picture nor sound for ${count(pause.seconds)} seconds, from second ${count(pause.from)} on, and at most ${count(LONGEST_PAUSE_SECONDS)} are accepted; repair its timestamps, or cut the pause out.`,
    );
  }
  // A recording of a whole day is some pictures longer.
  if (Math.floor(seconds) > maxDurationSeconds) {
    throw new InputError(
      `${name} lasts ${count(seconds)} seconds, and maxDurationSeconds accepts at most ${count(maxDurationSeconds)}; raise it, or cut the video into shorter ones.`,
    );
  }
}

function count(seconds: number): string {
  return Math.floor(seconds).toLocaleString("en-US");
}
