import { AUDIO_TRACKS } from "./audio";
import type { TrackKind } from "./kind";
import { VIDEO } from "./video";

/** Every kind of track, in the order in which publishers list them. */
export const TRACK_KINDS: readonly TrackKind[] = [VIDEO, AUDIO_TRACKS];
