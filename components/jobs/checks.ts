import { JOB_KEYS, type JobKey } from "../../contract/jobs";
import { LADDER_VARIABLE } from "../../contract/plan";
import type { Roles } from "../access/args";
import { badFormIfKnown, IMAGE_URI } from "../rules/forms";
import { badVcpus } from "../rules/limits";
import { badPhysicalName, duplicates } from "../rules/names";
import { outOfRanges } from "../rules/numbers";
import { type Check, type Problem, problem, when } from "../rules/problem";
import type { Job, JobDefaults, Jobs } from "./args";
import { checkContainer } from "./checkContainer";
import { findParameters, type JobsSettings, listJobs } from "./defaults";
import { ATTEMPT_LIMITS, JOB_LIMITS } from "./limits";

/** The parameters that each job's command may name. */
const REFERENCES: Record<JobKey, string[]> = {
  metadata: ["input", "output"],
  features: ["input", "output"],
  transcode: ["input", "output", "rendition", "part"],
  package: ["input", "output", "missing"],
};

interface Args {
  jobs?: Jobs;
}

interface Settings {
  jobs: JobsSettings;
}

export const checkJobDefaults: Check<{ jobDefaults?: JobDefaults }> = ({ args: { jobDefaults } }) =>
  outOfRanges("jobDefaults", jobDefaults, ATTEMPT_LIMITS);

export const checkJobs: Check<Args> = ({ args: { jobs = {} } }) =>
  JOB_KEYS.flatMap((key) => checkJob(key, jobs[key] ?? {}));

function checkJob(key: JobKey, job: Job): Problem[] {
  const path = `jobs.${key}`;
  return [
    ...badFormIfKnown(`${path}.image`, job.image, IMAGE_URI),
    ...checkCommand(key, job, path),
    ...badVcpus(`${path}.vcpus`, job.vcpus),
    ...outOfRanges(path, job, JOB_LIMITS),
    ...Object.keys(job.environment ?? {}).flatMap((variable) => checkVariable(variable, `${path}.environment`)),
    ...Object.keys(job.secrets ?? {}).flatMap((variable) => checkVariable(variable, `${path}.secrets`)),
    ...checkContainer(job, path),
  ];
}

function checkCommand(key: JobKey, { image, command }: Job, path: string): Problem[] {
  if (command === undefined) return [];
  const allowed = REFERENCES[key];
  const unknown = findParameters(command).filter((name) => !allowed.includes(name));
  return [
    ...when(command.length === 0, {
      path: `${path}.command`,
      rule: "must have at least one word",
      received: command,
      remedy: "Omit it to use the worker's command.",
    }),
    ...when(image === undefined, {
      path: `${path}.image`,
      rule: `must be given together with ${path}.command`,
      received: image,
      remedy: "Name the image that contains the command.",
    }),
    ...unknown.map((name) =>
      problem({
        path: `${path}.command`,
        rule: `must refer only to ${allowed.map((known) => `Ref::${known}`).join(", ")}`,
        received: `Ref::${name}`,
        remedy: "Submitting the job sets no other parameters.",
      }),
    ),
  ];
}

function checkVariable(variable: string, path: string): Problem[] {
  const reserved = variable.startsWith("AWS_BATCH") || variable === LADDER_VARIABLE;
  return when(reserved, {
    path,
    rule: `must not contain ${LADDER_VARIABLE} or names that begin with AWS_BATCH`,
    received: variable,
    remedy: "The pipeline and Batch set these: choose another name.",
  });
}

/** The user's commands and the worker's have to fit together. */
export const checkJobsTogether: Check<Args, Settings> = ({ args, settings }) => {
  const { kinds } = settings.jobs;
  const remedy = "Give this job its own command too, or remove jobs.metadata.command.";
  const needsPlan = (["features", "transcode"] as const).filter((key) => !kinds.metadata.worker && kinds[key].worker);
  return [
    ...needsPlan.map((key) =>
      problem({
        path: `jobs.${key}.command`,
        rule: "must be given together with jobs.metadata.command: the worker follows a plan, which only its own metadata job writes",
        received: args.jobs?.[key]?.command,
        remedy,
      }),
    ),
    ...when(!kinds.transcode.worker && args.jobs?.package !== undefined && kinds.package === undefined, {
      path: "jobs.package.command",
      rule: "must be given together with jobs.transcode.command: the worker packages only what the worker transcoded",
      received: undefined,
      remedy: "Give it a command, or remove jobs.package.",
    }),
    ...checkNames(settings.jobs),
  ];
};

/** Complete names: a job with several definitions has suffixes. */
function checkNames({ kinds, variants }: JobsSettings): Problem[] {
  const named = variants.flatMap(({ job, suffix }) => {
    const name = kinds[job]?.jobDefinitionName;
    return name === undefined ? [] : [{ path: `jobs.${job}`, jobDefinitionName: `${name}${suffix}` }];
  });
  const paths = named.map(({ path }) => path);
  return [
    ...named.flatMap(({ path, jobDefinitionName }) => badPhysicalName(`${path}.jobDefinitionName`, jobDefinitionName)),
    ...duplicates("jobs", named, "jobDefinitionName", paths),
  ];
}

export const checkJobRole: Check<{ roles?: Roles }, Settings> = ({ args: { roles }, settings }) => {
  const everyJobHasItsOwn = listJobs(settings.jobs.kinds).every(([, job]) => job.roleArn !== undefined);
  return when(roles?.jobRoleArn !== undefined && everyJobHasItsOwn, {
    path: "roles.jobRoleArn",
    rule: "must not be given when every job has its own `roleArn`",
    received: roles?.jobRoleArn,
    remedy: "Remove it, or remove `roleArn` from the jobs that should use this role.",
  });
};
