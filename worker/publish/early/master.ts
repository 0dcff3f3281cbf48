import type { Plan } from "../../../contract/plan";
import { outputs, PLAYLIST } from "../../../contract/outputs";
import type { OwnedOutput } from "../../output/ownedOutput";
import { retryOnConflict } from "../../output/retryOnConflict";
import type { Variant } from "../hls/master";
import { finalRemark, masterPlaylist, planRemark } from "../hls/master";
import type { MasterEntries } from "../kinds/kind";
import { TRACK_KINDS } from "../kinds/kinds";

/**
 * Makes the master playlist list every rendition that has something to play. Returns the names of those that it did not list before.
 *
 * The playlist is derived only from what is there, so concurrent jobs that see the same write the same. It is derived again after every
 * write, and whenever another job was faster, so the last of them writes the one that lists everything.
 */
export async function extendMaster(output: OwnedOutput): Promise<string[]> {
  const { plan } = output;
  const path = earlyMaster(plan);
  const added = new Set<string>();
  return retryOnConflict(output.uri(path), async () => {
    const version = await output.stat(path);
    const current = await output.readText(path);
    if (current?.split("\n").includes(finalRemark(plan))) return [...added];
    const playable = await growingEntries(output);
    if (!playable) return [...added];
    const variants = playable.flatMap((entries): readonly Variant[] => entries.variants ?? []);
    const groups = playable.flatMap(({ group }) => (group ? [group] : []));
    const text = masterPlaylist(variants, groups, planRemark(plan));
    if (text === current) return [...added];
    if (!(await output.replaceIfUnchanged(path, text, version))) return undefined;
    for (const { name } of variants) if (!isListed(current, plan, name)) added.add(name);
    return undefined;
  });
}

/** Path of what a player opens before the video is complete: another playlist if somebody has to approve the video first. */
export function earlyMaster({ gated }: Plan): string {
  return gated ? outputs.preview : outputs.master;
}

/** Whether a master playlist of this plan lists a rendition. This is cheap, and all that the jobs of most chunks ask. */
export function isListed(master: string | undefined, plan: Plan, rendition: string): boolean {
  const rows = master?.split("\n") ?? [];
  return rows.includes(planRemark(plan)) && rows.includes(`${rendition}/${PLAYLIST}`);
}

/** What is playable by now. Absent while one kind of track makes players wait. */
async function growingEntries(output: OwnedOutput): Promise<MasterEntries[] | undefined> {
  const entries = await Promise.all(TRACK_KINDS.map((kind) => kind.growing(output)));
  const playable = entries.filter((entry) => entry !== undefined);
  return playable.length < entries.length ? undefined : playable;
}
