import type { Squeeze } from "./squeezedFrames";

/** What changes in sound that its container describes otherwise. */
export interface SoundChange {
  codec: string;
  /** What follows `has AAC sound`. */
  what: string;
  /** Seconds. */
  from: number;
  about: boolean;
  /** What it contradicts, as a clause. */
  although: string;
  /** What its parts have to have in common. */
  same: string;
}

/** What a change contradicts where nothing describes it. */
export const AS_BEFORE = "it is described as the sound before";

/** Frames that have no time of their own. */
export function squeezeChange(codec: string, { from, lacking }: Squeeze): SoundChange {
  const [what, although] = [
    "of which several frames begin at the same time",
    `they last ${lacking.toFixed(1)} seconds`,
  ];
  return { codec, what, from, about: true, although, same: "with the same settings" };
}
