import type { Plan } from "../../../contract/plan";
import { readManifest } from "../manifest";
import { planAt } from "../../plan/read";
import type { Storage } from "../../storage/storage";
import { earlyMaster, extendMaster, isListed } from "./master";
import { extendRendition } from "./rendition";

/**
 * After a chunk: makes what is finished of its rendition playable before the video is complete. Returns the names of the
 * renditions that are playable from now on.
 */
export async function publishEarly(storage: Storage, output: string, plan: Plan, rendition: string): Promise<string[]> {
  if (!(await isInTheMaking(storage, output, plan))) return [];
  if (!(await extendRendition(storage, output, plan, rendition))) return [];
  if (isListed(await storage.readText(earlyMaster(output, plan)), plan, rendition)) return [];
  return extendMaster(storage, output, plan);
}

/** A complete output stays as it is; and a job that outlived its plan must not bring that plan's playlists back. */
export async function isInTheMaking(storage: Storage, output: string, plan: Plan): Promise<boolean> {
  const [manifest, current] = await Promise.all([readManifest(storage, output), planAt(storage, output)]);
  return manifest?.fingerprint !== plan.fingerprint && current?.fingerprint === plan.fingerprint;
}
