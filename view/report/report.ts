import type { Run } from "../../contract/run";
import type { Outline } from "../outline";

/** What a report is made of. Everything but the run and the definition may be missing: a failed run has little else. */
export interface ReportInput {
  run: Run;
  machine: Outline;
  /** Priorities by the queue's name. */
  priorities: Record<string, number>;
  media?: Media;
  features: Features;
  /** Where the files of the output and the logs are, seen from the report. Absent when a browser can't follow them. */
  links: Links;
}

export interface Links {
  /** Ends with a slash. */
  output?: string;
  log: (log: string) => string | undefined;
}

/** What the report reads of a `manifest.json`. */
export interface Media {
  source: { uri: string; bytes: number; durationSeconds: number; frames: number; width: number; height: number };
  master: MediaFile;
  renditions: MediaRendition[];
  audio?: MediaAudio[];
}

export interface MediaAudio {
  name: string;
  label: string;
  codec: string;
  channels: number;
  averageBandwidth: number;
  peakBandwidth: number;
  segments: number;
}

export interface MediaFile {
  path: string;
  bytes: number;
}

export interface MediaRendition {
  name: string;
  width: number;
  height: number;
  frames: number;
  codec: string;
  durationSeconds: number;
  averageBandwidth: number;
  peakBandwidth: number;
  segments: number;
  mp4: MediaFile;
}

export interface Features {
  /** As data URIs, or as paths from the report. */
  poster?: string;
  sprite?: string;
  /** The pictures in the sprite, with the seconds that they stand for. */
  thumbnails: Thumbnail[];
  /** Seconds at which the scene changes. */
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

/** A `manifest.json` as the worker writes it. Somebody's own container may write anything under that name. */
export function mediaOf(manifest: unknown): Media | undefined {
  const { source, master, renditions } = (manifest ?? {}) as Partial<Media>;
  return source && master && Array.isArray(renditions) ? (manifest as Media) : undefined;
}

/** The seconds in a `scenes.json`. */
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
