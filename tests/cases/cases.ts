import type { Need } from "../support/ffmpegNeeds";
import { setEdits } from "../worker/exactness/editList";
import { moveTracksBehind, setPixelCrop } from "../worker/exactness/pixelCrop";
import { addDolbyVision, tagAsMpegH } from "./boxes";
import { badSector, killedRecorder, unreadableSlices } from "./damaged";
import { AAC, encode, H264, picture, PLAIN, sound } from "./ingredients";
import { begunWithinGop, changingAc3, growingVp8, hiddenVp8, joined } from "./streams";

/** What is right for an awkward source. */
export interface Right {
  /** Whether a video is made of it. By default it is. */
  outcome?: "refused" | "either";
  /** The fewest and the most pictures. */
  frames?: [number, number];
  seconds?: [number, number];
  size?: string;
  /** Audio tracks. */
  sounds?: number;
  /** How much pictures may differ from those of the source on average, of 255. */
  like?: number;
  /** White flashes. */
  flashes?: number;
  /** Milliseconds that beeps may be before or after them. */
  sync?: number;
  /** The colour of the first picture. */
  rgb?: [number, number, number];
  /** Whether the manifest names damage. */
  damage?: true;
}

export interface Case {
  what: string;
  file: string;
  needs?: Need[];
  make: (path: string) => Promise<unknown>;
  /** What its pictures have to be like, by its path. By default that is itself. */
  likeFile?: (path: string) => string;
  right: Right;
  /** The codec of the smaller rendition. */
  codec?: "av1";
}

const WHOLE: Right = { frames: [150, 150], seconds: [5.9, 6.1], flashes: 3 };
const GOP = ["-g", "25"];

/** `copies` of a video's only sound. */
function withSounds(copies: number): (path: string) => Promise<void> {
  const maps = ["-map", "0", ...Array.from({ length: copies }, () => ["-map", "1"]).flat()];
  return encode(picture(), sound(), maps, H264, GOP, AAC);
}

async function delayedByEdits(path: string): Promise<void> {
  const gop = ["-g", "50", "-sc_threshold", "0", "-bf", "2", "-video_track_timescale", "25000"];
  await encode(picture(), sound(), H264, gop, AAC)(path);
  await setEdits(path, 1, [
    [500, -1],
    [5000, 1024],
  ]);
}

async function dolbyVision(path: string): Promise<void> {
  const hevc = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:range=full"];
  const format = ["-pix_fmt", "yuv420p10le", ...GOP, "-tag:v", "hvc1"];
  await encode(picture({ seconds: 4 }), sound(4), hevc, format, AAC)(path);
  await addDolbyVision(path, 5, 0);
}

/** A video's sound beside the sound of another programme. */
const TWO_PROGRAMMES = encode(
  ...[picture(), sound(), ["-f", "lavfi", "-i", "sine=f=700:d=6"], ["-map", "2", "-map", "0", "-map", "1"]],
  ...[H264, GOP, ["-c:a", "mp2", "-program", "title=Radio:st=0", "-program", "title=TV:st=1:st=2", "-f", "mpegts"]],
);

/** Four pictures in a row with one time. */
const EQUAL_TIMES = ["PTS", "DTS"]
  .map((time) => `${time.toLowerCase()}='if(between(N,61,64),PREV_OUT${time},${time})'`)
  .join(":");

const PALETTE = "split[a][b];[a]palettegen[p];[b][p]paletteuse";

