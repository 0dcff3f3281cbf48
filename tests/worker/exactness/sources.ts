import { readFile, writeFile } from "node:fs/promises";

import { ffmpeg, ffprobe } from "../../support/clips";
import type { Need } from "../../support/ffmpegNeeds";
import { changeSize, encode, gop, hdr, INTERLACED, picture, rotate, SECONDS, sound, X264 } from "./ingredients";

/** A kind of source, and the particulars of its output. */
export interface Source {
  name: string;
  file: string;
  /** What making it, or its jobs, need of ffmpeg that some builds lack. */
  needs?: Need[];
  /** Makes the file at a path. */
  make: (path: string) => Promise<unknown>;
  /** The file that it has to come out like, by its path. By default that is itself. */
  like?: (path: string) => string;
  /** Options with which ffmpeg reads it for the comparison. By default ffmpeg generates missing times. */
  read?: string[];
  /** Filters that turn its pictures into the expected ones, before scaling. */
  shown?: string;
  /** The expected size, if it isn't the source's. */
  size?: [width: number, height: number];
  /** The minimum number of chunks. Defaults to 2. */
  chunks?: number;
  /** Seconds for which the first picture is shown before its own time, and the last one after it. Neither by default. */
  held?: [before: number, after: number] | "any";
  /** Seconds by which ffmpeg reads its pictures later than its sound. None by default. */
  late?: number;
  /** Seconds at which its sound is compared, besides the beginning and the end. */
  heardAt?: number[];
  /** Channels of each audio track. Defaults to one stereo track. */
  channels?: number[];
}

/** Makes another file first, and then the source from it. */
function deriveFrom(first: string, from: (path: string) => Promise<unknown>, ...args: string[]) {
  return async (path: string): Promise<void> => {
    await from(path + first);
    const before = args.indexOf("-i");
    const named = before < 0 ? ["-i", path + first, ...args] : args.with(before + 1, path + first);
    await ffmpeg(...named, `file:${path}`);
  };
}

const PLAIN = encode(picture(), X264, gop(30, 2));

/** Overwrites some bytes in the middle of the 20th packet of the video. */
async function damage(path: string): Promise<void> {
  const packets = await ffprobe(path, "packet=size,pos", "-select_streams", "v:0");
  const [size = 0, position = 0] = (packets[20] ?? []).map(Number);
  const bytes = await readFile(path);
  const offset = position + Math.floor(size / 2);
  bytes.fill(0x55, offset, offset + 24);
  await writeFile(path, bytes);
}

export const FIELDS = ",interlace=scan=";
export const BWDIF = "bwdif=mode=send_frame:deint=interlaced";
/** The same for every picture, where the marks of only some say that they have two fields. */
export const BWDIF_ALL = "bwdif=mode=send_frame:deint=all";
/** The same for pictures that look so, whatever they are marked as. */
export const BWDIF_LOOK = [BWDIF, "idet", BWDIF].join();

/** One for each way through the jobs; `npm run test:long` has those that go another one's way. */
export const SOURCES: Source[] = [
  {
    name: "23.976 in Matroska, with times rounded to milliseconds",
    file: "film.mkv",
    make: encode(picture({ rate: "24000/1001" }), sound(), X264, gop(24, 2)),
  },
  {
    name: "25, with a name that needs quoting",
    file: "it's 100% #1.mp4",
    make: encode(picture(), sound(), X264, gop(25, 2)),
  },
  {
    name: "29.97 with open GOPs and B-frames, beginning at 5 s",
    file: "open.mp4",
    make: encode(
      picture({ rate: "30000/1001" }),
      sound(),
      X264,
      gop(20, 3),
      ...["-x264-params", "open-gop=1", "-output_ts_offset", "5"],
    ),
  },
  {
    name: "a variable frame rate with a pause",
    file: "screen.mp4",
    make: encode(
      picture({ rate: "30", filter: ",select='not(mod(n,3))+lt(random(0),0.5)',setpts='PTS+if(gt(N,30),2/TB,0)'" }),
      sound(4.4),
      X264,
      gop(12),
    ),
  },
  {
    name: "an edit list that begins between keyframes",
    file: "cut.mp4",
    make: deriveFrom(".whole.mp4", encode(picture(), sound(), X264, gop(25, 2)), "-ss", "0.5", "-i", "", "-c", "copy"),
  },
  {
    name: "sound that is longer than the picture",
    file: "longer.mp4",
    make: encode(picture(), sound(4), X264, gop(25)),
    held: [0, 1.6],
  },
  {
    name: "sound that begins before the picture",
    file: "early.mkv",
    make: encode(sound(3), ["-itsoffset", "0.5"], picture(), ["-map", "1", "-map", "0"], X264, gop(25)),
    // How much of the sound is left depends on the version of ffmpeg that makes the file.
    held: "any",
  },
  {
    name: "three tracks of sound, one in mono and one at 44.1 kHz",
    file: "tracks.mkv",
    make: encode(
      [...picture(), ...sound(), ...sound(SECONDS, 1), ...sound(2)],
      ["-map", "0", "-map", "1", "-map", "2", "-map", "3", "-ar:a:2", "44100"],
      [...X264, ...gop(25), "-c:a:0", "libmp3lame", "-c:a:1", "aac", "-c:a:2", "flac"],
    ),
    channels: [2, 1, 2],
  },
  {
    name: "interlaced, and a portrait by rotation",
    file: "turned.mov",
    make: rotate(
      encode(picture({ rate: "50", filter: `${FIELDS}tff` }), X264, INTERLACED, "-x264opts", "tff=1", gop(12, 2)),
    ),
    read: ["-noautorotate"],
    shown: `${BWDIF},transpose=clock`,
    size: [64, 96],
    channels: [],
  },
  {
    name: "HDR in PQ",
    file: "pq.mkv",
    needs: ["ffmpeg filter zscale"],
    make: encode(picture(), hdr("smpte2084"), gop(25, 2)),
    channels: [],
  },
  {
    name: "a single frame",
    file: "still.mp4",
    make: encode(picture({ seconds: 0.04 }), sound(0.04), X264),
    chunks: 1,
  },
  {
    name: "a size that changes on the way",
    file: "sizes.ts",
    make: changeSize("96x64", "144x96"),
    channels: [],
  },
  {
    name: "a picture that is damaged, and is repaired by the decoder",
    file: "damaged.mp4",
    make: async (path) => {
      await PLAIN(path);
      await damage(path);
    },
    channels: [],
  },
];
