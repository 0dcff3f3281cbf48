import type { Ladder } from "../../../contract/plan";
import { randomNumbers } from "../mutants";
import { FINE } from "./check";
import { encode, INTERLACED, picture, sound } from "./ingredients";
import type { Source } from "./sources";
import { BWDIF } from "./sources";

const CODECS = {
  x264: ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-pix_fmt", "yuv420p"],
  x264open: ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-x264-params", "open-gop=1"],
  x265: ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none"],
  mpeg2: ["-c:v", "mpeg2video", "-q:v", "2"],
  mpeg4: ["-c:v", "mpeg4", "-q:v", "2"],
  mjpeg: ["-c:v", "mjpeg", "-q:v", "2", "-pix_fmt", "yuvj420p"],
  prores: ["-c:v", "prores"],
  vp8: ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M"],
  vp9: ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-crf", "20", "-b:v", "0"],
  ffv1: ["-c:v", "ffv1"],
};
type Codec = keyof typeof CODECS;

const CONTAINERS: Record<string, { video: Codec[]; audio: string[] }> = {
  mp4: { video: ["x264", "x264open", "x265", "mpeg4"], audio: ["aac", "ac3", "libmp3lame"] },
  mov: { video: ["x264", "prores", "mjpeg", "x265"], audio: ["aac", "pcm_s16le", "alac"] },
  mkv: {
    video: ["x264", "x264open", "x265", "mpeg2", "vp9", "ffv1", "mjpeg"],
    audio: ["aac", "flac", "libopus", "dca"],
  },
  ts: { video: ["x264", "x264open", "x265", "mpeg2"], audio: ["aac", "mp2", "ac3"] },
  avi: { video: ["mpeg4", "mjpeg", "ffv1"], audio: ["libmp3lame", "pcm_s16le"] },
  webm: { video: ["vp8", "vp9"], audio: ["libopus", "libvorbis"] },
  mpg: { video: ["mpeg2"], audio: ["mp2", "ac3"] },
};
const REORDERING = new Set<Codec>(["x264", "x264open", "x265", "mpeg2", "mpeg4"]);
const IN_FIELDS = new Set<Codec>(["x264", "mpeg2", "prores"]);
const RATES = ["24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001"];
/** Containers that keep every time of pictures. */
const VARIABLE = new Set(["mp4", "mov", "mkv", "webm"]);

/** A source with random properties, and a ladder that cuts it into chunks of random length. The same seed gives the same. */
export function randomSource(seed: number): { source: Source; ladder: Ladder } {
  const random = randomNumbers(seed);
  const whole = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  const chance = (probability: number): boolean => random() < probability;
  const one = <Item>(items: readonly Item[]): Item => items[whole(0, items.length - 1)] as Item;

  const container = one(Object.keys(CONTAINERS));
  const { video, audio } = CONTAINERS[container]!;
  const codec = one(video);
  const fields = IN_FIELDS.has(codec) && chance(0.3) ? one(["tff", "bff"]) : undefined;
  const rate = fields ? one(["50", "60000/1001"]) : one(RATES);
  const seconds = whole(4, 40) / 10;
  const drops = fields === undefined && VARIABLE.has(container) && codec !== "mpeg2" && chance(0.3);
  // ffmpeg's own demuxer loses sound that begins later in AVI.
  const begin = container !== "avi" && chance(0.3) ? whole(1, 8) / 10 : 0;
  const soundSeconds = chance(0.6) ? seconds : whole(4, 50) / 10;
  const channels = one([1, 2, 2, 2, 6]);
  const heard = chance(0.85) && begin < seconds - 0.3;
  const audioCodec = one(channels === 6 ? audio.filter((name) => !/mp2|mp3/.test(name)) : audio);
  const kept = heard && audioCodec !== undefined;
  const offset = (container === "mp4" || container === "ts") && chance(0.3) ? one([0.5, 5, 3600]) : 0;
  const gop = whole(1, 60);
  const bframes = REORDERING.has(codec) ? whole(0, codec === "mpeg4" ? 2 : 3) : 0;
  const rateOfSound = audioCodec === "libopus" || audioCodec === "dca" ? 48_000 : one([48_000, 44_100, 32_000]);
  const [filter, shape] = [
    drops ? `,select='eq(n,0)+gt(random(${seed}),0.3)'` : fields ? `,interlace=scan=${fields}` : "",
    fields ? [...INTERLACED, ...(codec === "x264" ? ["-x264opts", `${fields}=1`] : [])] : [],
  ];
  const ladder: Ladder = {
    ...FINE,
    parts: chance(0.7) ? [{ seconds: whole(1, 2) }, {}] : [{}],
    chunkSeconds: one([0.3, 0.5, 1, 2]),
    gopSeconds: one([1, 2]),
    segmentSeconds: 2,
  };
  const source: Source = {
    name: [
      ...[
        `${container} ${codec} ${rate} ${seconds}s gop ${gop} bframes ${bframes}`,
        fields,
        drops ? "variable" : undefined,
      ],
      kept ? `${audioCodec} ${channels}ch ${rateOfSound} ${soundSeconds}s from ${begin}` : "silent",
      ...[offset ? `offset ${offset}` : undefined, `chunks ${ladder.chunkSeconds} gops ${ladder.gopSeconds}`],
    ]
      .filter((part) => part !== undefined)
      .join(", "),
    file: `source-${seed}.${container}`,
    make: encode(
      picture({ rate, seconds, filter }),
      kept ? sound(soundSeconds, channels, begin) : [],
      ...[CODECS[codec], shape, ["-g", String(gop), "-bf", String(bframes)]],
      kept ? ["-c:a", audioCodec, "-ar", String(rateOfSound), "-strict", "-2"] : [],
      offset ? ["-output_ts_offset", String(offset)] : [],
      container === "mpg" ? ["-f", "vob"] : [],
    ),
    ...(fields ? { shown: BWDIF } : {}),
    chunks: 1,
    held: "any",
    channels: kept ? [channels] : [],
  };
  return { source, ladder };
}
