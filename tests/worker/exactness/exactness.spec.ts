import { describeExact } from "./describeExact";
import { encode, gop, hdr, INTERLACED, picture, rotate, SECONDS, sound, X264 } from "./ingredients";
import { BWDIF, FIELDS, type Source } from "./sources";

const SHORT = picture({ seconds: 0.6 });

/** Sources that go the way of one in `exactness.test.ts` with other values. */
const SOURCES: Source[] = [
  { name: "50", file: "sport.mp4", make: encode(picture({ rate: "50" }), sound(), X264, gop(25)) },
  {
    name: "59.94",
    file: "sixty.mp4",
    make: encode(picture({ rate: "60000/1001", seconds: 1.6 }), sound(1.6), X264, gop(30, 2)),
  },
  {
    name: "59.94 with one keyframe in all",
    file: "gop.mp4",
    make: encode(picture({ rate: "60000/1001", seconds: 1.6 }), sound(1.6), X264, gop(10_000)),
    chunks: 1,
  },
  { name: "no sound", file: "silent.mp4", make: encode(picture(), X264, gop(25)), channels: [] },
  {
    name: "sound that is shorter than the picture",
    file: "shorter.mp4",
    make: encode(picture(), sound(1.1), X264, gop(25)),
  },
  {
    name: "sound that begins later",
    file: "late.mov",
    make: encode(picture(), sound(1.2, 2, 0.7), X264, gop(25), "-c:a", "pcm_s16le"),
  },
  {
    name: "5.1 in AC-3",
    file: "surround.mp4",
    make: encode(picture(), sound(SECONDS, 6), X264, gop(25), "-c:a", "ac3"),
    channels: [6],
  },
  {
    name: "odd numbers of pixels",
    file: "odd.mp4",
    make: encode(picture({ size: "97x63" }), sound(), "-c:v", "libx264", "-preset", "ultrafast", gop(25)),
    size: [96, 62],
  },
  {
    name: "pixels that aren't square",
    file: "anamorphic.mp4",
    make: encode(picture({ filter: ",setsar=4/3" }), sound(), X264, gop(25)),
    size: [128, 64],
  },
  {
    name: "a portrait by rotation",
    file: "phone.mov",
    make: rotate(encode(picture(), sound(), X264, gop(25))),
    size: [64, 96],
  },
  {
    name: "a portrait by rotation that only keyframes state",
    file: "turned.mkv",
    make: encode(picture(), sound(), X264, gop(15), "-bsf:v", "h264_metadata=display_orientation=insert:rotate=270"),
    read: ["-noautorotate"],
    shown: "transpose=clock",
    size: [64, 96],
  },
  {
    name: "a mirrored picture, as only keyframes state",
    file: "mirrored.mkv",
    make: encode(picture(), X264, gop(15), "-bsf:v", "h264_metadata=display_orientation=insert:flip=horizontal"),
    read: ["-noautorotate"],
    shown: "hflip",
    channels: [],
  },
  {
    name: "fields of pictures that are shown mirrored and rotated",
    file: "transposed.mov",
    make: rotate(
      encode(picture({ rate: "50", filter: `${FIELDS}tff` }), X264, INTERLACED, "-x264opts", "tff=1", gop(12, 2)),
      [0, 1, 0, 1, 0],
    ),
    read: ["-noautorotate"],
    shown: `${BWDIF},transpose=cclock_flip`,
    size: [64, 96],
    channels: [],
  },
  {
    name: "a part of the picture that the codec cuts out",
    file: "cropped.mp4",
    make: encode(
      picture({ size: "160x128" }),
      X264,
      gop(15, 2),
      ...["-bsf:v", "h264_metadata=crop_left=16:crop_right=48:crop_top=32:crop_bottom=32"],
    ),
    read: ["-flags", "+unaligned"],
    channels: [],
  },
  {
    name: "MPEG-2 without a container",
    file: "bare.m2v",
    make: encode(picture(), "-c:v", "mpeg2video", "-q:v", "2", gop(12, 2)),
    channels: [],
  },
  {
    name: "AV1 without a container",
    file: "bare.obu",
    needs: ["ffmpeg encoder libsvtav1", "ffmpeg decoder av1"],
    make: encode(picture(), "-c:v", "libsvtav1", "-preset", "12", "-crf", "10", gop(15)),
    channels: [],
  },
  {
    name: "a portrait",
    file: "tall.mp4",
    make: encode(picture({ size: "64x96" }), sound(), X264, gop(25)),
    size: [64, 96],
  },
  {
    name: "interlaced H.264, the top field first",
    file: "tff.ts",
    make: encode(
      picture({ rate: "50", filter: `${FIELDS}tff` }),
      sound(),
      X264,
      INTERLACED,
      "-x264opts",
      "tff=1",
      gop(12, 2),
    ),
    shown: BWDIF,
  },
  {
    name: "interlaced MPEG-2, the bottom field first",
    file: "bff.ts",
    make: encode(
      picture({ rate: "50", filter: `${FIELDS}bff` }),
      sound(),
      "-c:v",
      "mpeg2video",
      "-q:v",
      "2",
      INTERLACED,
      gop(12, 2),
    ),
    shown: BWDIF,
  },
  {
    name: "HDR in HLG",
    file: "hlg.mp4",
    needs: ["ffmpeg filter zscale"],
    make: encode(picture(), hdr("arib-std-b67"), gop(25)),
    channels: [],
  },
  {
    name: "10 bits",
    file: "deep.mkv",
    make: encode(picture(), sound(), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", gop(25)),
  },
  {
    name: "a single frame in two fields",
    file: "fields.mp4",
    make: encode(
      picture({ rate: "50", seconds: 0.04, filter: `${FIELDS}tff` }),
      X264,
      INTERLACED,
      "-x264opts",
      "tff=1",
    ),
    shown: BWDIF,
    chunks: 1,
    channels: [],
  },
  {
    name: "a clip that is shorter than the opening part",
    file: "short.mp4",
    make: encode(SHORT, sound(0.6), X264),
    chunks: 1,
  },
];

describeExact("every picture of the source is at its time, and the sound with it, as well with", SOURCES);
