import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { UsageError } from "../../contract/usageError";

/** A rendition in HLS. */
export interface PreparedRendition {
  /** The lines of its playlist, of which those without a # name the segments. */
  playlist: string[];
  segments: Buffer[];
  seconds: number;
}

const PLAYLIST = /^\d+p\.m3u8$/;

/**
 * A folder with renditions that stand in for those that MediaConvert would encode: `720p.m3u8` with its segments, and for files `720p.mp4`
 * too. An output gets the rendition whose height is the closest, because nothing of it is encoded here anyway.
 */
export class PreparedLadder {
  readonly #heights: number[];

  constructor(private readonly folder: string) {
    const names = existsSync(folder) ? readdirSync(folder) : [];
    this.#heights = names.filter((name) => PLAYLIST.test(name)).map((name) => Number.parseInt(name));
    if (this.#heights.length > 0) return;
    throw new UsageError(`The ladder's folder must have a playlist such as 720p.m3u8. ${folder} has none.`);
  }

  rendition(height: number): PreparedRendition {
    const playlist = this.#read(`${this.#closest(height)}p.m3u8`)
      .toString("utf8")
      .trimEnd()
      .split("\n");
    const segments = playlist.filter(isUri).map((name) => this.#read(name));
    const seconds = playlist.reduce((sum, line) => sum + Number(/^#EXTINF:([\d.]+)/.exec(line)?.[1] ?? 0), 0);
    return { playlist, segments, seconds };
  }

  file(height: number): Buffer {
    return this.#read(`${this.#closest(height)}p.mp4`);
  }

  #closest(height: number): number {
    const distance = (other: number): number => Math.abs(other - height);
    return [...this.#heights].sort((a, b) => distance(a) - distance(b) || a - b)[0] as number;
  }

  #read(name: string): Buffer {
    const file = path.join(this.folder, name);
    if (existsSync(file)) return readFileSync(file);
    throw new UsageError(`The ladder's folder must have ${name} beside its playlist. ${this.folder} has none.`);
  }
}

export function isUri(line: string): boolean {
  return line !== "" && !line.startsWith("#");
}
