import { createHash } from "node:crypto";

import type { Ladder, Plan, PlanSource } from "../../contract/plan";
import type { MissingSound } from "../../contract/sourceAudio";
import { selectRenditions } from "./renditions";
import { shareDecoding } from "./sharing";
import { planAudioTracks } from "./audioTracks";
import { type FrameIndex, leadSeconds, splitVideo } from "./split";

/** Has to change whenever the same plan would be encoded differently, so that old and new work are not mixed. */
const ENCODING_VERSION = 16;

/** Seconds on the output's timeline before the first picture, so that no player sees a negative time. */
const OFFSET_SECONDS = 10;

/**
 * Pictures before a chunk from which the filter learns that tells by their look whether pictures have two fields. It changes its mind when
 * three of four clear pictures agree, and keeps it where nothing moves.
 */
const JUDGED_PICTURES = 50;

/** Makes the plan for a video. */
export function makePlan(
  source: PlanSource,
  index: FrameIndex,
  ladder: Ladder,
  missingSound: readonly MissingSound[] = [],
): Plan {
  const [numerator, timescale] = source.timeBase;
  const first = index.keyframes[0] as number;
  const { held } = index;
  const audio = planAudioTracks(source.audioStreams, ladder.audio);
  const renditions = selectRenditions(ladder.renditions, source);
  const lead = source.mixed ? JUDGED_PICTURES : 1;
  const parts = splitVideo(index, timescale / numerator, ladder.parts, ladder.chunkSeconds);
  return {
    version: 1,
    fingerprint: fingerprint(source, ladder, missingSound),
    source,
    timeline: {
      timescale,
      origin: (held?.from ?? first) * numerator,
      offset: OFFSET_SECONDS * timescale,
    },
    ...parts,
    ...(held ? { boundaries: [held.from, ...parts.boundaries.slice(1, -1), held.until] } : {}),
    ...(held ? { pictures: [first, index.end] } : {}),
    ...(source.interlaced ? { leadSeconds: leadSeconds(index, parts.boundaries, timescale / numerator, lead) } : {}),
    renditions: ladder.shareDecoding ? shareDecoding(renditions) : renditions,
    ...(audio.length === 0 ? {} : { audio }),
    segmentSeconds: ladder.segmentSeconds,
    gopSeconds: ladder.gopSeconds,
    ...densestGop(source, index, ladder),
    ...(missingSound.length === 0 ? {} : { missingSound: [...missingSound] }),
    ...(ladder.dash ? { dash: true } : {}),
    ...(ladder.gated ? { gated: true } : {}),
  };
}

function densestGop(
  { frameRate }: PlanSource,
  { densest = 0 }: FrameIndex,
  { gopSeconds }: Ladder,
): Pick<Plan, "gopPictures"> {
  return densest > Math.ceil((gopSeconds * frameRate[0]) / frameRate[1]) ? { gopPictures: densest } : {};
}

/** Writes the plan compactly, since every job reads it. */
export function serialisePlan(plan: Plan): string {
  return JSON.stringify(plan);
}

/**
 * Identifies everything that the encoded media depend on. A DASH manifest of the same segments does not belong to it, nor do approval,
 * shared decoding, the images and architectures of jobs, and the longest video that is accepted.
 */
function fingerprint({ uri, bytes, etag }: PlanSource, ladder: Ladder, missingSound: readonly MissingSound[]): string {
  const encoded: Ladder = { ...ladder };
  delete encoded.dash;
  delete encoded.gated;
  delete encoded.shareDecoding;
  delete encoded.otherImages;
  delete encoded.otherArchitectures;
  delete encoded.maxDurationSeconds;
  // Names of tracks depend on which are left out, and another build of the same ffmpeg may decode more.
  const streams = missingSound.length === 0 ? [] : [missingSound.map(({ stream }) => stream)];
  const identity = JSON.stringify([ENCODING_VERSION, uri, bytes, etag, encoded, ...streams]);
  return createHash("sha256").update(identity).digest("hex").slice(0, 32);
}
