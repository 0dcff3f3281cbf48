import type { VideoBatchPipelineArgs } from "../index";
import type { Plan } from "../contract/plan";
import type { Run } from "../contract/run";
import { runScripted, type ScriptedAttempt } from "../testing";
import { planFor } from "../testing/plan";
import { chunkOf, chunksOf } from "../worker/plan/chunks";
import { type JobTime, type JobTimes, measureJobTimes } from "./jobTimes";
import { ladderOf } from "./ladder";
import { pipelineOf } from "./pipeline";
import { figures, markdown } from "./rows";

const VIDEO = { width: 1920, height: 1080, seconds: 3600, frameRate: 30 };
const VCPUS = [1, 10, 30, 100, 300, 1000];
/** The longest possible time: a year, minus the reserve for a notice. */
const MAX_SECONDS = 31_535_000;

/** Name, height and maximum bitrate in kbit/s. */
export const RENDITIONS: [string, number, number][] = [
  ["1080p-high", 1080, 8000],
  ["1080p", 1080, 6000],
  ["1080p-low", 1080, 4500],
  ["900p", 900, 4500],
  ["720p-high", 720, 4500],
  ["720p", 720, 3500],
  ["720p-low", 720, 2500],
  ["576p", 576, 2200],
  ["540p", 540, 2000],
  ["480p", 480, 1800],
  ["432p", 432, 1300],
  ["360p", 360, 900],
  ["288p", 288, 600],
  ["240p", 240, 400],
];

/** The result for one number of vCPUs. */
export interface Point {
  vcpus: number;
  /** Seconds until everything is complete, and until the first rendition has an opening. */
  seconds: number;
  playable: number;
}

export interface Curve {
  points: Point[];
  /** Total vCPU seconds of all jobs. */
  work: number;
  /** The steps that can't run in parallel even with unlimited vCPUs, with their seconds. */
  longestPath: Record<string, number>;
}

/**
 * An hour of 1080p in 14 renditions with increasing vCPUs: the state machine and the queues as deployed, on the virtual
 * clock, with job times measured on this machine.
 */
export async function curve(): Promise<string> {
  const times = await measureJobTimes(ladderOf(await pipelineOf(argumentsFor(1))));
  return describeCurve(await curveOf(times, VCPUS));
}

export async function curveOf(times: JobTimes, numbers: readonly number[]): Promise<Curve> {
  const plan = planFor("s3://videos/video.mp4", VIDEO, ladderOf(await pipelineOf(argumentsFor(1))));
  const points: Point[] = [];
  for (const vcpus of numbers) {
    const script = (attempt: ScriptedAttempt) => ({ seconds: secondsOf(attempt, times, plan) });
    const run = await runScripted(await pipelineOf(argumentsFor(vcpus)), { video: VIDEO, script });
    if (run.status !== "SUCCEEDED")
      throw new Error(`On ${vcpus} vCPUs the execution ended ${run.status}: ${run.cause}`);
    points.push({ vcpus, seconds: elapsed(run, run.ended as string), playable: elapsed(run, openingEnded(run)) });
  }
  return { points, work: workOf(times, plan), longestPath: longestPath(times, plan) };
}

function describeCurve({ points, work, longestPath }: Curve): string {
  const [single] = points.map(({ seconds }) => seconds);
  const table = markdown(
    ["vCPUs", "complete after", "speed-up", "vCPUs at work", "first rendition playable after"],
    points.map(({ vcpus, seconds, playable }) => [
      vcpus.toLocaleString("en"),
      duration(seconds),
      `${figures((single as number) / seconds)}×`,
      `${((100 * work) / seconds / vcpus).toFixed(0)} %`,
      duration(playable),
    ]),
  );
  const total = Object.values(longestPath).reduce((sum, seconds) => sum + seconds, 0);
  const steps = Object.entries(longestPath).map(([step, seconds]) => `${step} ${duration(seconds)}`);
  return [
    table,
    "",
    `The total work is ${figures(work / 3600)} vCPU hours. The critical path is ${duration(total)}: ${steps.join(", ")}.`,
    `The curve bends at ${figures(work / total)} vCPUs, where the work takes as long as the critical path.`,
  ].join("\n");
}

