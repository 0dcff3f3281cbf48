import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { ffmpeg, ffprobe } from "../../support/clips";
import { wrapped } from "../../support/otherFfmpeg";
import { useEnvironment } from "../../support/useEnvironment";
import { removeTimes } from "../removeTimes";
import { FINE } from "./check";
import { describeExact } from "./describeExact";
import { makeAll, planOf } from "./inProcess";
import { encode, gop, picture, sound, X264 } from "./ingredients";
import type { Source } from "./sources";

/** VP8 with pictures that are only predicted from, which takes two passes. */
async function hiddenVp8(path: string): Promise<void> {
  const codec = ["-c:v", "libvpx", "-auto-alt-ref", "1", "-lag-in-frames", "16", "-b:v", "1M", ...gop(25)];
  for (const pass of ["1", "2"]) {
    await encode(picture(), [...codec, "-cpu-used", "5", "-pass", pass, "-passlogfile", `${path}.log`])(path);
  }
  const listed = (await ffprobe(path, "packet=pts", "-select_streams", "v:0")).length;
  assert.ok(listed > 60, `${listed} packets`);
}

/** Gives each picture that only others are predicted from a packet of its own, where muxers would join it with the next one that is shown. */
function dividePackets(filter: string, ...codec: string[]): Source["make"] {
  return async (path) => {
    const whole = `${path}.whole.webm`;
    const quality = [...codec, "-b:v", "1M", ...gop(25)];
    if (codec.includes("libvpx-vp9")) {
      for (const pass of ["1", "2"]) {
        await encode(picture(), quality, "-pass", pass, "-passlogfile", `${path}.log`)(whole);
      }
    } else {
      await encode(picture(), quality)(whole);
    }
    const divide = ["-c", "copy", "-bsf:v", `${filter},setts=ts=N*0.03/TB`, "-fflags", "-autobsf"];
    await ffmpeg("-i", whole, ...divide, `file:${path}`);
    const listed = (await ffprobe(path, "packet=pts", "-select_streams", "v:0")).length;
    assert.ok(listed > 60, `${listed} packets`);
  };
}

const VP9 = ["-c:v", "libvpx-vp9", "-auto-alt-ref", "1", "-lag-in-frames", "16", "-cpu-used", "5"];
const AV1 = ["-c:v", "libsvtav1", "-preset", "10"];

const VOP = Buffer.from("000001b6", "hex");
const SEQUENCE = Buffer.from("000001b0", "hex");

/** A VOP of MPEG-4 that says that nothing has changed in the 25th of a second. */
function unchanged(tick: number): Buffer {
  const bits = `010` + `1${tick.toString(2).padStart(5, "0")}1` + "0";
  const stuffed = `${bits}0`.padEnd(Math.ceil((bits.length + 1) / 8) * 8, "1");
  return Buffer.concat([VOP, Buffer.from(stuffed.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)))]);
}

/** Every second picture of MPEG-4 is one that isn't coded. */
async function uncodedMpeg4(path: string): Promise<void> {
  const halved = picture({ filter: ",select='not(mod(n,2))'" });
  await encode(halved, ["-c:v", "mpeg4", "-q:v", "2", ...gop(12), "-enc_time_base", "1/25", "-f", "m4v"])(
    `${path}.m4v`,
  );
  const bytes = await readFile(`${path}.m4v`);
  const pieces: Buffer[] = [];
  let at = 0;
  let vop = bytes.indexOf(VOP);
  for (let number = 1; ; number++) {
    const next = bytes.indexOf(VOP, vop + 4);
    if (next < 0) break;
    // Headers in front of a keyframe belong to it.
    const headers = bytes.indexOf(SEQUENCE, vop);
    const end = headers < 0 ? next : Math.min(next, headers);
    pieces.push(bytes.subarray(at, end), unchanged((2 * number - 1) % 25));
    [at, vop] = [end, next];
  }
  pieces.push(bytes.subarray(at), unchanged(9));
  await writeFile(`${path}.m4v`, Buffer.concat(pieces));
  await ffmpeg("-framerate", "25", "-i", `${path}.m4v`, "-c", "copy", `file:${path}`);
}

/** The last sample is empty. */
async function emptySample(path: string): Promise<void> {
  await encode(picture(), X264, gop(15))(path);
  const bytes = await readFile(path);
  const box = bytes.indexOf("stsz");
  const count = bytes.readUInt32BE(box + 12);
  bytes.writeUInt32BE(0, box + 16 + 4 * (count - 1));
  await writeFile(path, bytes);
}

