import { BUCKET_NAME } from "../rules/forms";
import { badName, duplicates } from "../rules/names";
import { type Problem, when } from "../rules/problem";
import type { StorageSettings } from "../storage/defaults";
import type { Schedule } from "./args";
import { badScheduleExpression } from "./scheduleExpression";

interface Settings {
  outputPrefix: string;
  storage?: StorageSettings;
}

const LIST = "trigger.schedules";

/** Rules of schedules alone. */
export function checkSchedules(schedules: Schedule[]): Problem[] {
  return [
    ...duplicates(LIST, schedules, "name"),
    ...schedules.flatMap(({ name, expression, timezone, input }, index) => {
      const path = `${LIST}[${index}]`;
      return [
        ...badName(`${path}.name`, name, 12),
        ...badScheduleExpression(`${path}.expression`, expression),
        ...when(timezone !== undefined && !isTimeZone(timezone), {
          path: `${path}.timezone`,
          rule: "must be the name of a time zone",
          received: timezone,
          remedy: "Use a name such as Europe/Berlin. The default is UTC.",
        }),
        ...when(typeof input === "string" && !isObject(input), {
          path: `${path}.input`,
          rule: "must be like s3://bucket/key",
          received: input,
          remedy: "Each schedule starts one video.",
        }),
      ];
    }),
  ];
}

/** Rules of where schedules may have their outputs. */
export function checkScheduledOutputs(schedules: Schedule[], { storage, outputPrefix }: Settings): Problem[] {
  return schedules.flatMap(({ output }, index) =>
    when(typeof output === "string" && !isBelow(output, storage?.bucket, outputPrefix), {
      path: `${LIST}[${index}].output`,
      rule: `must be like s3://bucket/${outputPrefix}…, in the pipeline's bucket`,
      received: output,
      remedy: "Jobs may write nowhere else: change it, or omit it to use the video's own prefix.",
    }),
  );
}

/** `Intl` has the database of IANA, as Scheduler does. It also takes offsets such as +01:00, which Scheduler refuses. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function isObject(uri: string): boolean {
  const [, bucket = ""] = /^s3:\/\/([^/]+)\/./s.exec(uri) ?? [];
  return BUCKET_NAME.pattern.test(bucket);
}

/** A bucket that comes out of another resource can't be compared. */
function isBelow(uri: string, bucket: unknown, outputPrefix: string): boolean {
  const [, name, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  return name !== undefined && (typeof bucket !== "string" || bucket === name) && key!.startsWith(outputPrefix);
}
