import type * as pulumi from "@pulumi/pulumi";

import type { EventMapping } from "../workflow/jsonata/eventInput";
import type { EventTrigger, Schedule, Trigger, Uploads } from "./args";

export interface TriggerSettings {
  uploads?: UploadSettings;
  schedules: ScheduleSettings[];
  /** Absent when no events of a bus start executions. */
  events?: EventTrigger;
}

export interface UploadSettings extends UploadFilter {
  /** Absent for the pipeline's own bucket. */
  buckets?: pulumi.Input<string>[];
}

export interface UploadFilter {
  prefixes: string[];
  /** Empty for any. */
  suffixes: string[];
  minimumBytes: number;
  /** Where outputs are, which start nothing. */
  outputPrefix: string;
}

export type ScheduleSettings = Schedule & { timezone: string };

export function normaliseTrigger(
  { uploads, schedules = [], events }: Trigger = {},
  outputPrefix: string,
): TriggerSettings {
  return {
    events,
    uploads: uploads && normaliseUploads(uploads, outputPrefix),
    schedules: schedules.map((schedule) => ({ ...schedule, timezone: schedule.timezone ?? "UTC" })),
  };
}

export function normaliseUploads(args: Uploads, outputPrefix: string): UploadSettings {
  const { buckets, prefixes = ["uploads/"], suffixes = [] } = args;
  // No folder has a key with a video's suffix, and without a size to compare, uploads of every size start an execution.
  const minimumBytes = args.minimumBytes ?? (suffixes.length > 0 ? 0 : 1);
  return { buckets, prefixes, suffixes, minimumBytes, outputPrefix };
}

/** How the workflow reads what started it. Nothing where no events of a bus do. */
export function eventMappingOf({ events, uploads }: Trigger = {}): EventMapping | undefined {
  return events && { executionInput: events.executionInput, uploads: uploads !== undefined };
}
