import type { Missing } from "../../contract/manifest";
import type { EventTarget } from "../../contract/videoEvents";
import type { Storage } from "../storage/storage";

/** What the command line asks for. */
export interface Job {
  input: string;
  output: string;
  rendition?: string;
  part?: number;
  /** Fingerprint of the plan that the execution began with. Absent in work by hand, which takes the plan that is there. */
  plan?: string;
  /** The child's index in an array job; 0 in a plain one. */
  index: number;
  /** The id that Batch gave it, or the array job that it is a child of. Absent in work by hand. */
  batchJob?: string;
  /** The share of the video's length that may be damaged, from 0 to 1. Absent means `DEFAULT_MAX_DAMAGED_SHARE`. */
  maxDamagedShare?: number;
  /** Where the event goes that the video is playable. Absent without events, and in work by hand. */
  event?: EventTarget;
  /** What packaging leaves out. */
  missing?: Missing;
}

/** Where a job reads and writes. Both are the same driver unless the schemes differ. */
export interface Stores {
  source: Storage;
  target: Storage;
}
