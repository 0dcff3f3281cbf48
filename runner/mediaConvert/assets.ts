import path from "node:path";

import type { Json } from "../../contract/asl";
import { isUri, type PreparedLadder, type PreparedRendition } from "./ladder";
import type { GroupFiles, OutputFiles } from "./outputFiles";

export interface Asset {
  uri: string;
  content: string | Buffer;
}

/** The assets of a job, and what it says about its outputs when it has ended. */
export interface Written {
  assets: Asset[];
  /** `OutputGroupDetails`, which name no files. */
  details: Json;
}

/** Copies prepared renditions to where a job's outputs belong. Master playlists come last, as everything that they name is there then. */
export function copyLadder(ladder: PreparedLadder, groups: readonly GroupFiles[]): Written {
  const written = groups.map((group) => (group.type === "HLS" ? copyHls(ladder, group) : copyFiles(ladder, group)));
  return {
    assets: written.flatMap(({ assets }) => assets),
    details: written.map(({ details }) => ({ OutputDetails: details })),
  };
}

function copyFiles(ladder: PreparedLadder, { outputs }: GroupFiles): Written {
  return {
    assets: outputs.map(({ uri, height }) => ({ uri, content: ladder.file(height) })),
    details: outputs.map((output) => detailOf(output, ladder.rendition(output.height))),
  };
}

function copyHls(ladder: PreparedLadder, { base, outputs }: GroupFiles): Written {
  const renditions = outputs.map((output) => ({ output, rendition: ladder.rendition(output.height) }));
  const variants = renditions.flatMap(({ output, rendition }) => copyVariant(output, rendition));
  const master = [
    "#EXTM3U",
    "#EXT-X-VERSION:3",
    "#EXT-X-INDEPENDENT-SEGMENTS",
    ...renditions.flatMap(({ output, rendition }) => [streamLine(output, rendition), path.basename(output.uri)]),
  ];
  return {
    assets: [...variants, { uri: `${base}.m3u8`, content: `${master.join("\n")}\n` }],
    details: renditions.map(({ output, rendition }) => detailOf(output, rendition)),
  };
}

function copyVariant({ uri, segments }: OutputFiles, rendition: PreparedRendition): Asset[] {
  const names = rendition.segments.map((_, index) => `${segments}${String(index + 1).padStart(5, "0")}.ts`);
  const left = [...names];
  const playlist = rendition.playlist.map((line) => (isUri(line) ? path.basename(left.shift() as string) : line));
  return [
    ...rendition.segments.map((content, index): Asset => ({ uri: names[index] as string, content })),
    { uri, content: `${playlist.join("\n")}\n` },
  ];
}

function streamLine({ width, height }: OutputFiles, { segments, seconds }: PreparedRendition): string {
  const bytes = segments.reduce((sum, { length }) => sum + length, 0);
  const resolution = width === undefined ? "" : `,RESOLUTION=${width}x${height}`;
  return `#EXT-X-STREAM-INF:BANDWIDTH=${Math.ceil((bytes * 8) / seconds)}${resolution}`;
}

function detailOf({ width, height }: OutputFiles, { seconds }: PreparedRendition): Json {
  const VideoDetails = { ...(width === undefined ? {} : { WidthInPx: width }), HeightInPx: height };
  return { DurationInMs: Math.round(seconds * 1000), VideoDetails };
}
