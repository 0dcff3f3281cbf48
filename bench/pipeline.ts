import { VideoBatchPipeline, type VideoBatchPipelineArgs } from "../index";
import { synthesise, type Synthesis } from "../runner/synthesis/synthesis";

/** A program that contains only a pipeline. Its image is not used on this machine. */
export function pipelineOf(args: VideoBatchPipelineArgs): Promise<Synthesis> {
  const image = { uri: "000000000000.dkr.ecr.us-east-1.amazonaws.com/worker:1" };
  return synthesise(() => void new VideoBatchPipeline("bench", { image, ...args }));
}
