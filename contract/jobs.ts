/** The jobs of a pipeline, in the order of the work. */
export const JOB_KEYS = ["metadata", "features", "transcode", "package"] as const;

export type JobKey = (typeof JOB_KEYS)[number];

/** The worker's commands. `audio` runs in the transcode job, and is a track of its own. */
export const WORKER_COMMANDS = ["metadata", "features", "transcode", "audio", "package"] as const;

export type WorkerCommand = (typeof WORKER_COMMANDS)[number];

/** The exit code of a package job that finds work missing, which another metadata job would order. */
export const MISSING_WORK = 3;

/** What Batch fills in for the `Ref::` words of a job's command. */
export type JobParameter = "input" | "output" | "plan" | "rendition" | "part" | "missing" | "maxDamagedShare" | "event";

const URIS = ["--input", "Ref::input", "--output", "Ref::output"];

/** The plan that the execution read: a job does nothing for the plan of another execution that came later. */
export const PLAN_OPTION = ["--plan", "Ref::plan"];

/** What failed and is left out of the output. */
export const MISSING_OPTION = ["--missing", "Ref::missing"];

/** Where the event goes that the video is playable. Only a pipeline that sends events gives it to jobs. */
export const EVENT_OPTION = ["--event", "Ref::event"];

/** The commands that may make a video playable. */
const PUBLISHING_COMMANDS: readonly WorkerCommand[] = ["metadata", "transcode", "audio", "package"];

/** The share of the video's length that may be damaged. */
const DAMAGE_OPTION = ["--max-damaged-share", "Ref::maxDamagedShare"];

const WORK = [...URIS, ...PLAN_OPTION, ...DAMAGE_OPTION];

/** The command of each job that runs the worker. */
export const JOB_COMMANDS: Record<WorkerCommand, string[]> = {
  metadata: ["worker", "metadata", ...URIS, ...DAMAGE_OPTION],
  features: ["worker", "features", ...URIS, ...PLAN_OPTION],
  transcode: ["worker", "transcode", ...WORK, "--rendition", "Ref::rendition", "--part", "Ref::part"],
  audio: ["worker", "audio", ...WORK],
  package: ["worker", "package", ...WORK],
};

/** The worker's command, in a pipeline with or without events of playable videos. */
export function jobCommand(command: WorkerCommand, announcesPlayable: boolean): string[] {
  const option = announcesPlayable && PUBLISHING_COMMANDS.includes(command) ? EVENT_OPTION : [];
  return [...JOB_COMMANDS[command], ...option];
}
