import { readFileSync } from "node:fs";
import * as path from "node:path";

import type * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";

import { VideoBatchPipeline, type VideoBatchPipelineArgs } from "../../../index";
import { IMAGE } from "../../support/pipeline";
import type { Program } from "../stack";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:our-notices";

/** As little as possible around what changes. */
export const SMALL: VideoBatchPipelineArgs = {
  image: IMAGE,
  storage: { bucket: "our-videos" },
  notifications: { topicArn: TOPIC },
  network: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
};

export const EKS = {
  clusterArn: "arn:aws:eks:us-east-1:123456789012:cluster/media",
  namespace: "video-batch",
  instanceProfileArn: "arn:aws:iam::123456789012:instance-profile/media-nodes",
};
export const OTHER_CLUSTER = "arn:aws:eks:us-east-1:123456789012:cluster/news";

/** What the pipelines here use and don't make. */
export const OTHERS = [TOPIC, EKS.clusterArn, EKS.instanceProfileArn, OTHER_CLUSTER];

/** A program with one pipeline. */
export function pipeline(
  args: VideoBatchPipelineArgs,
  { name = "videos", ...opts }: pulumi.ComponentResourceOptions & { name?: string } = {},
): Program {
  return () => {
    const { whatDestroyDoes } = new VideoBatchPipeline(name, args, opts);
    return { whatDestroyDoes };
  };
}

/** The arguments of one of the repository's stacks. */
export function argsOfStack(stack: string): VideoBatchPipelineArgs {
  const file = path.join(__dirname, "..", "..", "..", `Pulumi.${stack}.yaml`);
  const { config } = parse(readFileSync(file, "utf8")) as { config: Record<string, unknown> };
  const own = Object.entries(config).flatMap(([key, value]) => {
    const [project, name = ""] = key.split(":");
    return project === "video-batch-pipeline" ? [[name, value] as const] : [];
  });
  return Object.fromEntries(own);
}

/** Steps without the paths that changed, and without the component, whose arguments are always among what changed. */
export function withoutPaths(steps: string[]): string[] {
  return steps
    .map((step) => step.replace(/ \[.*$/, ""))
    .filter((step) => !/^(replace |update VideoBatchPipeline )/.test(step));
}

/** A failed operation's messages without what every failure says. */
export function reasons(messages: string[]): string[] {
  return messages.filter(
    (message) => message.startsWith("error: ") && !/^error: (update|preview) failed$/.test(message),
  );
}
