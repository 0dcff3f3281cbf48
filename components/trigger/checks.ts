import { badFormIfKnown, BUCKET_NAME } from "../rules/forms";
import { LONGEST_PATTERN } from "../rules/limits";
import { noEntries } from "../rules/lists";
import { outOfRange } from "../rules/numbers";
import { type Check, type Problem, problem, when } from "../rules/problem";
import type { StorageSettings } from "../storage/defaults";
import type { Trigger, Uploads } from "./args";
import { checkScheduledOutputs, checkSchedules } from "./checkSchedules";
import type { TriggerSettings } from "./defaults";
import { UPLOAD_LIMITS } from "./limits";
import { mayBeOutput, uploadPattern } from "./uploadPattern";

interface Settings {
  outputPrefix: string;
  storage?: StorageSettings;
  trigger: TriggerSettings;
}

/** Rules of the trigger alone. */
export const checkTrigger: Check<{ trigger?: Trigger }> = ({ args: { trigger } }) => {
  const { uploads, schedules = [], events } = trigger ?? {};
  return [
    ...when(!!trigger && !uploads && !events && schedules.length === 0, {
      path: "trigger",
      rule: "must have uploads, schedules or events",
      received: trigger,
      remedy: "Omit trigger if people or programs start executions.",
    }),
    ...(uploads?.suffixes ?? []).flatMap((suffix, index) =>
      when(suffix === "", {
        path: `trigger.uploads.suffixes[${index}]`,
        rule: "must not be empty",
        received: suffix,
        remedy: "Use a suffix such as .mp4, or omit suffixes to accept any.",
      }),
    ),
    ...outOfRange("trigger.uploads.minimumBytes", uploads?.minimumBytes, UPLOAD_LIMITS.minimumBytes),
    ...checkSchedules(schedules),
  ];
};

/** Rules of the trigger together with the buckets and the output. */
export const checkTriggerInStorage: Check<{ trigger?: Trigger }, Settings> = ({ args: { trigger }, settings }) => {
  const { uploads, schedules = [] } = trigger ?? {};
  return [...(uploads ? checkUploads(uploads, settings) : []), ...checkScheduledOutputs(schedules, settings)];
};

function checkUploads(uploads: Uploads, settings: Settings): Problem[] {
  const path = "trigger.uploads";
  return [
    ...when(settings.outputPrefix === "", {
      path: "storage.outputPrefix",
      rule: `must not be empty together with ${path}`,
      received: "",
      remedy: "Every output would start an execution in turn: use a prefix such as output/.",
    }),
    ...checkBuckets(uploads, settings),
    ...checkPrefixes(uploads, settings),
    ...checkPattern(settings),
  ];
}

function checkBuckets({ buckets }: Uploads, { storage }: Settings): Problem[] {
  const readable = [storage?.bucket, ...(storage?.inputBuckets ?? [])];
  // Names that come out of other resources can't be compared.
  const known = readable.every((name) => name === undefined || typeof name === "string");
  return [
    ...when(buckets?.length === 0 || (buckets === undefined && storage === undefined), {
      path: "trigger.uploads.buckets",
      rule: "must name a bucket when the pipeline has none",
      received: buckets,
      remedy: "Name the buckets that videos are uploaded to.",
    }),
    ...(buckets ?? []).flatMap((bucket, index) => {
      const path = `trigger.uploads.buckets[${index}]`;
      const misnamed = badFormIfKnown(path, bucket, BUCKET_NAME);
      if (misnamed.length > 0) return misnamed;
      return when(storage !== undefined && known && typeof bucket === "string" && !readable.includes(bucket), {
        path,
        rule: "must be storage.bucket or one of storage.inputBuckets, which jobs may read",
        received: bucket,
        remedy: "Add it to storage.inputBuckets.",
      });
    }),
  ];
}

function checkPrefixes({ prefixes, buckets }: Uploads, { outputPrefix, storage }: Settings): Problem[] {
  if (prefixes === undefined) return [];
  if (prefixes.length === 0) return noEntries("trigger.uploads.prefixes", prefixes, "Omit it to use uploads/.");
  const wholeBuckets =
    prefixes.length === 1 &&
    prefixes[0] === "" &&
    buckets !== undefined &&
    (storage === undefined || storage.bucket === undefined || !buckets.includes(storage.bucket));
  if (wholeBuckets) return [];
  return prefixes.flatMap((prefix, index) => {
    const path = `trigger.uploads.prefixes[${index}]`;
    if (prefix === "") {
      return [
        problem({
          path,
          rule: "must not be empty, except as the only prefix of buckets other than the pipeline's own",
          received: prefix,
          remedy: "Outputs must not start executions: use a prefix such as uploads/.",
        }),
      ];
    }
    if (prefix.startsWith("/")) {
      return [
        problem({
          path,
          rule: "must not begin with a slash",
          received: prefix,
          remedy: "S3 keys don't begin with a slash: use a prefix such as uploads/.",
        }),
      ];
    }
    return when(outputPrefix !== "" && mayBeOutput(prefix, outputPrefix), {
      path,
      rule: `must not overlap with storage.outputPrefix, which is ${outputPrefix}`,
      received: prefix,
      remedy: "Outputs must not start executions: use a prefix such as uploads/.",
    });
  });
}

/** Buckets' names may not be known yet, so each counts as the longest possible one. */
function checkPattern({ trigger: { uploads } }: Settings): Problem[] {
  if (!uploads) return [];
  const buckets = (uploads.buckets ?? [""]).map(() => "b".repeat(63));
  const { length } = JSON.stringify(uploadPattern(uploads, buckets));
  return when(length > LONGEST_PATTERN, {
    path: "trigger.uploads",
    rule: `must result in an event pattern of at most ${LONGEST_PATTERN.toLocaleString("en-US")} characters, which is EventBridge's limit`,
    received: length,
    remedy: "Every prefix is combined with every suffix: remove some of them.",
  });
}
