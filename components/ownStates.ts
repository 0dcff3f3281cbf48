import type * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import type { State } from "../contract/asl";
import { workflowOf } from "./stateMachine/knownWorkflows";
import type { VideoBatchPipeline } from "./videoBatchPipeline";
import { mergeStatements } from "./workflow/asl/statements";
import { inspection, type InspectionExits } from "./workflow/elsewhere/inspection";
import { outcome } from "./workflow/elsewhere/outcome";

/** States of a pipeline for the definition of your own state machine, with the permissions that its role needs for them. */
export interface PipelineStates {
  /** By their names. */
  states: Record<string, State>;
  statements: iam.PolicyStatement[];
}

/** The states at the end of a state machine. */
export interface PipelineOutcomeStates extends PipelineStates {
  /** The state to which a video goes that is ready. */
  succeeded: string;
  /** The state to which a failed one goes. */
  failed: string;
}

/**
 * The pipeline's inspection of a video, for your own Standard state machine with JSONata: `Extract Metadata`, and `Read Cause` after its
 * failure. The input of `Extract Metadata` is like that of an execution: `{input, output}`. The job writes `metadata.json` and `plan.json`
 * below the output, and fails with a sentence if the video can't be processed. The states assign `$input`, `$output` and `$metadataJob`,
 * and after a failure `$failure`: `{step, error, cause, job, log}`.
 */
export function inspectionStates(pipeline: VideoBatchPipeline, exits: InspectionExits): pulumi.Output<PipelineStates> {
  const { settings, arns, storageKey } = workflowOf(pipeline);
  return pulumi.all([arns, pulumi.output(storageKey)]).apply(([known, keys]) => {
    const { states, statements } = inspection(settings, known, exits);
    return { states, statements: [...mergeStatements(statements), ...keys] };
  });
}

/**
 * The end of your own state machine with JSONata, which reports like the pipeline: with the same notices, and the same events if the
 * pipeline has `events`. Assign `$input` and `$output`, URIs or null, before any state that leads there, and `$failure` on the way to
 * `failed`: `{step, error, cause, job, log}`, of which `job` and `log` may be null. The pipeline needs a topic of your own
 * (`notifications.topicArn`): the one that it creates takes its own notices alone.
 *
 * @param options `playlist` is the path of the main playlist below the output, such as `hls/master.m3u8`. It defaults to none.
 */
export function outcomeStates(
  pipeline: VideoBatchPipeline,
  { playlist }: { playlist?: string } = {},
): pulumi.Output<PipelineOutcomeStates> {
  const { settings, arns, topicKey, sharesTopic } = workflowOf(pipeline);
  if (!sharesTopic) {
    throw new TypeError(
      `The topic that ${settings.name} creates takes notices of the pipeline alone. Give the pipeline your own topic with notifications.topicArn, and put its output topicPolicy into that topic's policy.`,
    );
  }
  return pulumi.all([arns, pulumi.output(topicKey)]).apply(([known, keys]) => {
    const { statements, ...built } = outcome(settings, known, playlist);
    return { ...built, statements: [...mergeStatements(statements), ...keys] };
  });
}
