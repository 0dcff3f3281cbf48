import { outputs } from "../../../contract/outputs";
import type { Plan } from "../../../contract/plan";
import type { OwnedOutput } from "../../output/ownedOutput";
import { readManifest } from "../manifest/read";
import { earlyMaster, extendMaster, isListed } from "./master";
import { extendRendition } from "./rendition";

/**
 * After a chunk: makes what is finished of its rendition playable before the video is complete. Returns the names of the renditions that
 * are playable from now on.
 */
export async function publishEarly(output: OwnedOutput, rendition: string): Promise<string[]> {
  if (!(await isInProgress(output))) return [];
  if (!(await extendRendition(output, rendition))) return [];
  if (isListed(await output.readText(earlyMaster(output.plan)), output.plan, rendition)) return [];
  return extendMaster(output);
}

/** A complete output stays as it is, and a job whose plan was replaced must not bring that plan's playlists back. */
export async function isInProgress(output: OwnedOutput): Promise<boolean> {
  const { fingerprint } = output.plan;
  const [manifest, current] = await Promise.all([readManifest(output), output.readText(outputs.plan)]);
  if (manifest?.fingerprint === fingerprint || current === undefined) return false;
  return (JSON.parse(current) as Plan).fingerprint === fingerprint;
}
