import assert from "node:assert/strict";

import { ffmpeg, ffprobe } from "../../support/clips";
import { describeExact } from "./describeExact";
import { encode, gop, picture, SECONDS, sound } from "./ingredients";
import type { Source } from "./sources";

/** Nothing moves at the beginning, for a while in the middle, and at the end. */
const STILL = ",drawbox=t=fill:color=white:enable='lt(t,0.13)+between(t,0.9,1.3)+gt(t,2.1)'";

const isMatroska = (path: string): boolean => path.endsWith(".mkv");

/** With times as the file's own. */
const likeOf = (path: string): string => `${path}.like.${isMatroska(path) ? "mkv" : "nut"}`;

/** Makes Theora, in which pictures like the one before have no content, and for the comparison a file that has every picture. */
function theora(rate: string, ...options: (string | string[])[]): Source["make"] {
  return async (path) => {
    // One page for each packet: otherwise the encoder leaves out the empty ones at the end.
    const codec = ["-c:v", "libtheora", "-q:v", "10", "-c:a", "libvorbis", "-page_duration", "1", "-f", "ogg"];
    const ogg = isMatroska(path) ? `${path}.ogv` : path;
    await encode(picture({ rate, filter: STILL }), ...options, codec)(ogg);
    // Older versions of ffmpeg don't copy the empty packets. In Matroska none does.
    if (isMatroska(path)) await ffmpeg("-i", `file:${ogg}`, "-c", "copy", `file:${path}`);
    // Ogg alone says where its end is, if the last pictures are repeated.
    const end = isMatroska(path) ? "" : `,tpad=stop=-1:stop_mode=clone,trim=end=${SECONDS}`;
    const whole = ["-map", "0", "-vf", `fps=${rate}${end}`, "-c:v", "ffv1", "-c:a", "copy"];
    await ffmpeg("-i", `file:${path}`, ...whole, `file:${likeOf(path)}`);
    assert.ok((await countPackets(path)) < (await countPackets(likeOf(path))) - 5, "pictures are repeated");
  };
}

async function countPackets(path: string): Promise<number> {
  const packets = await ffprobe(path, "packet=size", "-select_streams", "v:0");
  return packets.filter(([size]) => size !== "0").length;
}

const SOURCES: Omit<Source, "needs" | "like">[] = [
  { name: "in several chunks", file: "theora.ogv", make: theora("25", gop(12)), channels: [] },
  {
    name: "at 29.97 with sound, in one chunk",
    file: "sound.ogv",
    make: theora("30000/1001", sound(), gop(100)),
    chunks: 1,
  },
  {
    name: "with sound that is longer, so that the last one is held",
    file: "held.ogv",
    make: theora("25", sound(3.4), gop(12)),
    held: [0, 1],
  },
  {
    name: "in Matroska, with times rounded to milliseconds",
    file: "theora.mkv",
    make: theora("30000/1001", gop(15)),
    channels: [],
  },
];

describeExact(
  "a picture of Theora that has no content is the one before, once more:",
  SOURCES.map((source) => ({ ...source, needs: ["ffmpeg encoder libtheora"], like: likeOf })),
);
