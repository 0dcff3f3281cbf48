import type { DamageReport } from "./damageReport";

/** What the notice says about an audio track that is left out. */
export interface LeftOut {
  /** `stream 2` */
  sound: string;
  cause: string;
}

/**
 * `work/orders/<job>.json`: what one execution still has to do. Its metadata job writes it, and its state machine reads it.
 *
 * The plan is shared by all executions that make the same of the same video. An order belongs to one execution: another one that begins
 * at the same moment finds other work done, and may even have another plan.
 */
export interface Order {
  version: 1;
  /** The plan that the execution works for: its path below the output, and which one it has to be. */
  plan: { path: string; fingerprint: string };
  /** The number of chunks of each part of the plan. */
  chunks: number[];
  /** The number of renditions in the plan that have jobs of their own. */
  renditions: number;
  /**
   * The steps that have something to do, by the names of their states. A step is left out only if everything that its jobs would make
   * is there and matches the plan.
   */
  todo: string[];
  /**
   * The renditions that are encoded by the jobs of another one, by that one's name. Absent when every rendition has jobs of its own.
   */
  encodedTogether?: Record<string, string[]>;
  /** Audio tracks of the source that are left out, and why. Absent when there are none. */
  leftOut?: LeftOut[];
  /** What is damaged, as far as the source's container shows before anything is decoded. Absent where nothing is. */
  damage?: DamageReport;
}
