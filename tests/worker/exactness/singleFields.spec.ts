import { describeExact } from "./describeExact";
import { encode, picture, sound } from "./ingredients";
import { BWDIF, FIELDS, type Source } from "./sources";

const likeOf = (path: string): string => `${path}.like.mkv`;

/** Makes HEVC in which each field is a picture of its own, without loss, and for the comparison the pictures that the fields belong to. */
function singleFields(first: "tff" | "bff", parameters: string, input: string[] = [], rate = "50"): Source["make"] {
  const x265 = `log-level=none:lossless=1:scenecut=0:interlace=${first}:${parameters}`;
  const codec = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", x265, "-pix_fmt", "yuv420p"];
  const whole = `${FIELDS}${first}`;
  return async (path) => {
    await encode(picture({ rate, filter: `${whole},separatefields` }), input, codec, "-c:a", "aac")(path);
    await encode(picture({ rate, filter: whole }), input, ["-c:v", "ffv1", "-c:a", "pcm_s16le"])(likeOf(path));
  };
}

const SOURCES: (Omit<Source, "like" | "shown"> & { first: "tff" | "bff" })[] = [
  {
    name: "the top field first, in a transport stream with sound",
    file: "tff.ts",
    first: "tff",
    make: singleFields("tff", "bframes=0:keyint=24", sound()),
  },
  {
    name: "the bottom field first, with B-frames, in Matroska at 29.97",
    file: "bff.mkv",
    first: "bff",
    make: singleFields("bff", "bframes=3:keyint=24:open-gop=0", [], "60000/1001"),
    channels: [],
  },
  {
    name: "keyframes that are second fields, and open GOPs with B-frames, in MP4",
    file: "open.mp4",
    first: "tff",
    make: singleFields("tff", "bframes=3:b-adapt=0:keyint=15:min-keyint=15"),
    channels: [],
  },
  {
    name: "keyframes that are second fields, in one chunk of a transport stream",
    file: "odd.ts",
    first: "bff",
    make: singleFields("bff", "bframes=2:keyint=75:open-gop=0"),
    chunks: 1,
    channels: [],
  },
];

describeExact(
  "single fields of HEVC become pictures, deinterlaced:",
  SOURCES.map(({ first, ...source }) => ({ ...source, like: likeOf, shown: `setfield=${first},${BWDIF}` })),
);
