import type { ManifestTrack } from "../../contract/manifest";
import type { JobRecord } from "../../contract/run";
import { AUDIO_STATES, encodesRendition } from "../../contract/states";
import type { ReportInput } from "./report";

/**
 * What a run did for a track of the output: its jobs made all of it, or some of it, another rendition's jobs made it too, or it was there
 * before. Absent as long as that is open.
 */
export type Work =
  { kind: "made" | "completed"; jobs: JobRecord[] } | { kind: "shared"; leader: string } | { kind: "kept" };

export function workFor(track: ManifestTrack, { run, plan, resumed }: ReportInput): Work | undefined {
  const leader = plan?.renditions.find(({ name }) => track.kind === "video" && name === track.name)?.encodedWith;
  const makes = (state: string): boolean =>
    track.kind === "audio" ? state === AUDIO_STATES.transcode : encodesRendition(state, leader ?? track.name);
  const submitted = run.jobs.filter(({ state }) => state !== undefined && makes(state));
  if (submitted.length === 0) return run.status === "RUNNING" ? undefined : { kind: "kept" };
  if (leader !== undefined) return { kind: "shared", leader };
  const ids = new Set(submitted.map(({ id }) => id));
  const jobs = run.jobs.filter(({ id, parentId = "" }) => ids.has(id) || ids.has(parentId));
  const steps = new Set(submitted.map(({ state }) => state)).size;
  const all = track.kind === "audio" ? 1 : (plan?.parts.length ?? steps);
  // The jobs of a run that was interrupted had done some chunks already.
  return { kind: resumed || steps < all ? "completed" : "made", jobs };
}

/** The time that all attempts of some jobs took, in milliseconds. */
export function attemptsTime(jobs: readonly JobRecord[]): number {
  const ended = jobs.flatMap(({ attempts }) => attempts.filter((attempt) => attempt.ended !== undefined));
  return ended.reduce((sum, attempt) => sum + Date.parse(attempt.ended as string) - Date.parse(attempt.started), 0);
}
