import { createHash } from "node:crypto";

import type { Ladder, Plan, PlanSource } from "../../contract/plan";
import { fittingRenditions } from "./renditions";
import { sharingDecoding } from "./sharing";
import type { FrameIndex } from "./split";
import { plannedSound } from "./audioTracks";
import { leadSeconds, split } from "./split";

/**
 * Step Functions carries at most 262,144 bytes from state to state, and the plan is not alone in there. It is in there as
 * a string in JSON, with its quotation marks escaped.
 */
export const MAX_PLAN_BYTES = 200_000;

/** Changes whenever the same plan would be encoded differently, so that old and new work are not mixed. */
const ENCODING_VERSION = 8;

/** Seconds on the output's timeline before the first picture: room, so that no player meets a time below 0. */
const OFFSET_SECONDS = 10;

/** The plan for a video. A plan that would be too large takes longer chunks instead. */
export function makePlan(source: PlanSource, index: FrameIndex, ladder: Ladder): Plan {
  const [numerator, timescale] = source.timeBase;
  const audio = plannedSound(source.audioStreams, ladder.audio);
  const renditions = fittingRenditions(ladder.renditions, source);
  for (let chunkSeconds = ladder.chunkSeconds; ; chunkSeconds *= 1.5) {
    const parts = split(index, timescale / numerator, ladder.parts, chunkSeconds);
    const plan: Plan = {
      version: 1,
      fingerprint: fingerprint(source, ladder),
      source,
      timeline: {
        timescale,
        origin: (index.keyframes[0] as number) * numerator,
        offset: OFFSET_SECONDS * timescale,
      },
      ...parts,
      ...(source.interlaced ? { leadSeconds: leadSeconds(index, parts.boundaries, timescale / numerator) } : {}),
      renditions: ladder.shareDecoding ? sharingDecoding(renditions) : renditions,
      ...(audio.length === 0 ? {} : { audio }),
      segmentSeconds: ladder.segmentSeconds,
      gopSeconds: ladder.gopSeconds,
      ...varying(source, index, ladder),
      ...(ladder.dash ? { dash: true } : {}),
      ...(ladder.gated ? { gated: true } : {}),
    };
    if (carriedBytes(plan) <= MAX_PLAN_BYTES || plan.frames.length === plan.parts.length) return plan;
  }
}

function varying(
  { frameRate }: PlanSource,
  { densest = 0 }: FrameIndex,
  { gopSeconds }: Ladder,
): Pick<Plan, "gopPictures"> {
  return densest > Math.ceil((gopSeconds * frameRate[0]) / frameRate[1]) ? { gopPictures: densest } : {};
}

/** What the plan takes of the state machine's payload. */
export function carriedBytes(plan: Plan): number {
  return Buffer.byteLength(JSON.stringify(planText(plan)));
}

/** Compact: the state machine reads it. */
export function planText(plan: Plan): string {
  return JSON.stringify(plan);
}

/**
 * Over what the encoded work depends on. Another manifest over the same segments is not among that, nor which jobs make
 * them, in what images, or who has to approve of it.
 */
function fingerprint({ uri, bytes, etag }: PlanSource, ladder: Ladder): string {
  const encoded: Ladder = { ...ladder };
  delete encoded.dash;
  delete encoded.gated;
  delete encoded.shareDecoding;
  delete encoded.otherImages;
  const identity = JSON.stringify([ENCODING_VERSION, uri, bytes, etag, encoded]);
  return createHash("sha256").update(identity).digest("hex").slice(0, 32);
}
