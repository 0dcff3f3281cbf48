import { ffmpeg } from "../../support/clips";
import { describeExact } from "./describeExact";
import { encode, gop, INTERLACED, picture, sound, X264 } from "./ingredients";
import { BWDIF, FIELDS, type Source } from "./sources";

/** A picture that begins later than the sound. */
function later(seconds: number, ...options: Parameters<typeof picture>): string[] {
  return ["-itsoffset", String(seconds), ...picture(...options)];
}

const PCM = ["-c:a", "pcm_s16le"];
const PICTURE_FIRST = ["-map", "1", "-map", "0"];

const SOURCES: Source[] = [
  {
    name: "a still with a song",
    file: "song.mp4",
    make: encode(picture({ seconds: 0.04 }), sound(4), X264),
    chunks: 1,
    held: [0, 3.96],
  },
  {
    name: "a still that comes after the song has begun",
    file: "cover.mkv",
    make: encode(sound(4), later(1.5, { seconds: 0.04 }), PICTURE_FIRST, X264, PCM),
    chunks: 1,
    held: [1.5, 2.46],
  },
  {
    name: "sound that is longer, in a transport stream of several chunks",
    file: "longer.ts",
    make: encode(picture(), sound(3.6), X264, gop(25, 2), "-c:a", "mp2"),
    held: [0, 1.2],
  },
  {
    name: "sound that goes on eleven seconds after it stopped, when the pictures have ended",
    file: "again.mkv",
    make: async (path) => {
      await encode(picture(), sound(4), X264, gop(25, 2), PCM)(`${path}.whole.mkv`);
      const pause = ["-bsf:a", "setts=ts=TS+11/TB*gte(TS*TB\\,2)"];
      await ffmpeg("-i", `${path}.whole.mkv`, "-c", "copy", ...pause, path);
    },
    held: [0, 12.6],
  },
  {
    name: "sound that begins earlier, with B-frames and several chunks",
    file: "earlier.mkv",
    make: encode(sound(3.9), later(1.5), PICTURE_FIRST, X264, gop(25, 2), PCM),
    held: [1.5, 0],
  },
  {
    name: "sound at both ends, of tracks of different lengths",
    file: "tracks.mov",
    make: encode(
      [...sound(3, 1, 1), ...sound(2.5), ...sound(4, 1, 1.2), ...later(1.1, { rate: "30000/1001" })],
      ["-map", "3", "-map", "0", "-map", "1", "-map", "2", ...X264, ...gop(20, 2), ...PCM],
    ),
    channels: [1, 2, 1],
    held: [1.1, 1.7],
  },
  {
    name: "sound that begins earlier than pictures in fields",
    file: "fields.ts",
    make: encode(
      [...sound(3.2), ...later(0.8, { rate: "50", filter: `${FIELDS}tff` }), ...PICTURE_FIRST],
      [...X264, ...INTERLACED, "-x264opts", "tff=1", ...gop(12, 2), "-c:a", "mp2"],
    ),
    shown: BWDIF,
    held: [0.8, 0],
  },
  {
    name: "sound that is longer than pictures of which two share a packet, in AVI",
    file: "packed.avi",
    needs: ["ffmpeg encoder libxvid"],
    make: encode(picture(), sound(3.6), "-c:v", "libxvid", "-q:v", "3", gop(12, 2), "-c:a", "libmp3lame"),
    read: [],
    late: 0.04,
    held: [0, 1.2],
  },
  {
    name: "sound that begins earlier than pictures of which two share a packet, in AVI",
    file: "packedLater.avi",
    needs: ["ffmpeg encoder libxvid"],
    make: encode(
      [...sound(4), ...later(1), ...PICTURE_FIRST, "-c:v", "libxvid", "-q:v", "3"],
      [...gop(12, 2), "-c:a", "libmp3lame"],
    ),
    read: [],
    late: 0.04,
    // AVI has no times, and its muxer lets pictures begin some ticks later.
    held: "any",
  },
  {
    name: "none if sound begins less than half a second earlier, or is longer by the rest of a frame",
    file: "little.mkv",
    make: encode(sound(2.84), later(0.4), PICTURE_FIRST, X264, gop(25, 2), PCM),
  },
  {
    name: "none if there is no sound there: one picture says that it is shown for a minute",
    file: "duration.mkv",
    make: encode(picture(), sound(2), X264, gop(25), "-bsf:v", "setts=duration='if(eq(N,20),60000,DURATION)'"),
  },
];

describeExact("as long as there is sound, the first or the last picture is held, and every length agrees:", SOURCES);
