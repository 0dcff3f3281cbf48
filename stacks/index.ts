import * as pulumi from "@pulumi/pulumi";

import { VideoBatchPipeline } from "../index";
import { pipelineArgs } from "./configuration";
import { reportByKey } from "./keys";

const config = new pulumi.Config();
const pipeline = reportByKey(config, () => new VideoBatchPipeline("videos", pipelineArgs(config)));

export const stateMachineArn = pipeline.stateMachineArn;
export const bucketName = pipeline.bucketName;
export const topicArn = pipeline.topicArn;
export const computeEnvironmentArns = pipeline.computeEnvironmentArns;
export const jobQueueArns = pipeline.jobQueueArns;
export const jobDefinitionArns = pipeline.jobDefinitionArns;
export const deadLetterQueueUrl = pipeline.deadLetterQueueUrl.apply((url) => url ?? "none");
/** What happens to the videos when the stack is deleted, with the names of configuration keys. */
export const whatDestroyDoes = pipeline.whatDestroyDoes.apply((text) =>
  text.replace("storage.protect", "protectStorage"),
);
