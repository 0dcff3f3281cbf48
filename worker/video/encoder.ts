import type { Plan, PlanRendition } from "../../contract/plan";
import type { Needs } from "../ffmpeg/needs";
import { renditionNeeds, soundNeeds } from "../ffmpeg/trackNeeds";
import { trial } from "../ffmpeg/trial";
import type { Encode } from "../output/encode";

/** What this machine makes of a rendition. Fails when its ffmpeg can't. */
export function renditionEncode(plan: Plan, rendition: PlanRendition): Promise<Encode> {
  return encodeWith(plan, renditionNeeds(plan, rendition));
}

/** What this machine makes of the sound. Fails when its ffmpeg can't. */
export function soundEncode(plan: Plan): Promise<Encode> {
  return encodeWith(plan, soundNeeds(plan));
}

async function encodeWith({ fingerprint }: Plan, { encoders: [need] }: Needs): Promise<Encode> {
  const { version, ...found } = await trial(need);
  return { fingerprint, encodedBy: { ffmpeg: version, encoder: need?.name ?? "", ...found } };
}
