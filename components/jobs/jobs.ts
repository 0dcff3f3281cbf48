import * as batch from "@pulumi/aws/batch";
import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";

import type { JobKey } from "../../contract/jobs";
import type { Context } from "../context/context";
import { createLogGroup, findFirstName } from "../context/logGroup";
import type { JobVariant } from "../workflow/batch/jobVariants";
import { createThroughCloudControl, type CreatedJobDefinition, generateName } from "./cloudControl";
import { describeContainer } from "./container";
import type { ContainerContext } from "./containerContext";
import { type JobSettings, type JobsSettings, listJobs } from "./defaults";
import { workerExitRules } from "./exitRules";
import type { WorkerImages } from "./image";
import { createExecutionRole, createJobRole, type UsedByJobs, variantsOnEcs } from "./jobRoles";
import { describePod, hasNoClaims } from "./pod";

export interface CreatedJobs {
  /** By the keys of the job variants. */
  definitions: Record<string, CreatedJobDefinition>;
  jobRoleArn: pulumi.Output<string>;
  executionRoleArn: pulumi.Output<string>;
  logGroup: cloudwatch.LogGroup;
}

/** Parts of the names of resources and log streams: a change would replace everybody's job definitions. */
const NAMES: Record<JobKey, string> = {
  metadata: "ExtractMetadata",
  features: "ExtractFeatures",
  transcode: "TranscodeVideo",
  package: "PackageVideo",
};

export function createJobs(
  context: Context,
  settings: JobsSettings,
  { images, ...used }: UsedByJobs & { images: WorkerImages },
): CreatedJobs {
  const { kinds, variants, roles } = settings;
  const retentionInDays = settings.logRetentionDays;
  const logGroup = createLogGroup(context, { suffix: "job-logs", namePrefix: "/aws/batch/", retentionInDays });
  const findImage = ({ job, jobPlatform }: JobVariant): pulumi.Input<string> | undefined =>
    kinds[job]?.image ?? images[jobPlatform.architecture];
  const onEcs = {
    images: variantsOnEcs(variants).flatMap((variant) => findImage(variant) ?? []),
    secretArns: listJobs(kinds).flatMap(([, job]) => Object.values(job.secrets)),
    logGroupArn: logGroup.arn,
  };
  const jobRoleArn = pulumi.output(roles.jobRoleArn ?? createJobRole(context, settings, used).arn);
  const executionRoleArn = pulumi.output(roles.executionRoleArn ?? createExecutionRole(context, onEcs).arn);
  const firstName = findFirstName(context, logGroup);
  const definitions = variants.flatMap((variant) => {
    const job = kinds[variant.job];
    const image = findImage(variant);
    if (!job || image === undefined) return [];
    const container: ContainerContext = {
      image,
      jobRoleArn: job.roleArn ?? jobRoleArn,
      executionRoleArn,
      region: context.location.region,
      logGroup: logGroup.name,
      logPrefix: NAMES[variant.job],
      settings,
    };
    return [[variant.key, createJobDefinition(context, { variant, job, container, firstName })] as const];
  });
  return { definitions: Object.fromEntries(definitions), jobRoleArn, executionRoleArn, logGroup };
}

interface JobDefinition {
  variant: JobVariant;
  job: JobSettings;
  container: ContainerContext;
  /** The pipeline's name when it was created. */
  firstName: pulumi.Output<string>;
}

function createJobDefinition(
  context: Context,
  { variant, job, container, firstName }: JobDefinition,
): CreatedJobDefinition {
  const { platform } = variant.jobPlatform;
  const rules = job.exitRules ?? workerExitRules(platform);
  const { tags, parent } = context;
  const suffix = `${NAMES[variant.job]}${variant.suffix}`;
  const name = `${context.name}-${suffix}`;
  const fixedName = job.jobDefinitionName && `${job.jobDefinitionName}${variant.suffix}`;
  const args = {
    retryStrategy: { attempts: job.attempts, ...(rules.length > 0 ? { evaluateOnExits: rules } : {}) },
    timeout: { attemptDurationSeconds: job.attemptTimeoutSeconds },
    propagateTags: true,
    tags,
  };
  const pod = platform === "eks" ? describePod(variant, job, container) : undefined;
  if (pod && !hasNoClaims(pod)) {
    const generated = firstName.apply((first) => generateName(`${first}-${suffix}`));
    return createThroughCloudControl(name, { ...args, name: fixedName ?? generated, eksProperties: pod }, parent);
  }
  const form = pod
    ? { eksProperties: pod }
    : {
        platformCapabilities: [platform === "fargate" ? "FARGATE" : "EC2"],
        containerProperties: describeContainer(variant, job, container),
      };
  // Running executions, and redrives, still name the revision that they began with.
  return new batch.JobDefinition(
    name,
    { ...args, name: fixedName, type: "container", ...form, deregisterOnNewRevision: false },
    { parent },
  );
}
