import { statesOf, type StateMachineDefinition } from "../../testing";
import type { Call } from "../support/aws/iam";

/** The output of one execution of `examples/mediaconvert`, below the pipeline's outputs. */
export const MEDIA_CONVERT_OUTPUT = "mediaconvert/a-mp4-4b1c";

/** The arguments of `mediaconvert:createJob.sync`. */
export interface JobCreation {
  Role: string;
  Queue: string;
}

/**
 * What Step Functions calls for a job and its end.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-mediaconvert.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_mediaconvert.html
 */
export function callsOfJobCreation({ Role, Queue }: JobCreation): Call[] {
  const [, , , region, account] = Queue.split(":");
  const job = Queue.replace(/:queues\/.*$/, ":jobs/1");
  const rule = `arn:aws:events:${region}:${account}:rule/StepFunctionsGetEventsForMediaConvertJobRule`;
  const tagged = { "aws:ResourceTag/ManagedByService": "AWSStepFunctions" };
  return [
    { action: "mediaconvert:CreateJob", resource: Queue },
    { action: "mediaconvert:TagResource", resource: job },
    ...["mediaconvert:GetJob", "mediaconvert:CancelJob"].map((action) => ({ action, resource: job, context: tagged })),
    { action: "iam:PassRole", resource: Role, context: { "iam:PassedToService": "mediaconvert.amazonaws.com" } },
    ...["events:PutTargets", "events:PutRule", "events:DescribeRule"].map((action) => ({ action, resource: rule })),
  ];
}

/** The roles that a state machine passes to MediaConvert. */
export function rolesOfMediaConvert(definition: StateMachineDefinition): string[] {
  return statesOf(definition).flatMap(([, state]) =>
    state.Type === "Task" && state.Resource.includes(":mediaconvert:")
      ? [(state.Arguments as unknown as JobCreation).Role]
      : [],
  );
}

/**
 * What MediaConvert does with its role.
 *
 * @param outputs Bucket and beginning of the keys of the pipeline's outputs.
 * @see https://docs.aws.amazon.com/mediaconvert/latest/ug/iam-role.html
 */
export function callsOfMediaConvert(outputs: string): Call[] {
  const [bucket] = outputs.split("/");
  const written = ["master.m3u8", "master_720p.m3u8", "master_720p_00001.ts"];
  return [
    { action: "s3:GetObject", resource: `arn:aws:s3:::${bucket}/uploads/a.mp4` },
    ...written.map((name) => ({
      action: "s3:PutObject",
      resource: `arn:aws:s3:::${outputs}/${MEDIA_CONVERT_OUTPUT}/hls/${name}`,
    })),
  ];
}

/** A listing of a rendition's segments. */
export function callOfListing(outputs: string): Call {
  const [bucket = "", ...folders] = outputs.split("/");
  const prefix = [...folders, MEDIA_CONVERT_OUTPUT, "hls/master_720p_"].join("/");
  return { action: "s3:ListBucket", resource: `arn:aws:s3:::${bucket}`, context: { "s3:prefix": prefix } };
}
