import { readFile, writeFile } from "node:fs/promises";

import { readEdited } from "../../../worker/source/transport/editPackets";
import { ffmpeg, ffprobe } from "../../support/clips";
import { describeExact } from "./describeExact";
import { encode, gop, picture, sound, X264 } from "./ingredients";
import type { Source } from "./sources";

const likeOf = (path: string): string => `${path}.like.${path.split(".").pop()}`;

/** Gives some pictures the time of the one before them. In the file that it has to come out like, they come one tick later. */
function equal(first: number, last: number, make = encode(picture(), sound(), X264, gop(15))): Source["make"] {
  return async (path) => {
    await make(`${path}.whole.mkv`);
    for (const [file, tick] of [
      [path, 0],
      [likeOf(path), 1],
    ] as const) {
      const times = (own: string): string => `'if(between(N,${first},${last}),PREV_OUT${own}+${tick},${own})'`;
      const filter = `setts=pts=${times("PTS")}:dts=${times("DTS")}`;
      await ffmpeg("-i", `${path}.whole.mkv`, "-map", "0", "-c", "copy", "-bsf:v", filter, `file:${file}`);
    }
  };
}

/** Puts some pictures back by some seconds, and in the file that it has to come out like, one tick after the one before. */
function falling(first: number, last: number, seconds: number): Source["make"] {
  return async (path) => {
    const whole = `${path}.whole.ts`;
    await encode(picture(), sound(), X264, gop(15), "-f", "mpegts")(whole);
    const bytes = await readFile(whole);
    const packets = await ffprobe(whole, "packet=pts,pos", "-select_streams", "v:0");
    const row = (number: number): number[] => (packets[number] ?? []).map(Number);
    const [before = 0] = row(first - 1);
    const [, end = 0] = row(last + 1);
    const reader = (start: number, length: number) => Promise.resolve(bytes.subarray(start, start + length));
    const put = async (file: string, ticks: (own: number, number: number) => number): Promise<void> => {
      const edits = packets.slice(first, last + 1).map(([pts, position], number) => {
        return { pid: 256, from: Number(position), ticks: ticks(Number(pts), number) };
      });
      const read = await readEdited(reader, bytes.length, [...edits, { pid: 256, from: end }]);
      await writeFile(file, await read(0, bytes.length));
    };
    await put(path, () => -90_000 * seconds);
    await put(likeOf(path), (own, number) => before + 1 + number - own);
  };
}

const SOURCES: Source[] = [
  { name: "four pictures with equal times, in Matroska", file: "four.mkv", make: equal(32, 35) },
  { name: "a keyframe with the time of the picture before", file: "key.mkv", make: equal(30, 30) },
  { name: "the last pictures with equal times", file: "last.mkv", make: equal(57, 59), held: "any" as const },
  { name: "the first pictures with equal times", file: "first.mkv", make: equal(1, 2) },
  {
    name: "pictures with equal times in VP9",
    file: "vp9.webm",
    make: equal(
      32,
      33,
      encode(picture(), [
        "-c:v",
        "libvpx-vp9",
        "-deadline",
        "realtime",
        "-cpu-used",
        "8",
        ...gop(15),
        "-crf",
        "10",
        "-b:v",
        "0",
      ]),
    ),
    channels: [],
  },
  {
    name: "a picture that is earlier than the one before, in a transport stream",
    file: "one.ts",
    make: falling(33, 33, 0.06),
  },
  { name: "pictures that are a little earlier, across a keyframe", file: "more.ts", make: falling(28, 31, 0.3) },
  { name: "pictures with equal times in a transport stream", file: "equal.ts", make: falling(33, 33, 0.04) },
].map((source) => ({ ...source, like: likeOf }));

const PYRAMID = [...X264, ...gop(15, 3), "-x264-params", "b-pyramid=normal"];

/** Pictures are dropped in three places, the last of them right behind a keyframe. */
const DROPPED = ",select='not(between(n,7,8)+between(n,20,26)+between(n,34,37))'";
const GAPS = picture({ filter: DROPPED });

/** AVI states no times at which pictures are shown. It is written by an encoder, or from a file that states them. */
const COUNTED: (Pick<Source, "name" | "file" | "chunks"> & {
  codec: string[];
  copied?: boolean;
  pictures?: string[];
  heard?: boolean;
})[] = [
  { name: "H.264 with B-frames in AVI", file: "encoded.avi", codec: [...X264, ...gop(15, 2)], heard: true },
  { name: "H.264 with a pyramid of B-frames in AVI", file: "pyramid.avi", codec: PYRAMID },
  { name: "H.264 with B-frames, remuxed into AVI", file: "copied.avi", codec: [...X264, ...gop(15, 2)], copied: true },
  { name: "H.264 without B-frames, remuxed into AVI", file: "plain.avi", codec: [...X264, ...gop(15)], copied: true },
  {
    name: "H.264 with open GOPs in AVI",
    file: "open.avi",
    codec: [...X264, ...gop(15, 3), "-x264-params", "open-gop=1"],
    chunks: 1,
  },
  {
    name: "H.264 in AVI with pictures that were dropped",
    file: "gaps.avi",
    codec: [...X264, ...gop(15)],
    pictures: GAPS,
  },
  {
    name: "H.264 without B-frames in AVI, with its sound",
    file: "heard.avi",
    codec: [...X264, ...gop(15)],
    heard: true,
  },
  {
    name: "MPEG-4 with B-frames in AVI, with its sound",
    file: "mpeg4.avi",
    codec: ["-c:v", "mpeg4", "-q:v", "1", ...gop(15, 2)],
    heard: true,
  },
];

const COUNTED_SOURCES = COUNTED.map(({ codec, copied, pictures = picture(), heard, ...source }): Source => {
  const like = (path: string): string => `${path}.like.mkv`;
  const make = async (path: string): Promise<void> => {
    // Codecs of sound may put samples before it of which AVI says nothing.
    const inputs = [pictures, ...(heard ? [sound(), ["-c:a", "pcm_s16le"]] : [])];
    await encode(...inputs, codec)(like(path));
    if (!copied) return void (await encode(...inputs, codec)(path));
    await ffmpeg("-i", like(path), "-c", "copy", "-bsf:v", "h264_mp4toannexb", `file:${path}`);
  };
  return { ...source, make, like, channels: heard ? [2] : [] };
});

describeExact("every picture is shown once, at its own time or right after the one before:", [
  ...SOURCES,
  ...COUNTED_SOURCES,
]);
