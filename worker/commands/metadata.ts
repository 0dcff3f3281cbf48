import type { PlanSource } from "../../contract/plan";
import { InputError } from "../errors/errors";
import { readInventory } from "../ffmpeg/inventory";
import type { ProgressReport } from "../ffmpeg/progress";
import { assertSupported } from "../ffmpeg/version";
import { claimOutput } from "../publish/claim";
import { announcePlayable } from "../publish/early/announce";
import { publishFinished } from "../publish/early/finished";
import { writeOrder } from "../order/writeOrder";
import { readLadder } from "../plan/ladder";
import { type SourceObject, withSource } from "../source/loopback/source";
import type { Probe } from "../source/ffprobe/output";
import { baseName, quote } from "../storage/uri";
import type { Job, Stores } from "./job";
import { assertMet, needsOfPlan } from "./needs";
import { inspect, type Inspection } from "../inspection/inspect";

/** Inspects the video, plans what to make of it, and orders what is still to be made. */
export async function metadata(job: Job, { source, target }: Stores, report: ProgressReport): Promise<void> {
  const ladder = readLadder(process.env);
  const name = quote(baseName(job.input));
  // Runs while the storage is asked.
  const ffmpeg = readInventory();
  // eslint-disable-next-line no-restricted-syntax -- it is awaited below
  ffmpeg.catch(() => undefined);
  const stored = await source.stat(job.input);
  if (!stored) throw new InputError(`${name} wasn't found at ${job.input}; check the URI.`);
  if (stored.bytes === 0) throw new InputError(`${name} is empty: it has 0 bytes; upload it again.`);

  assertSupported((await ffmpeg).banner);
  const look = (object: SourceObject): Promise<Inspection> =>
    withSource(source, job.input, object, (input) => inspect(job, input, object, ladder));
  let object: SourceObject = stored;
  let found = await look(object);
  while ("changes" in found) {
    object = { ...object, ...found.changes };
    found = await look(object);
  }
  const { plan, probed } = found;
  await assertMet(needsOfPlan(plan, ladder));
  const output = await claimOutput(target, job.output, plan, metadataText(plan.source, probed));
  // Work by hand needs no order.
  if (job.batchJob !== undefined) {
    const { todo } = await writeOrder(output, job.batchJob, ladder);
    await announcePlayable(output, await output.guard(() => publishFinished(output, todo)), { video: job, report });
  }
  report.update(1);
}

/** For people: the source as in the plan, and everything that ffprobe reported except the path that it read. */
function metadataText(source: PlanSource, { format, streams, chapters }: Probe): string {
  const described = Object.fromEntries(Object.entries(format).filter(([member]) => member !== "filename"));
  return `${JSON.stringify({ version: 1, source, format: described, streams, chapters }, null, 2)}\n`;
}
