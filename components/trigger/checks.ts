import type { ScheduleArgs, UploadsArgs } from "./args";
import type { Pipeline } from "../settings";
import { LONGEST_PATTERN, mayBeOutput, uploadPattern } from "./uploadPattern";
import { badName, duplicates } from "../rules/names";
import { outOfRange, whole } from "../rules/numbers";
import { type Check, type Problem, problem, when } from "../rules/problem";

export const checkTrigger: Check = ({ args: { trigger }, pipeline }) => {
  const { uploads, schedules = [] } = trigger ?? {};
  return [...(uploads ? checkUploads(uploads, pipeline) : []), ...checkSchedules(schedules, pipeline)];
};

function checkUploads(uploads: UploadsArgs, pipeline: Pipeline): Problem[] {
  const path = "trigger.uploads";
  return [
    ...when(pipeline.outputPrefix === "", () =>
      problem(
        "storage.outputPrefix",
        `must not be empty together with ${path}`,
        "",
        "Every output would start an execution in turn: take for example output/.",
      ),
    ),
    ...checkBuckets(uploads, pipeline),
    ...checkPrefixes(uploads, pipeline),
    ...(uploads.suffixes ?? []).flatMap((suffix, index) =>
      when(typeof suffix !== "string" || suffix === "", () =>
        problem(`${path}.suffixes[${index}]`, "must not be empty", suffix, "Take for example .mp4, or leave it out."),
      ),
    ),
    ...outOfRange(
      `${path}.minimumBytes`,
      uploads.minimumBytes,
      whole(0, 5_000_000_000, "EventBridge compares no larger numbers; 0 lets every size start an execution."),
    ),
    ...checkPattern(pipeline),
  ];
}

function checkBuckets({ buckets }: UploadsArgs, { storage }: Pipeline): Problem[] {
  const readable = [storage?.bucket, ...(storage?.inputBuckets ?? [])];
  // Names that come out of other resources can't be compared.
  const known = readable.every((name) => name === undefined || typeof name === "string");
  return [
    ...when(buckets?.length === 0 || (buckets === undefined && storage === undefined), () =>
      problem(
        "trigger.uploads.buckets",
        "must name a bucket where the pipeline has none",
        buckets,
        "Name those that videos are uploaded to.",
      ),
    ),
    ...(buckets ?? []).flatMap((bucket, index) =>
      when(storage !== undefined && known && typeof bucket === "string" && !readable.includes(bucket), () =>
        problem(
          `trigger.uploads.buckets[${index}]`,
          "must be storage.bucket or one of storage.inputBuckets, which jobs may read",
          bucket,
          "Add it to storage.inputBuckets.",
        ),
      ),
    ),
  ];
}

function checkPrefixes({ prefixes, buckets }: UploadsArgs, { outputPrefix, storage }: Pipeline): Problem[] {
  if (prefixes === undefined) return [];
  if (prefixes.length === 0) {
    return [problem("trigger.uploads.prefixes", "must have at least one entry", [], "Leave it out for uploads/.")];
  }
  const wholeBuckets =
    prefixes.length === 1 &&
    prefixes[0] === "" &&
    buckets !== undefined &&
    (storage === undefined || storage.bucket === undefined || !buckets.includes(storage.bucket));
  if (wholeBuckets) return [];
  return prefixes.flatMap((prefix, index) => {
    const path = `trigger.uploads.prefixes[${index}]`;
    if (typeof prefix !== "string" || prefix === "") {
      return [
        problem(
          path,
          "must not be empty, but for a single one together with buckets that are not the pipeline's own",
          prefix,
          "Outputs must not start executions: take for example uploads/.",
        ),
      ];
    }
    return when(outputPrefix !== "" && mayBeOutput(prefix, outputPrefix), () =>
      problem(
        path,
        `must lie beside storage.outputPrefix, which is ${outputPrefix}`,
        prefix,
        "Outputs must not start executions: take for example uploads/.",
      ),
    );
  });
}

/** With bucket names as long as they can be, since they may not be known yet. */
function checkPattern({ trigger: { uploads }, outputPrefix }: Pipeline): Problem[] {
  if (!uploads) return [];
  const buckets = (uploads.buckets ?? [""]).map(() => "b".repeat(63));
  const { length } = JSON.stringify(uploadPattern(uploads, buckets, outputPrefix));
  return when(length > LONGEST_PATTERN, () =>
    problem(
      "trigger.uploads",
      `must make a pattern of at most ${LONGEST_PATTERN.toLocaleString("en-US")} characters, which is what EventBridge takes`,
      length,
      "Every prefix is combined with every suffix: remove some of them.",
    ),
  );
}

function checkSchedules(schedules: ScheduleArgs[], { storage, outputPrefix }: Pipeline): Problem[] {
  const list = "trigger.schedules";
  return [
    ...duplicates(
      list,
      schedules.map(({ name }) => name),
      "name",
    ),
    ...schedules.flatMap(({ name, expression, input, output }, index) => {
      const path = `${list}[${index}]`;
      return [
        ...badName(`${path}.name`, name, 12),
        ...when(typeof expression !== "string" || !/^(rate|cron|at)\([^()]+\)$/.test(expression), () =>
          problem(
            `${path}.expression`,
            "must be like rate(1 day), cron(0 6 * * ? *) or at(2030-01-01T00:00:00)",
            expression,
            "EventBridge Scheduler has no other forms.",
          ),
        ),
        ...when(input === undefined || (typeof input === "string" && !/^s3:\/\/[^/]+\/.+/.test(input)), () =>
          problem(`${path}.input`, "must be like s3://bucket/key", input, "Each schedule starts one video."),
        ),
        ...when(typeof output === "string" && !liesBelow(output, storage?.bucket, outputPrefix), () =>
          problem(
            `${path}.output`,
            `must be like s3://bucket/${outputPrefix}…, in the pipeline's bucket`,
            output,
            "Jobs may write nowhere else; leave it out for a place of its own.",
          ),
        ),
      ];
    }),
  ];
}

/** As far as it can be known. */
function liesBelow(uri: string, bucket: unknown, outputPrefix: string): boolean {
  const [, name, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  return name !== undefined && (typeof bucket !== "string" || bucket === name) && key!.startsWith(outputPrefix);
}
