import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import type { Deployment } from "../../runner/deployment";
import type { Run } from "../../runner/record";
import type { Layout } from "../../view/diagram/layout";
import { outline } from "../../view/outline";
import { reportPage } from "../../view/report/page";
import { changesOf, mediaOf, thumbnailsOf, type Features } from "../../view/report/report";

/** Pictures up to this many bytes are put into the page. Larger ones stay beside it. */
const EMBEDDED = 3_000_000;

export function reportFile(directory: string): string {
  return path.join(directory, "report.html");
}

/** Writes `report.html` into the folder of a run, and returns its path. Without a layout of the state machine, one is made. */
export async function writeReport(
  directory: string,
  run: Run,
  { stateMachine, batch }: Deployment,
  layout?: Layout,
): Promise<string> {
  const output = path.join(directory, "output");
  const media = mediaOf(readJson(path.join(output, "manifest.json")));
  const page = await reportPage(
    {
      run,
      machine: outline(stateMachine.definition),
      priorities: Object.fromEntries(batch.queues.map(({ name, priority }) => [name, priority])),
      ...(media ? { media } : {}),
      features: readFeatures(output),
      links: { output: "output/", log: encodeURI },
    },
    { now: Date.now(), ...(media ? { hls: hlsPlayer() } : {}), ...(layout ? { layout } : {}) },
  );
  const file = reportFile(directory);
  writeFileSync(`${file}.tmp`, page);
  renameSync(`${file}.tmp`, file);
  return file;
}

/** What was found in the video. Of a run that failed there may be any part of it. */
function readFeatures(output: string): Features {
  const poster = picture(output, "poster.jpg");
  const sprite = picture(output, "sprite.jpg");
  const cues = path.join(output, "features", "thumbnails.vtt");
  return {
    ...(poster === undefined ? {} : { poster }),
    ...(sprite === undefined ? {} : { sprite }),
    thumbnails: existsSync(cues) ? thumbnailsOf(readFileSync(cues, "utf8")) : [],
    changes: changesOf(readJson(path.join(output, "features", "scenes.json"))),
  };
}

function picture(output: string, name: string): string | undefined {
  const file = path.join(output, "features", name);
  if (!existsSync(file)) return undefined;
  if (statSync(file).size > EMBEDDED) return `output/features/${name}`;
  return `data:image/jpeg;base64,${readFileSync(file).toString("base64")}`;
}

/** A file that is being written, or one of somebody else's worker, is as good as none. */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as unknown;
  } catch {
    return undefined;
  }
}

function hlsPlayer(): string {
  return readFileSync(createRequire(__filename).resolve("hls.js/dist/hls.min.js"), "utf8");
}
