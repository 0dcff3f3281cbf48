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
