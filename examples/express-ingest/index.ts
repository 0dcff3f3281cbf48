import * as pulumi from "@pulumi/pulumi";

// In your own project: import { VideoBatchPipeline } from "video-batch-pipeline";
import { VideoBatchPipeline } from "../../index";
import { startForUploads } from "./uploads";

/** Where cameras and users upload. The pipeline writes its outputs below another prefix, which must start nothing. */
const UPLOADS = "uploads/";

// Without `trigger`: every start goes through the workflow below.
const pipeline = new VideoBatchPipeline("videos");
const bucket = pipeline.bucketName.apply((name) => name as string);

const { workflow, failures } = startForUploads({
  ...{ bucket, prefix: UPLOADS, stateMachineArn: pipeline.stateMachineArn },
  executionName: pipeline.uploadExecutionName,
});

export const ingestArn = workflow.arn;
export const failedUploadsUrl = failures.url;
export const uploadTo = pulumi.interpolate`s3://${bucket}/${UPLOADS}`;
