import { Provider } from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

// In your own project: import { VideoBatchPipeline } from "video-batch-pipeline";
import { VideoBatchPipeline } from "../../index";

// Every child uses this provider, including awsx children.
const stockholm = new Provider("stockholm", { region: "eu-north-1" });

/** Sees every child before it is registered. You can select a child by its type and name, because both are stable. */
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
    // It was called "encoder" before. With this alias, nothing is replaced but the image, which gets a new tag.
    aliases: [{ name: "encoder" }],
  },
);

export const stateMachineArn = pipeline.stateMachineArn;
