import type * as pulumi from "@pulumi/pulumi";

import type { ScheduleArgs, TriggerArgs } from "../args/trigger";

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
      minimumBytes: uploads.minimumBytes ?? 1,
    },
    schedules: schedules.map((schedule) => ({ ...schedule, timezone: schedule.timezone ?? "UTC" })),
  };
}
