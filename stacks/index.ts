import * as pulumi from "@pulumi/pulumi";

import { VideoBatchPipeline } from "../index";
import { readConfiguration } from "./readConfiguration";
import { reportByKey } from "./reportByKey";

const project = pulumi.getProject();
const NAME = "videos";
const args = readConfiguration(project, NAME);
const pipeline = reportByKey(project, () => new VideoBatchPipeline(NAME, args));

export const stateMachineArn = pipeline.stateMachineArn;
export const bucketName = pipeline.bucketName;
export const topicArn = pipeline.topicArn;
export const computeEnvironmentArns = pipeline.computeEnvironmentArns;
export const jobQueueArns = pipeline.jobQueueArns;
export const jobDefinitionArns = pipeline.jobDefinitionArns;
export const deadLetterQueueUrl = pipeline.deadLetterQueueUrl.apply((url) => url ?? "none");
/** What happens to the videos when the stack is deleted. */
export const whatDestroyDoes = pipeline.whatDestroyDoes;
