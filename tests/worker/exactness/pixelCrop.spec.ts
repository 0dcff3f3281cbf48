import { copyFile } from "node:fs/promises";

import { describeExact } from "./describeExact";
import { encode, gop, INTERLACED, picture, sound, X264 } from "./ingredients";
import { type Crop, moveTracksBehind, setPixelCrop } from "./pixelCrop";
import { BWDIF, FIELDS, type Source } from "./sources";

const likeOf = (path: string): string => `${path}.like.mkv`;

/** Makes a file and one like it that says what to cut off. */
function cropped(crop: Crop, make: (path: string) => Promise<unknown>): Source["make"] {
  return async (path) => {
    await make(likeOf(path));
    await copyFile(likeOf(path), path);
    await setPixelCrop(path, crop);
  };
}

const SOURCES: Omit<Source, "like">[] = [
  {
    name: "above and below, with the size at which the rest is shown",
    file: "bars.mkv",
    make: cropped({ top: 10, bottom: 6, display: [96, 48] }, encode(picture(), sound(), X264, gop(25, 2))),
    shown: "crop=96:48:0:10",
    size: [96, 48],
  },
  {
    name: "at the sides, an odd number of pixels, without a size",
    file: "sides.mkv",
    make: cropped({ left: 7, right: 11 }, encode(picture(), X264, gop(15))),
    shown: "crop=78:64:6:0",
    size: [78, 64],
    channels: [],
  },
  {
    name: "by tracks that stand behind the media",
    file: "behind.mkv",
    make: async (path) => {
      await cropped({ top: 10, bottom: 6, display: [96, 48] }, encode(picture(), sound(), X264, gop(25, 2)))(path);
      await moveTracksBehind(path);
    },
    shown: "crop=96:48:0:10",
    size: [96, 48],
  },
  {
    name: "of pixels that aren't square, in two fields, in one chunk",
    file: "fields.mkv",
    make: cropped(
      { top: 4, bottom: 12, left: 16, display: [16, 9] },
      encode(picture({ rate: "50", filter: `${FIELDS}tff` }), X264, INTERLACED, "-x264opts", "tff=1", gop(100)),
    ),
    shown: `crop=80:48:16:4,${BWDIF},setsar=16/15`,
    size: [84, 48],
    chunks: 1,
    channels: [],
  },
  {
    name: "of VP9 in WebM",
    file: "vp9.webm",
    make: cropped(
      { top: 16, left: 32, display: [64, 48] },
      encode(picture(), "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "2M", gop(25)),
    ),
    shown: "crop=64:48:32:16",
    size: [64, 48],
    channels: [],
  },
];

describeExact(
  "what Matroska says to cut off is cut off, once:",
  SOURCES.map((source) => ({ ...source, like: likeOf })),
);
