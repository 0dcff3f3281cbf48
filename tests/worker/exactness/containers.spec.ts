import { ffmpeg } from "../../support/clips";
import { describeExact } from "./describeExact";
import { fieldPictures, LATER } from "./fieldPictures";
import { encode, gop, INTERLACED, picture, sound, X264 } from "./ingredients";
import { BWDIF, BWDIF_ALL, BWDIF_LOOK, FIELDS, type Source } from "./sources";

const wholeOf = (path: string): string => `${path}.whole.mp4`;

/** What cameras, discs, broadcasts and browsers make. */
const SOURCES: Source[] = [
  {
    name: "interlaced ProRes and PCM in MOV",
    file: "camera.mov",
    make: encode(
      picture({ rate: "50", filter: `${FIELDS}tff` }),
      sound(),
      "-c:v",
      "prores",
      INTERLACED,
      "-c:a",
      "pcm_s24le",
    ),
    shown: BWDIF,
  },
  {
    name: "VP8 and Vorbis in WebM",
    file: "old.webm",
    needs: ["ffmpeg encoder libvorbis"],
    make: encode(
      picture(),
      sound(),
      "-c:v",
      "libvpx",
      "-deadline",
      "realtime",
      "-cpu-used",
      "8",
      "-b:v",
      "1M",
      gop(25),
      "-c:a",
      "libvorbis",
    ),
  },
  {
    name: "VP9 and Opus in WebM",
    file: "new.webm",
    make: encode(
      picture(),
      sound(),
      "-c:v",
      "libvpx-vp9",
      "-deadline",
      "realtime",
      "-cpu-used",
      "8",
      gop(25),
      "-c:a",
      "libopus",
    ),
  },
  {
    name: "MPEG-2 in a transport stream",
    file: "broadcast.ts",
    make: encode(picture(), sound(), "-c:v", "mpeg2video", "-q:v", "2", gop(12, 2), "-c:a", "mp2"),
  },
  {
    name: "H.264 with fields and frames as pictures in a transport stream",
    file: "paff.ts",
    make: (path) => fieldPictures(path),
    shown: BWDIF_LOOK,
  },
  {
    name: "H.264 with fields and frames as pictures in Matroska",
    file: "paff.mkv",
    // Where they alternate, what a picture looks like is judged with the ones before, which a chunk doesn't have.
    make: (path) => fieldPictures(path, [], LATER),
    shown: BWDIF_ALL,
  },
  {
    name: "MPEG-2 in a program stream",
    file: "disc.mpg",
    make: encode(picture(), sound(), "-c:v", "mpeg2video", "-q:v", "2", gop(12, 2), "-c:a", "mp2", "-f", "vob"),
  },
  {
    name: "MPEG-2 in a program stream, with sound in MP3",
    file: "mp3.mpg",
    make: encode(picture(), sound(), "-c:v", "mpeg2video", "-q:v", "2", gop(12, 2), "-c:a", "libmp3lame", "-f", "vob"),
  },
  {
    name: "MPEG-4 ASP in AVI, with B-frames and no display times",
    file: "asp.avi",
    make: encode(picture(), sound(), "-c:v", "mpeg4", "-q:v", "3", gop(12, 2), "-c:a", "libmp3lame"),
    late: 0.04,
  },
  {
    name: "MPEG-2 in GXF, which counts fields",
    file: "fields.gxf",
    make: encode(
      picture({ size: "720x576" }),
      // Four packets, which have one length.
      sound(4 * (32_768 / 48_000), 1),
      ...["-c:v", "mpeg2video", "-q:v", "6", gop(12), "-pix_fmt", "yuv420p", "-c:a", "pcm_s16le"],
    ),
    size: [80, 64],
    held: [0, 0.38],
    channels: [1],
    late: 0.04,
  },
  {
    name: "AVI whose index lists empty packets of sound",
    file: "gaps.avi",
    make: encode(picture(), sound(1.7, 2, 0.7), "-c:v", "mpeg4", "-q:v", "3", gop(12), "-c:a", "libmp3lame"),
  },
  {
    name: "MPEG-4 ASP in AVI, with two pictures in a packet",
    file: "packed.avi",
    needs: ["ffmpeg encoder libxvid"],
    make: encode(picture(), sound(), "-c:v", "libxvid", "-q:v", "3", gop(12, 2), "-c:a", "libmp3lame"),
    read: [],
    late: 0.04,
  },
  {
    // ffmpeg shows them 80 ms late.
    name: "fragments whose pictures are shown before they are decoded",
    file: "negative.mp4",
    make: async (path) => {
      await encode(picture(), sound(), X264, gop(15, 3), "-x264-params", "b-pyramid=normal")(wholeOf(path));
      const fragments = ["-movflags", "+negative_cts_offsets+frag_keyframe+delay_moov"];
      await ffmpeg("-i", wholeOf(path), "-c", "copy", ...fragments, `file:${path}`);
    },
    like: wholeOf,
  },
];

describeExact("every picture of a source in another container is at its time, and the sound with it:", SOURCES);
