import type { Manifest } from "../../contract/manifest";
import type { Plan } from "../../contract/plan";
import type { Run, RunStart } from "../../contract/run";
import type { Outline } from "../outline/outline";

/** The data of a report. Only the run and the definition are always there, because a failed run has little else. */
export interface ReportInput {
  run: Run;
  machine: Outline;
  /** Priorities by queue name. */
  priorities: Record<string, number>;
  media?: Manifest;
  /** The plan of the video, by which it is known which renditions share jobs. */
  plan?: Pick<Plan, "renditions" | "parts">;
  /** Where the run's video, program and stack are recorded. Absent in AWS. */
  start?: RunStart;
  /** Whether the run continues one that was interrupted. */
  resumed?: boolean;
  features: Features;
  /** Links from the report to the output and the logs. */
  links: Links;
}

export interface Links {
  /** Link to the output with a slash at its end. Absent if a browser can't follow it. */
  output?: string;
  /** Link to a log. Absent if a browser can't follow it. */
  log: (log: string) => string | undefined;
}

export interface Features {
  /** Pictures as data URIs, or as paths from the report. */
  poster?: string;
  sprite?: string;
  /** Pictures in the sprite, with their times in seconds. */
  thumbnails: Thumbnail[];
  /** Times of scene changes in seconds. */
  changes: number[];
}

export interface Thumbnail {
  start: number;
  end: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A `manifest.json` if it has the worker's format. A user's own container can write any content. */
export function mediaOf(manifest: unknown): Manifest | undefined {
  const { source, master, renditions } = (manifest ?? {}) as Partial<Manifest>;
  return source && master && Array.isArray(renditions) ? (manifest as Manifest) : undefined;
}

/** A `plan.json` if it has the worker's format. */
export function planOf(plan: unknown): ReportInput["plan"] {
  const { renditions, parts } = (plan ?? {}) as Partial<Plan>;
  return Array.isArray(renditions) && Array.isArray(parts) ? { renditions, parts } : undefined;
}

/** The times in a `scenes.json`. */
export function changesOf(scenes: unknown): number[] {
  const { changes } = (scenes ?? {}) as { changes?: { seconds?: unknown }[] };
  if (!Array.isArray(changes)) return [];
  return changes.flatMap(({ seconds }) => (typeof seconds === "number" ? seconds : []));
}

/** The thumbnails of a WebVTT file whose cues are `sprite.jpg#xywh=0,0,160,90`. */
export function thumbnailsOf(webVtt: string): Thumbnail[] {
  const cue = /^([\d:.]+) --> ([\d:.]+).*\n.*#xywh=(\d+),(\d+),(\d+),(\d+)$/gm;
  return [...webVtt.matchAll(cue)].map(([, start, end, x, y, width, height]) => ({
    start: secondsOf(start!),
    end: secondsOf(end!),
    x: Number(x),
    y: Number(y),
    width: Number(width),
    height: Number(height),
  }));
}

function secondsOf(time: string): number {
  return time.split(":").reduce((total, part) => total * 60 + Number(part), 0);
}
