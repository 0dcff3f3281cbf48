import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";

import { clipDirectory, ffmpeg, ffprobe } from "../../support/clips";
import { FINE } from "./check";
import { describeExact } from "./describeExact";
import { encode, gop, picture, sound, X264 } from "./ingredients";
import { makeAll, planOf } from "./inProcess";
import type { Source } from "./sources";

const likeOf = (path: string): string => `${path}.like.mkv`;
const PCM = ["-c:a", "pcm_s16le"];
const OPEN = ["-x264-params", "open-gop=1"];

/** H.264 in MXF as ffmpeg writes it: its index has no times at which pictures are shown. */
function mxf(...codec: (string | readonly string[])[]): Source["make"] {
  return async (path) => {
    for (const file of [path, likeOf(path)]) await encode(picture(), sound(), codec.flat(), PCM)(file);
  };
}

/** Copies pictures into a container with the times of decoding only. */
function copied(times: string, codec: readonly string[], audio = PCM): Source["make"] {
  return async (path) => {
    await encode(picture(), sound(), codec, audio)(likeOf(path));
    // The filter counts in the ticks of what it reads, which are these.
    const timescale = path.endsWith(".mov") ? ["-video_track_timescale", "1000"] : [];
    await ffmpeg("-i", likeOf(path), "-c", "copy", "-bsf:v", `setts=ts=${times}`, ...timescale, `file:${path}`);
  };
}

const B_FRAMES = [...X264, ...gop(15, 2)];

const SOURCES: Source[] = [
  { name: "H.264 in MXF", file: "closed.mxf", make: mxf(B_FRAMES) },
  { name: "H.264 with open GOPs in MXF", file: "open.mxf", make: mxf(B_FRAMES, OPEN), chunks: 1 },
  { name: "MPEG-2 in MXF", file: "mpeg2.mxf", make: mxf("-c:v", "mpeg2video", "-q:v", "2", gop(12, 2)) },
  { name: "H.264 in MOV", file: "copied.mov", make: copied("N*40", B_FRAMES) },
  { name: "H.264 in Matroska", file: "copied.mkv", make: copied("N*40", B_FRAMES) },
  { name: "MPEG-4 in MOV", file: "asp.mov", make: copied("N*40", ["-c:v", "mpeg4", ...gop(12, 2)]), chunks: 1 },
].map((source) => ({ ...source, like: likeOf }));

describeExact("pictures that have the times of decoding are shown in their order:", SOURCES);

describe("pictures that have the times of decoding", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  it("are refused at uneven distances", async () => {
    const source = `${path}/uneven.mov`;
    await copied("'N*40+20*eq(N,10)'", B_FRAMES)(source);
    await assert.rejects(planOf(source, `${path}/out`, FINE), {
      name: "InputError",
      message:
        '"uneven.mov" has pictures that are stored in another order than they are shown in, and states only when they are decoded, which is at uneven distances; export it again.',
    });
  });

  it("are refused if one of them can't be decoded, of which nobody knows where it is shown", async () => {
    const source = `${path}/damaged.mxf`;
    await mxf(B_FRAMES)(source);
    const [bytes, place] = (await ffprobe(source, "packet=size,pos", "-select_streams", "v"))[8]!.map(Number);
    const file = await readFile(source);
    // Key and length remain.
    file.fill("damaged ", place! + 20, place! + bytes!);
    await writeFile(source, file);
    await assert.rejects(makeAll(source, `${path}/damaged`, FINE, 1), {
      name: "InputError",
      message: /^"damaged\.mxf" decodes to only \d+ frames in chunk 64p-1-00000, where its index lists \d+;/,
    });
  });
});
