import { Provider } from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

// In a project of your own: import { VideoBatchPipeline } from "video-batch-pipeline";
import { VideoBatchPipeline } from "../../index";

// Every child is made with this provider, those of awsx included.
const stockholm = new Provider("stockholm", { region: "eu-north-1" });

/** Sees every child before it is registered. Its type and name are stable, so that it can be picked out by them. */
const changed: pulumi.ResourceTransformation = ({ type, name, props, opts }) => {
  switch (type) {
    case "aws:batch/jobQueue:JobQueue":
      return { props: props, opts: { ...opts, protect: true } };
    case "aws:cloudwatch/logGroup:LogGroup":
      return name.endsWith("-job-logs") ? { props: { ...(props as object), retentionInDays: 365 }, opts } : undefined;
    default:
      return undefined;
  }
};

const pipeline = new VideoBatchPipeline(
  "videos",
  {
    storage: { bucket: "our-videos" },
    notifications: { topicArn: "arn:aws:sns:eu-north-1:123456789012:our-notices" },
    roles: {
      jobRoleArn: "arn:aws:iam::123456789012:role/our-jobs",
      permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
    },
    tags: { costCentre: "4711" },
  },
  {
    provider: stockholm,
    // `transforms` do the same, and see the children of the awsx components as well.
    transformations: [changed],
    // Was called "encoder" once: nothing is made anew.
    aliases: [{ name: "encoder" }],
  },
);

export const stateMachineArn = pipeline.stateMachineArn;