export const CASES: Case[] = [
  { what: "nothing awkward", file: "plain.mp4", make: PLAIN, right: { ...WHOLE, like: 6, sync: 20 } },
  {
    what: "a clock that wraps",
    file: "wrap.ts",
    make: encode(picture(), sound(), H264, GOP, AAC, ["-output_ts_offset", "95440.3", "-f", "mpegts"]),
    right: { ...WHOLE, like: 6, sync: 60 },
  },
  {
    what: "a clock that goes back by 20 s",
    file: "back.ts",
    make: joined(["-output_ts_offset", "20"], []),
    right: { outcome: "either", frames: [150, 152], seconds: [6, 6.16], flashes: 3, sync: 40 },
  },
  { what: "AC-3 that changes its layout", file: "ac3.ts", make: changingAc3, right: { ...WHOLE, sync: 60 } },
  {
    what: "PIDs that change",
    file: "pids.ts",
    make: joined(["-mpegts_start_pid", "256"], [...["-mpegts_start_pid", "512", "-output_ts_offset", "3"]]),
    right: { outcome: "either", frames: [150, 152], seconds: [6, 6.16], flashes: 3, sync: 40 },
  },
  {
    what: "pictures with equal times",
    file: "equal.mkv",
    make: encode(picture(), sound(), H264, GOP, ["-bf", "0"], AAC, ["-bsf:v", `setts=${EQUAL_TIMES}`]),
    right: { frames: [150, 150], like: 6, flashes: 3, sync: 40 },
  },
  {
    what: "hidden pictures of VP8",
    file: "hidden.webm",
    needs: ["ffmpeg encoder libvpx"],
    make: hiddenVp8,
    right: { ...WHOLE, like: 8, sync: 40 },
  },
  {
    what: "a title of 100 characters, the last of which is a pair",
    file: "title.mkv",
    make: encode(picture({ seconds: 2 }), sound(2), H264, GOP, AAC, ["-metadata:s:a:0", `title=${"a".repeat(99)}😀`]),
    right: { frames: [50, 50], sounds: 1 },
  },
  {
    what: "the sound of another programme",
    file: "programmes.ts",
    make: TWO_PROGRAMMES,
    right: { frames: [150, 150], sounds: 1, flashes: 3, sync: 60 },
  },
  {
    what: "sound that an edit list delays",
    file: "delayed.mp4",
    make: delayedByEdits,
    right: { frames: [150, 150], seconds: [5.9, 6.1] },
  },
  {
    what: "a still picture with sound",
    file: "still.mp4",
    make: encode(picture({ seconds: 0.04 }), sound(), H264, AAC),
    right: { seconds: [5.9, 6.1] },
  },
  {
    what: "a picture in 4 s, for AV1",
    file: "seldom.mp4",
    codec: "av1",
    make: encode(["-f", "lavfi", "-i", "testsrc2=s=320x240:r=0.25:d=20"], sound(20), H264, ["-g", "2"], AAC),
    right: { outcome: "either", frames: [5, 5] },
  },
  {
    what: "a second sound that nothing decodes",
    file: "mpegh.mp4",
    make: async (path) => {
      await withSounds(2)(path);
      await tagAsMpegH(path, 1);
    },
    right: { frames: [150, 150], sounds: 1, flashes: 3, sync: 40 },
  },
  {
    what: "a recording begun within a GOP of 10 s",
    file: "within.ts",
    make: begunWithinGop,
    right: { frames: [50, 200] },
  },
  {
    what: "Dolby Vision of profile 5",
    file: "dolby.mp4",
    needs: ["ffmpeg encoder libx265 yuv420p10le"],
    make: dolbyVision,
    right: { outcome: "refused" },
  },
  {
    what: "colours in a palette",
    file: "palette.mov",
    make: encode(
      ["-f", "lavfi", "-i", "color=0x00ff00:s=320x240:r=25:d=3"],
      ["-pix_fmt", "pal8", "-vf", PALETTE, "-c:v", "png"],
    ),
    right: { rgb: [0, 255, 0] },
  },
  {
    what: "pixels a hundred times as wide as high",
    file: "wide.ts",
    make: encode(picture({ seconds: 3, filter: ",setsar=100/1" }), sound(3), H264, GOP, AAC),
    right: { outcome: "either" },
  },
  {
    what: "a size that grows",
    file: "grows.webm",
    needs: ["ffmpeg encoder libvpx"],
    make: growingVp8,
    right: { size: "320x240", frames: [149, 151] },
  },
  {
    what: "what Matroska says to cut off",
    file: "crop.mkv",
    make: async (path) => {
      await PLAIN(path);
      await setPixelCrop(path, { top: 30, bottom: 30, display: [320, 180] });
      await moveTracksBehind(path);
      await encode(picture({ filter: ",crop=320:180:0:30" }), H264)(`${path}.like.mp4`);
    },
    likeFile: (path) => `${path}.like.mp4`,
    right: { frames: [150, 150], size: "320x180", like: 6 },
  },
  {
    what: "repeated pictures of Theora",
    file: "repeated.ogv",
    needs: ["ffmpeg encoder libtheora"],
    make: encode(picture(), sound(), ["-c:v", "libtheora", "-q:v", "8", ...GOP, "-c:a", "libvorbis"]),
    right: { ...WHOLE, sync: 40 },
  },
  {
    what: "HEVC in single fields",
    file: "fields.ts",
    needs: ["ffmpeg encoder libx265"],
    make: encode(
      ...[picture({ filter: ",separatefields" }), sound(), ["-c:v", "libx265", "-preset", "ultrafast", "-g", "50"]],
      ...[["-x265-params", "log-level=none:interlace=tff:bframes=0", "-pix_fmt", "yuv420p"], AAC],
    ),
    right: { size: "320x240", frames: [150, 150] },
  },
  {
    what: "two pictures with unreadable headers",
    file: "headers.mp4",
    make: unreadableSlices,
    right: { ...WHOLE, sync: 40, damage: true },
  },
  {
    what: "what a killed recorder left",
    file: "killed.mp4",
    make: killedRecorder,
    right: { frames: [124, 125], flashes: 2, damage: true },
  },
  { what: "a bad sector", file: "sector.mkv", make: badSector, right: { outcome: "either", damage: true } },
];
