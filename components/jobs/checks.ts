import type { JobArgs } from "./args";
import { parametersOf, type Pipeline } from "../settings";
import { LADDER_VARIABLE } from "../../contract/plan";
import { JOB_KEYS, type JobKey } from "../../contract/jobs";
import { jobVariants } from "../workflow/batch/jobVariants";
import { checkContainer } from "./checkContainer";
import { badPhysicalName, duplicates } from "../rules/names";
import { outOfRanges, outOfVcpus, whole } from "../rules/numbers";
import { type Check, type Problem, problem, when } from "../rules/problem";

const REFERENCES: Record<JobKey, string[]> = {
  metadata: ["input", "output"],
  features: ["input", "output"],
  transcode: ["input", "output", "rendition", "part"],
  package: ["input", "output", "missing"],
};

export const checkJobs: Check = ({ args: { jobs = {} } }) => JOB_KEYS.flatMap((key) => checkJob(key, jobs[key] ?? {}));

function checkJob(key: JobKey, job: JobArgs): Problem[] {
  const path = `jobs.${key}`;
  return [
    ...checkCommand(key, job, path),
    ...outOfVcpus(`${path}.vcpus`, job.vcpus),
    ...outOfRanges(path, job, {
      memoryMiB: whole(128, 1_048_576, "The unit is MiB: 1024 is the default."),
      attempts: whole(1, 10, "3 is the default."),
      attemptTimeoutSeconds: whole(60, 1_209_600, "Batch ends no attempt before 60 seconds; 3600 is the default."),
    }),
    ...Object.keys(job.environment ?? {}).flatMap((variable) => checkVariable(variable, `${path}.environment`)),
    ...Object.keys(job.secrets ?? {}).flatMap((variable) => checkVariable(variable, `${path}.secrets`)),
    ...checkContainer(job, path),
  ];
}

function checkCommand(key: JobKey, { image, command }: JobArgs, path: string): Problem[] {
  if (command === undefined) return [];
  const allowed = REFERENCES[key];
  const unknown = parametersOf(command).filter((name) => !allowed.includes(name));
  return [
    ...when(command.length === 0, () =>
      problem(`${path}.command`, "must have at least one word", command, "Leave it out for the worker's command."),
    ),
    ...when(image === undefined, () =>
      problem(
        `${path}.image`,
        `must be given together with ${path}.command`,
        image,
        "Name the image that has the command.",
      ),
    ),
    ...unknown.map((name) =>
      problem(
        `${path}.command`,
        `must refer only to ${allowed.map((known) => `Ref::${known}`).join(", ")}`,
        `Ref::${name}`,
        "Nothing else is known when the job is submitted.",
      ),
    ),
  ];
}

function checkVariable(variable: string, path: string): Problem[] {
  const reserved = variable.startsWith("AWS_BATCH") || variable === LADDER_VARIABLE;
  return when(reserved, () =>
    problem(
      path,
      `must have no name that begins with AWS_BATCH or is ${LADDER_VARIABLE}`,
      variable,
      "Batch and the pipeline set these themselves: choose another name.",
    ),
  );
}

/** Which commands of the user's own go together with which of the worker's. */
export const checkJobsTogether: Check = ({ args, pipeline }) => {
  const { jobs } = pipeline;
  const remedy = "Give it a command of its own too, or leave the worker's metadata job in place.";
  const needsPlan = (["features", "transcode"] as const).filter((key) => !jobs.metadata.worker && jobs[key].worker);
  return [
    ...needsPlan.map((key) =>
      problem(
        `jobs.${key}.command`,
        "must be given when jobs.metadata.command is: the worker follows a plan that only its own metadata job makes",
        args.jobs?.[key]?.command,
        remedy,
      ),
    ),
    ...when(!jobs.transcode.worker && args.jobs?.package !== undefined && jobs.package === undefined, () =>
      problem(
        "jobs.package.command",
        "must be given when jobs.transcode.command is: the worker packages only what the worker transcoded",
        undefined,
        "Give a command, or leave jobs.package out.",
      ),
    ),
    ...checkNames(pipeline),
  ];
};

/** With what is behind the name where a job has several definitions. */
function checkNames(pipeline: Pipeline): Problem[] {
  const { jobs } = pipeline;
  const named = jobVariants(pipeline).flatMap(({ job, suffix }) => {
    const name = jobs[job]?.jobDefinitionName;
    return name === undefined ? [] : [{ path: `jobs.${job}`, name: `${name}${suffix}` }];
  });
  const wrong = named.flatMap(({ path, name }) => badPhysicalName(`${path}.jobDefinitionName`, name));
  const paths = named.map(({ path }) => path);
  return [
    ...wrong,
    ...duplicates(
      "jobs",
      named.map(({ name }) => name),
      "jobDefinitionName",
      paths,
    ),
  ];
}
