import { copyFile } from "node:fs/promises";

import { type Aperture, setCleanAperture } from "./cleanAperture";
import { describeExact } from "./describeExact";
import { encode, gop, picture, rotate, sound, X264 } from "./ingredients";
import type { Source } from "./sources";

const likeOf = (path: string): string => `${path}.like.mp4`;

/** Makes a file and one like it that says what to show. */
function showing(aperture: Aperture, make: (path: string) => Promise<unknown>): Source["make"] {
  return async (path) => {
    await make(likeOf(path));
    await copyFile(likeOf(path), path);
    await setCleanAperture(path, aperture);
  };
}

const PLAIN = encode(picture(), X264, gop(25, 2));
const WIDE: Aperture = { width: [96, 1], height: [48, 1], y: [4, 1] };

const SOURCES: Omit<Source, "like">[] = [
  {
    name: "by the size at which the track is shown, where nothing states the shape of pixels",
    file: "wide.mp4",
    make: showing({ ...WIDE, shown: [96, 48], pixel: "unstated" }, encode(picture(), sound(), X264, gop(25, 2))),
    shown: "crop=96:48:0:12",
    size: [96, 48],
    channels: [2],
  },
  {
    name: "an odd number of pixels that aren't square, at half a pixel, as of PAL",
    file: "odd.mov",
    make: showing({ width: [79, 1], height: [64, 1], pixel: [59, 54] }, PLAIN),
    shown: "crop=78:64:8:0,setsar=59/54",
    size: [86, 64],
  },
  {
    name: "of a portrait by rotation",
    file: "turned.mp4",
    make: showing(WIDE, rotate(PLAIN)),
    shown: "crop=48:96:4:0",
    size: [48, 96],
  },
  {
    name: "of mirrored pictures, as their left is stored",
    file: "mirrored.mp4",
    make: showing({ width: [64, 1], height: [64, 1], x: [-16, 1] }, rotate(PLAIN, [-1, 0, 0, 0, 1])),
    shown: "crop=64:64:32:0",
    size: [64, 64],
  },
  {
    name: "of a movie in fragments",
    file: "fragments.mp4",
    make: showing(
      { width: [64, 1], height: [64, 1], x: [-8, 1] },
      encode(picture(), X264, gop(15), [...["-movflags", "+frag_keyframe+empty_moov+default_base_moof"]]),
    ),
    shown: "crop=64:64:8:0",
    size: [64, 64],
  },
  {
    name: "all of them where more is described than there is",
    file: "large.mp4",
    make: showing({ width: [98, 1], height: [64, 1] }, PLAIN),
  },
  {
    name: "all of them where something outside of them is described",
    file: "outside.mp4",
    make: showing({ width: [64, 1], height: [64, 1], x: [-40, 1] }, PLAIN),
  },
];

describeExact(
  "an MP4 shows what its clean aperture says:",
  SOURCES.map((source) => ({ channels: [], ...source, like: likeOf })),
);
