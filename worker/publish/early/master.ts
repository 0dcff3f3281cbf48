import type { Plan, PlanAudio, PlanRendition } from "../../../contract/plan";
import { peakBitrateKbps } from "../../video/encoders/rate";
import { codecString } from "../../fmp4/codecs";
import { initSegment, PLAYLIST } from "../../../contract/outputs";
import { paths } from "../../output/paths";
import { readRecord } from "../../output/record";
import { bandwidth } from "../bandwidth";
import type { AudioRendition, Variant } from "../master";
import { finalRemark, masterPlaylist, planRemark } from "../master";
import { encodeIn } from "../playlist";
import { bytesOf } from "../track";
import { chunksOf } from "../../plan/chunks";
import { wroteOver } from "../../storage/conditionalWrite";
import type { Storage } from "../../storage/storage";
import { below } from "../../storage/uri";

/**
 * Makes the master playlist list every rendition that has something to play. Returns the names of those that it did not
 * list before.
 *
 * It follows from what is there and from nothing else, so concurrent jobs that see the same write the same; and it is
 * derived again after every write and whenever another job was quicker, so the last of them leaves the one that lists all.
 */
export async function extendMaster(storage: Storage, output: string, plan: Plan): Promise<string[]> {
  const uri = earlyMaster(output, plan);
  const added = new Set<string>();
  for (;;) {
    const version = await storage.stat(uri);
    const there = await storage.readText(uri);
    if (there?.split("\n").includes(finalRemark(plan))) return [...added];
    const { variants, audio } = await playable(storage, output, plan);
    const text = masterPlaylist(variants, audio, planRemark(plan));
    // A player that began without sound would stay without: it reads this playlist once.
    if (variants.length === 0 || audio.length < (plan.audio?.length ?? 0) || text === there) return [...added];
    if (!(await wroteOver(storage, uri, text, version))) continue;
    for (const { name } of variants) if (!isListed(there, plan, name)) added.add(name);
  }
}

/** What a player opens before the video is complete: something else where somebody has to approve of it. */
export function earlyMaster(output: string, { gated }: Plan): string {
  return gated ? paths.preview(output) : paths.master(output);
}

/** Whether a master playlist of this plan lists a rendition: the cheap question that most chunks' jobs ask. */
export function isListed(master: string | undefined, plan: Plan, rendition: string): boolean {
  const rows = master?.split("\n") ?? [];
  return rows.includes(planRemark(plan)) && rows.includes(`${rendition}/${PLAYLIST}`);
}

async function playable(
  storage: Storage,
  output: string,
  plan: Plan,
): Promise<{ variants: Variant[]; audio: AudioRendition[] }> {
  const variants = await Promise.all(plan.renditions.map((rendition) => variantOf(storage, output, plan, rendition)));
  const audio = await Promise.all((plan.audio ?? []).map((track) => audioOf(storage, output, plan, track)));
  return {
    variants: variants.filter((variant) => variant !== undefined),
    audio: audio.filter((track) => track !== undefined),
  };
}

/** From the first chunk, so that it stays the same while others come; the peak is the encoder's ceiling, or above. */
async function variantOf(
  storage: Storage,
  output: string,
  plan: Plan,
  rendition: PlanRendition,
): Promise<Variant | undefined> {
  const [first] = chunksOf(plan);
  const { name, width, pictureHeight: height } = rendition;
  const mark = await encodeGrowing(storage, output, plan, name);
  if (!first || mark === undefined) return undefined;
  const record = await readRecord(storage, paths.record(output, name, first, mark), plan.fingerprint);
  if (!record) return undefined;
  const { peak, average } = bandwidth(record);
  return {
    ...{ name, width, height, frameRate: plan.source.frameRate },
    codec: codecString(await initOf(storage, output, name, mark)),
    ...(rendition.colour ? { range: rendition.colour.range } : {}),
    bandwidth: { peak: Math.max(peak, (peakBitrateKbps(rendition) ?? 0) * 1000), average },
  };
}

/** Its record comes at its end, so what is known is what was asked for. */
async function audioOf(
  storage: Storage,
  output: string,
  plan: Plan,
  track: PlanAudio,
): Promise<AudioRendition | undefined> {
  const mark = await encodeGrowing(storage, output, plan, track.name);
  if (mark === undefined) return undefined;
  const bitsPerSecond = track.bitrateKbps * 1000;
  const codec = codecString(await initOf(storage, output, track.name, mark));
  return { ...track, codec, bandwidth: { peak: bitsPerSecond, average: bitsPerSecond } };
}

/** The mark of the encode that is playable as far as it goes. */
async function encodeGrowing(storage: Storage, output: string, plan: Plan, name: string): Promise<string | undefined> {
  return encodeIn(await storage.readText(paths.playlist(output, name)), plan);
}

function initOf(storage: Storage, output: string, name: string, mark: string): Promise<Buffer> {
  return bytesOf(storage, below(paths.segments(output, name), initSegment(mark)));
}
