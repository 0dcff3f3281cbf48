import type { Source } from "../source/loopback/source";
import type { Probe } from "../source/ffprobe/output";

export interface DamagedFile {
  input: Source;
  probed: Probe;
  /** The size of the file. */
  bytes: number;
  /** Its name in messages. */
  name: string;
  /** The indexes of the sound streams that will be encoded. */
  sounds: readonly number[];
  /** Whether recordings were joined, between which sound may be missing. */
  isJoined: boolean;
  /** Whether a transport stream is read with edits. */
  isEdited: boolean;
}

/** How the times of the video's stream become seconds from its beginning, and when the next keyframe from a time on is shown. */
export interface VideoClock {
  stream: number;
  into: (pts: number) => number;
  nextKeyframe: (pts: number) => number;
  /** The seconds with which it begins and ends. */
  begins: number;
  ends: number;
}