function argumentsFor(maxVcpus: number): VideoBatchPipelineArgs {
  const vcpus = 1;
  return {
    renditions: RENDITIONS.map(([name, height, maxBitrateKbps]) => ({
      name,
      height,
      maxBitrateKbps,
      preset: "veryfast",
      vcpus,
    })),
    computeEnvironments: [{ name: "ec2", maxVcpus }],
    jobs: { metadata: { vcpus }, features: { vcpus }, transcode: { vcpus }, package: { vcpus } },
    workflow: { timeoutSeconds: MAX_SECONDS, queueWaitSeconds: MAX_SECONDS },
  };
}

function secondsOf({ command, arrayIndex = 0 }: ScriptedAttempt, times: JobTimes, plan: Plan): number {
  const [, step] = command;
  if (step === "transcode") {
    const valueOf = (option: string): string => command[command.indexOf(option) + 1] as string;
    const { start, end } = chunkOf(plan, Number(valueOf("--part")), arrayIndex);
    return at(times.transcode[valueOf("--rendition")] as JobTime, (end - start) / plan.timeline.timescale);
  }
  return at(times[step as "metadata" | "features" | "audio" | "package"], VIDEO.seconds);
}

function at({ fixed, perSecond }: JobTime, seconds: number): number {
  return fixed + perSecond * seconds;
}

/** Seconds that a single vCPU would need for all jobs. */
function workOf(times: JobTimes, plan: Plan): number {
  const whole = [times.metadata, times.features, times.audio, times.package].map((time) => at(time, VIDEO.seconds));
  const encodes = Object.values(times.transcode).flatMap((time) =>
    chunkSeconds(plan).map((seconds) => at(time, seconds)),
  );
  return [...whole, ...encodes].reduce((sum, seconds) => sum + seconds, 0);
}

/** The steps that can't run in parallel, even with unlimited vCPUs. */
function longestPath(times: JobTimes, plan: Plan): Record<string, number> {
  const [opening = 0] = chunkSeconds(plan);
  const longest = Math.max(...chunkSeconds(plan).slice(1));
  const encode = (seconds: number): number =>
    Math.max(...Object.values(times.transcode).map((time) => at(time, seconds)));
  const sideBySide: [string, number][] = [
    ["opening and one chunk of the slowest rendition", encode(opening) + encode(longest)],
    ["sound", at(times.audio, VIDEO.seconds)],
    ["features", at(times.features, VIDEO.seconds)],
  ];
  const [name, seconds] = sideBySide.reduce((most, step) => (step[1] > most[1] ? step : most));
  return {
    metadata: at(times.metadata, VIDEO.seconds),
    [name]: seconds,
    packaging: at(times.package, VIDEO.seconds),
  };
}

function chunkSeconds(plan: Plan): number[] {
  return chunksOf(plan).map(({ start, end }) => (end - start) / plan.timeline.timescale);
}

/** The time at which the first opening was ready. */
function openingEnded({ jobs }: Run): string {
  const ends = jobs.filter(({ name }) => name.endsWith("-1")).map(({ ended }) => ended as string);
  return ends.sort()[0] as string;
}

function elapsed({ started }: Run, moment: string): number {
  return (Date.parse(moment) - Date.parse(started)) / 1000;
}

/** `1 h 02 min`, `3 min 20 s`, `12 s` */
function duration(seconds: number): string {
  if (seconds < 60) return `${figures(seconds)} s`;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, "0")} min`;
  return `${minutes} min ${String(Math.round(seconds % 60)).padStart(2, "0")} s`;
}