/** Bytes of a unit's length, and what a unit begins with that only fills up. */
const [LENGTH, FILLER] = [4, 0x0c];

/** The last sample before a keyframe has no part of a picture. */
async function withFillerSample(path: string): Promise<void> {
  await encode(["-f", "lavfi", "-i", "color=gray:s=96x64:r=25:d=2.4"], X264, gop(15))(path);
  const samples = await ffprobe(path, "packet=size,pos", "-select_streams", "v:0");
  const [size = 0, position = 0] = (samples[29] ?? []).map(Number);
  const bytes = await readFile(path);
  bytes.writeUInt32BE(size - LENGTH, position);
  bytes.fill(0xff, position + LENGTH, position + size);
  bytes[position + LENGTH] = FILLER;
  await writeFile(path, bytes);
}

const likeOf = (path: string): string => `${path}.like.ts`;

/** Takes the times of some of the pictures out of a transport stream. */
function untimed(isUntimed: (picture: number) => boolean, bframes: number): Source["make"] {
  return async (path) => {
    await encode(picture(), sound(), X264, gop(15, bframes), "-f", "mpegts")(likeOf(path));
    const bytes = await readFile(likeOf(path));
    removeTimes(bytes, isUntimed);
    await writeFile(path, bytes);
  };
}

const SOURCES: Source[] = [
  { name: "VP8 with pictures that are only predicted from", file: "hidden.webm", make: hiddenVp8, channels: [] },
  ...["webm", "mp4"].flatMap((container): Source[] => [
    {
      name: `VP9 with packets that show nothing, in ${container}`,
      file: `divided-vp9.${container}`,
      make: dividePackets("vp9_superframe_split", ...VP9),
      ...{ channels: [], chunks: 1 },
    },
    {
      name: `AV1 with packets that show nothing, in ${container}`,
      file: `divided-av1.${container}`,
      needs: ["ffmpeg encoder libsvtav1", "ffmpeg decoder av1"],
      make: dividePackets("av1_frame_split", ...AV1),
      ...{ channels: [], chunks: 1 },
    },
  ]),
  { name: "an empty sample in MP4", file: "empty.mp4", make: emptySample, channels: [] },
  { name: "a sample of H.264 without a part of a picture", file: "filler.mp4", make: withFillerSample, channels: [] },
];

const UNTIMED: Source[] = [
  { name: "every second picture without a time", file: "half.ts", make: untimed((number) => number % 2 === 1, 0) },
  {
    name: "every second picture with B-frames without a time",
    file: "halves.ts",
    make: untimed((number) => number % 2 === 1, 2),
  },
  { name: "a time only at every second keyframe", file: "few.ts", make: untimed((number) => number % 30 !== 0, 2) },
  { name: "one picture without a time", file: "one.ts", make: untimed((number) => number === 20, 2) },
].map((source) => ({ ...source, like: likeOf, chunks: 1 }));

describeExact(
  "every picture is shown at its time, and nothing else is taken for one:",
  [...SOURCES, ...UNTIMED],
  (directory) => {
    const use = useEnvironment();

    it("VP8, whose contents have been read before its packets are listed", async () => {
      const path = directory();
      const [slow, input] = [
        `case "$*" in *packet=codec_type*) sleep 1;; esac\nexec "$real" "$@"`,
        join(path, "slow.webm"),
      ];
      await hiddenVp8(input);
      use({ FFPROBE_PATH: await wrapped(path, "slow-ffprobe", slow, "ffprobe") });
      const plan = await planOf(input, join(path, "out-slow"), FINE);
      assert.equal(plan.source.frames, 60);
    });

    for (const file of ["uncoded.avi", "uncoded.mp4"]) {
      // Versions of ffmpeg differ in whether they show the last one, so that there is nothing to compare with.
      it(`pictures of MPEG-4 that aren't coded, in ${file}`, async () => {
        const path = directory();
        await uncodedMpeg4(join(path, file));
        const plan = await makeAll(join(path, file), join(path, `out-${file}`), FINE);
        assert.equal(plan.source.frames, 30);
      });
    }

    it("pictures without any times are refused", async () => {
      const path = directory();
      await encode(picture(), X264, gop(15, 2), "-f", "h264")(join(path, "raw.h264"));
      await assert.rejects(makeAll(join(path, "raw.h264"), join(path, "out-raw"), FINE), {
        name: "InputError",
        message: '"raw.h264" has frames without timestamps; remux it, for example into MKV.',
      });
    });
  },
);
