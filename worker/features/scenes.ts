export interface SceneChange {
  /** Seconds from the first frame. */
  seconds: number;
  /** From 0, the same picture, to 1, a completely different one. */
  score: number;
}

/** A picture begins a scene if it differs more than this from the one before. */
export const SCENE_THRESHOLD = 0.3;
