import type * as pulumi from "@pulumi/pulumi";

import type { ScheduleArgs, TriggerArgs } from "./args";

export interface TriggerSettings {
  uploads?: UploadSettings;
  schedules: ScheduleSettings[];
}

export interface UploadSettings extends UploadFilter {
  /** Absent for the pipeline's own. */
  buckets?: pulumi.Input<string>[];
}

export interface UploadFilter {
  prefixes: string[];
  /** Empty for any. */
  suffixes: string[];
  minimumBytes: number;
}

export type ScheduleSettings = ScheduleArgs & { timezone: string };

export function triggerOf({ uploads, schedules = [] }: TriggerArgs = {}): TriggerSettings {
  return {
    uploads: uploads && {
      buckets: uploads.buckets,
      prefixes: uploads.prefixes ?? ["uploads/"],
      suffixes: uploads.suffixes ?? [],
      // A key with an end of a video's is no folder; and without a size to compare, uploads of every size start an execution.
      minimumBytes: uploads.minimumBytes ?? ((uploads.suffixes ?? []).length > 0 ? 0 : 1),
    },
    schedules: schedules.map((schedule) => ({ ...schedule, timezone: schedule.timezone ?? "UTC" })),
  };
}
