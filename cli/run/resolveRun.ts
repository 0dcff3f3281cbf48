import path from "node:path";

import { checkS3Uri } from "../../contract/s3Uri";
import { UsageError } from "../../contract/usageError";
import { interruptedRun } from "../../runner/record/resume";
import { defaultRunDirectory, resolveVideo } from "../../runner/record/runDirectory";
import type { RunOptions } from "../../runner/run";
import type { DamagedShareOptions } from "../options/damagedShare";
import { selectedProgram, synthesisePipeline, synthesiseRecorded, type Selection } from "../options/selection";
import type { Output } from "../output/output";
import type { ProgressOptions } from "../progress/options";
import { describeMissingVideo, isMissing } from "./missingVideo";

export interface ResolveOptions extends Selection, ProgressOptions, DamagedShareOptions {
  out?: string;
  output?: string;
  resume?: string;
  maxVcpus?: number;
}

export type ResolvedRun = Pick<
  RunOptions,
  "synthesis" | "video" | "outDir" | "output" | "program" | "command" | "continues" | "maxVcpus" | "maxDamagedShare"
>;

/** What to run: the video of the options, or the rest of an earlier run from its record. */
export async function resolveRun(
  video: string | undefined,
  options: ResolveOptions,
  output: Output,
): Promise<ResolvedRun> {
  const { resume, maxVcpus, maxDamagedShare } = options;
  if (resume === undefined) {
    if (video === undefined) throw new UsageError(describeMissingVideo(video));
    const uri = options.output === undefined ? {} : { output: checkS3Uri(options.output, "output") };
    if (isMissing(video)) throw new UsageError(describeMissingVideo(video));
    const source = resolveVideo(video);
    const outDir = options.out === undefined ? defaultRunDirectory(source) : path.resolve(options.out);
    const where = { video: source, outDir, ...uri };
    return {
      synthesis: await synthesisePipeline(options, output),
      ...where,
      program: selectedProgram(options),
      ...{ maxVcpus, maxDamagedShare },
    };
  }
  if (video !== undefined) {
    throw new UsageError(`--resume continues with the video of the run in ${resume}. Leave out ${video}.`);
  }
  const outDir = path.resolve(resume);
  const continues = interruptedRun(outDir);
  const { start } = continues;
  if (!options.json && !options.quiet) output.stderr.write(`Resuming the run of ${start.video}.\n`);
  const synthesis = await synthesiseRecorded(start.program);
  return {
    ...{ synthesis, video: start.video, outDir, program: start.program, continues },
    ...(start.output === undefined ? {} : { output: start.output }),
    maxVcpus: maxVcpus ?? start.maxVcpus,
    // A run that failed because of damage can be resumed with a larger accepted share.
    maxDamagedShare: maxDamagedShare ?? start.maxDamagedShare,
  };
}
