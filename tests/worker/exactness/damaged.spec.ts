import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { type Damage, damagedSeconds } from "../../../contract/damage";
import type { Manifest } from "../../../contract/manifest";
import type { Ladder } from "../../../contract/plan";
import { clipDirectory, ffmpeg, ffprobe } from "../../support/clips";
import { FINE } from "./check";
import { encode, gop, INTERLACED, picture, sound, X264 } from "./ingredients";
import { makeAll } from "./inProcess";
import { withFilledPicture, withoutPicture } from "./mxfPictures";
import { FIELDS } from "./sources";

/** The sources have 100 pictures, 25 a second, with a keyframe each second, and chunks begin at some of those. */
const SECONDS = 4;
const H264 = [...X264, ...gop(25, 2), "-sc_threshold", "0"];
const plain = (...output: string[]) =>
  encode(picture({ seconds: SECONDS }), sound(SECONDS), H264, "-c:a", "aac", ...output);

/** Overwrites the beginning of pictures, which are numbered in the order in which they are shown, so that nothing of them can be decoded. */
async function destroy(path: string, numbers: readonly number[], stream = "v:0"): Promise<void> {
  const packets = await ffprobe(path, "packet=pts,size,pos", "-select_streams", stream);
  const inOrder = packets
    .map((packet) => packet.map(Number) as [pts: number, size: number, position: number])
    .sort(([one], [other]) => one - other);
  const bytes = await readFile(path);
  for (const number of numbers) {
    const [, size, at] = inOrder[number]!;
    // Its length and its type stay.
    bytes.fill(0xff, at + 5, at + size);
  }
  await writeFile(path, bytes);
}

const pictures = (count: number): string => `${count} ${count === 1 ? "picture" : "pictures"} can't be decoded`;
const CHECKSUM = "a checksum doesn't match, and pictures and sound from 0:00.9 to 0:02.0 may be wrong";
const isChecksum = ({ what }: Damage): boolean => what === CHECKSUM;
const spreading = (what: string, when = "up to 0:02.0"): string => `${what}, and pictures ${when} may be wrong`;

describe("what can't be decoded is named, and times and counts stay:", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  async function make(
    file: string,
    maxDamagedShare?: number,
    ladder: Ladder = FINE,
  ): Promise<{ damage: Damage[] | undefined; times: number[] }> {
    const output = join(path, `${file} out`);
    await makeAll(join(path, file), output, ladder, maxDamagedShare);
    const { damage, renditions } = JSON.parse(await readFile(join(output, "manifest.json"), "utf8")) as Manifest;
    const shown = await ffprobe(join(output, renditions[0]!.mp4.path), "packet=pts_time", "-select_streams", "v:0");
    return { damage, times: shown.map(([time]) => Number(time)).sort((one, other) => one - other) };
  }

  /** Every picture is there, and at its time. */
  function assertTimes(times: readonly number[], count = 100): void {
    assert.equal(times.length, count);
    times.forEach((time, index) => assert.ok(Math.abs(time - times[0]! - index / 25) < 0.0015, `picture ${index}`));
  }

  const CASES: [
    what: string,
    file: string,
    source: (path: string) => Promise<unknown>,
    lost: number[],
    places: Damage[],
  ][] = [
    ["a picture of no others", "one.mp4", plain(), [32], [{ fromSeconds: 1.28, toSeconds: 1.32, what: pictures(1) }]],
    [
      "pictures next to one another, in Matroska",
      "neighbours.mkv",
      plain(),
      [32, 31],
      [{ fromSeconds: 1.24, toSeconds: 1.32, what: spreading(pictures(2), "from 0:01.1 to 0:02.0") }],
    ],
    [
      "the last pictures",
      "last.mp4",
      plain(),
      [98, 99],
      [{ fromSeconds: 3.92, toSeconds: 4, what: spreading(pictures(2), "from 0:03.8 to 0:04.0") }],
    ],
    [
      "a picture of two fields",
      "fields.mp4",
      encode(picture({ rate: "50", seconds: SECONDS, filter: `${FIELDS}tff` }), sound(SECONDS), H264, INTERLACED),
      [40],
      [{ fromSeconds: 1.6, toSeconds: 1.64, what: spreading(pictures(1), "from 0:01.5 to 0:02.0") }],
    ],
  ];
  for (const [what, file, source, lost, places] of CASES) {
    it(what, async () => {
      await source(join(path, file));
      await destroy(join(path, file), lost);
      const { damage = [], times } = await make(file);
      assertTimes(times);
      assert.deepEqual(
        damage.filter((one) => !isChecksum(one)),
        places,
      );
      assert.equal(damage.some(isChecksum), file.endsWith(".mkv"));
    });
  }

  it("the keyframe of a chunk, and all that is made from it", async () => {
    await plain()(join(path, "keyframe.mp4"));
    await destroy(join(path, "keyframe.mp4"), [50]);
    const { damage = [], times } = await make("keyframe.mp4", 1);
    assertTimes(times);
    // Decoders also lose the picture before, which they have not shown yet.
    assert.ok(damage.every(({ fromSeconds, toSeconds }) => fromSeconds >= 1.96 && toSeconds <= 3));
    assert.ok(damagedSeconds(damage) >= 0.9, JSON.stringify(damage));
  });

  it("the first keyframe, before which sound is heard", async () => {
    await plain()(join(path, "first.mp4"));
    await destroy(join(path, "first.mp4"), [0]);
    const { damage = [], times } = await make("first.mp4", 1);
    assert.equal(times.length, 75);
    assert.deepEqual(damage, [
      { fromSeconds: 0, toSeconds: 1, what: "25 pictures before the first keyframe can't be decoded" },
    ]);
  });

  it("more than is accepted is refused, with where and how much", async () => {
    await plain()(join(path, "more.mp4"));
    await destroy(join(path, "more.mp4"), [30, 31, 32]);
    const message =
      '"more.mp4" is damaged at 0:01 (3 pictures can\'t be decoded, and pictures from 0:01.1 to 0:02.0 may be wrong), for 0.1 s or 3 % of its length, and at most 2 % is accepted; to process it anyway, raise maxDamagedShare.';
    await assert.rejects(make("more.mp4"), { name: "InputError", message });
    await assert.rejects(make("more.mp4", 0), {
      name: "InputError",
      message: message.replace("at most 2 % is", "none is"),
    });
  });

  it("a bit that no decoder notices, by the checksum of Matroska", async () => {
    const file = join(path, "bit.mkv");
    await encode(picture({ seconds: SECONDS }), sound(SECONDS), H264, "-c:a", "pcm_s16le")(file);
    const packets = await ffprobe(file, "packet=pts_time,pos,size", "-select_streams", "a:0");
    const [, position, size] = packets.find(([time]) => Number(time) > 1.5)!.map(Number);
    const bytes = await readFile(file);
    bytes[position! + size!]! ^= 0x40;
    await writeFile(file, bytes);
    const { damage = [], times } = await make("bit.mkv");
    assertTimes(times);
    assert.deepEqual([damage.length, damagedSeconds(damage), damage.every(isChecksum)], [1, 0, true]);
    assert.ok(damage[0]!.fromSeconds > 0.9 && damage[0]!.fromSeconds <= 1, JSON.stringify(damage));
    const message = /^InputError: "bit\.mkv" is damaged at 0:00 \(a checksum .* and none is accepted/;
    await assert.rejects(make("bit.mkv", 0), message);
  });

  it("sound, which is silent there and stays with the picture", async () => {
    await plain()(join(path, "sound.mp4"));
    await destroy(join(path, "sound.mp4"), [100], "a:0");
    const { damage } = await make("sound.mp4");
    assert.deepEqual(damage, [{ fromSeconds: 2.112, toSeconds: 2.133, what: "sound can't be decoded" }]);
  });

  it("packets of sound that a transport stream lacks, by their counters", async () => {
    const file = join(path, "lost.ts");
    // A packet or more for each frame, since counters show no loss of a multiple of 16.
    await plain("-pes_payload_size", "0", "-f", "mpegts")(file);
    const bytes = await readFile(file);
    const starts = (await ffprobe(file, "packet=pts_time,pos", "-select_streams", "a:0")).map((cells) =>
      cells.map(Number),
    );
    const [from, begin] = starts[40] as [number, number];
    const pid = (at: number): number => bytes.readUInt16BE(at + 1) & 0x1fff;
    const positions = Array.from({ length: bytes.length / 188 }, (_, index) => index * 188);
    const lostUntil = (end: number): number[] =>
      positions.filter((at) => at >= begin && at < end && pid(at) === pid(begin));
    const [time, end] = starts.slice(80).find(([, position]) => lostUntil(position!).length % 16 !== 0)!;
    const lost = new Set(lostUntil(end!));
    const kept = positions.filter((at) => !lost.has(at)).map((at) => bytes.subarray(at, at + 188));
    await writeFile(file, Buffer.concat(kept));
    const { damage = [], times } = await make("lost.ts", 1);
    assertTimes(times);
    assert.deepEqual(
      damage.map(({ what }) => what),
      ["the file has a hole in its sound"],
    );
    assert.ok(Math.abs(damagedSeconds(damage) - (time! - from)) < 0.03, JSON.stringify(damage));
  });

  it("a picture and sound of which a transport stream lacks a packet, whatever decoders make of them", async () => {
    const file = join(path, "packets.ts");
    await plain("-pes_payload_size", "0", "-f", "mpegts")(file);
    const bytes = await readFile(file);
    const positions = Array.from({ length: bytes.length / 188 }, (_, index) => index * 188);
    /** The packet behind the one in which the elementary packet begins. */
    const second = async (stream: string, number: number): Promise<{ time: number; at: number }> => {
      const packets = await ffprobe(file, "packet=pts_time,pos", "-select_streams", stream);
      const [time, from] = packets[number]!.map(Number) as [number, number];
      const pid = bytes.readUInt16BE(from + 1) & 0x1fff;
      const at = positions.find((later) => later > from && (bytes.readUInt16BE(later + 1) & 0x1fff) === pid)!;
      return { time: time - Number(first), at };
    };
    const [[first]] = (await ffprobe(file, "packet=pts_time", "-select_streams", "v:0")) as [[string]];
    const [picture, heard] = [await second("v:0", 60), await second("a:0", 40)];
    const kept = positions.filter((at) => at !== picture.at && at !== heard.at);
    await writeFile(file, Buffer.concat(kept.map((at) => bytes.subarray(at, at + 188))));
    const { damage = [], times } = await make("packets.ts", 1);
    assertTimes(times);
    const named = (what: RegExp): number => damage.find((one) => what.test(one.what))?.fromSeconds ?? NaN;
    assert.ok(Math.abs(named(/^1 picture lacks a part/) - picture.time) < 0.001, JSON.stringify(damage));
    assert.ok(Math.abs(named(/^the sound lacks a part$/) - heard.time) < 0.03, JSON.stringify(damage));
  });

  it("a hole of a transport stream, where pictures and sound jump together, but nothing else begins", async () => {
    await encode(
      picture({ seconds: SECONDS }),
      sound(SECONDS),
      H264,
      "-c:a",
      "aac",
      "-f",
      "mpegts",
    )(join(path, "hole.ts"));
    const bytes = await readFile(join(path, "hole.ts"));
    const packets = await ffprobe(join(path, "hole.ts"), "packet=pts_time,pos", "-select_streams", "v:0");
    const positionAt = (seconds: number): number =>
      Number(packets.find(([time]) => Number(time) - Number(packets[0]![0]) >= seconds)![1]);
    await writeFile(join(path, "hole.ts"), bytes.fill(0, positionAt(1.4), positionAt(2.4)));
    const { damage = [], times } = await make("hole.ts", 1);
    assert.ok(Math.abs(times.at(-1)! - 3.96) < 0.01, `the last picture is shown at ${times.at(-1)} s`);
    assert.ok(
      times.length < 80 && damagedSeconds(damage) > 0.8 && damagedSeconds(damage) < 1.5,
      JSON.stringify(damage),
    );
    await assert.rejects(
      make("hole.ts"),
      /^InputError: "hole\.ts" is damaged at 0:01.* \(the file has a hole.*pictures up to 0:03\.0 may be wrong/,
    );
  });

  describe("what a transport stream has scrambled for a time,", () => {
    /** Scrambles pictures and sound between two shares of the file, and puts them into another. */
    async function scramble(file: string, from: number, to: number): Promise<void> {
      await plain("-f", "mpegts")(join(path, "clear.ts"));
      const bytes = await readFile(join(path, "clear.ts"));
      const begin = Math.round((from * bytes.length) / 188) * 188;
      for (let at = begin; at < to * bytes.length; at += 188) {
        const packet = bytes.subarray(at, at + 188);
        if (![256, 257].includes(packet.readUInt16BE(1) & 0x1fff)) continue;
        const begins = (packet[3]! & 0x20) === 0 ? 4 : 5 + packet[4]!;
        packet.subarray(begins).forEach((byte, index) => (packet[begins + index] = byte ^ (0x35 + index)));
        packet[3]! |= 0x80;
      }
      await writeFile(join(path, file), bytes);
    }

    it("pictures with the sound, and without a shift of what follows", async () => {
      await scramble("scrambled.ts", 0.4, 0.6);
      const { damage = [], times } = await make("scrambled.ts", 1);
      const pictures = damage.find(({ what }) => /^pictures are scrambled, and pictures up to/.test(what));
      assert.ok(pictures && damage.some(({ what }) => what === "the sound is scrambled"), JSON.stringify(damage));
      assert.ok(Math.abs(times.at(-1)! - 3.96) < 0.01, `the last picture is shown at ${times.at(-1)} s`);
      const missing = (100 - times.length) / 25;
      assert.ok(Math.abs(pictures.toSeconds - pictures.fromSeconds - missing) < 0.05, JSON.stringify(damage));
      await assert.rejects(make("scrambled.ts"), /^InputError: "scrambled\.ts" is damaged at 0:01.* \(.*scrambled/);
    });

    it("its end", async () => {
      await scramble("end.ts", 0.9, 1);
      const { damage = [] } = await make("end.ts", 1);
      assert.equal(damage.at(-1)?.what, "its end is scrambled");
      assert.ok(Math.abs(damage.at(-1)!.toSeconds - SECONDS) < 0.3, JSON.stringify(damage));
    });
  });

  it("nothing where packets of a transport stream come twice, with which no picture comes twice", async () => {
    const file = join(path, "twice.ts");
    await plain("-f", "mpegts")(file);
    const bytes = await readFile(file);
    const [, position] = (await ffprobe(file, "packet=pts,pos", "-select_streams", "v:0"))[60]!.map(Number);
    const twice = (from: number, to: number): Buffer[] => [bytes.subarray(from, to), bytes.subarray(from, to)];
    const [begin, datagram] = [position! + 188, position! + 188 * 8];
    await writeFile(
      file,
      Buffer.concat([
        ...[bytes.subarray(0, position), ...twice(position!, begin), ...twice(begin, datagram)],
        bytes.subarray(datagram),
      ]),
    );
    const { damage, times } = await make("twice.ts", 0);
    assert.equal(damage, undefined);
    assertTimes(times);
  });

  it("not what precedes the first keyframe of a recording that was begun in the middle of a GOP", async () => {
    const file = join(path, "begun.ts");
    await plain("-f", "mpegts")(file);
    const packets = await ffprobe(file, "packet=pos", "-select_streams", "v:0");
    const bytes = await readFile(file);
    const tables = bytes.subarray(0, 3 * 188);
    // The rest of a picture of which the beginning is missing.
    await writeFile(file, Buffer.concat([tables, bytes.subarray(Number(packets[7]![0]) + 188)]));
    const { damage, times } = await make("begun.ts");
    assert.equal(damage, undefined);
    assert.equal(times.length, 75);
    // Until its time, the first one is held for as long as sound is heard.
    assert.ok(times[1]! - times[0]! > 0.5 && Math.abs(times[74]! - times[1]! - 73 / 25) < 0.0015);
  });

  it("a picture of MXF, where its time remains without one, and where nothing remains of it", async () => {
    const [file, filled, without] = ["whole.mxf", "filled.mxf", "without.mxf"].map((name) => join(path, name));
    const mpeg2 = ["-c:v", "mpeg2video", "-q:v", "4", ...gop(10), "-c:a", "pcm_s16le"];
    await encode(picture({ seconds: SECONDS }), sound(SECONDS), mpeg2)(file!);
    await writeFile(filled!, withFilledPicture(await readFile(file!), 49));
    await writeFile(without!, withoutPicture(await readFile(file!), 49));
    const { damage, times } = await make("filled.mxf");
    assert.deepEqual(damage, [{ fromSeconds: 1.96, toSeconds: 2, what: "the file has a hole" }]);
    assert.equal(times.length, 99);
    assert.ok(Math.abs(times[49]! - times[48]! - 0.08) < 0.0015 && Math.abs(times[98]! - times[0]! - 3.96) < 0.0015);
    const message =
      '"without.mxf" has a hole: its header states 100 pictures, 99 are there, and nothing says when those behind the hole are shown; export it again.';
    await assert.rejects(make("without.mxf", 1), { name: "InputError", message });
  });

  /** The header of H.264 that says whether pictures may be left out on purpose, with that bit set. */
  const allowMissing = (bytes: Buffer): Buffer => {
    const at = bytes.indexOf(Buffer.from([0, 0, 1, 0x67])) + 4;
    // Behind the profile and the level: two numbers, the kind of order with another number for it, and that of references.
    const bits = [...bytes.subarray(at + 3, at + 8)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
    let flag = 0;
    const next = (): number => {
      const zeros = bits.indexOf("1", flag) - flag;
      const value = parseInt(bits.slice(flag + zeros, flag + 2 * zeros + 1), 2) - 1;
      flag += 2 * zeros + 1;
      return value;
    };
    next();
    next();
    if (next() === 0) next();
    next();
    const changed = Buffer.from(bytes);
    changed[at + 3 + (flag >> 3)]! |= 0x80 >> (flag & 7);
    return changed;
  };
  const missing = ["-c", "copy", "-bsf:v", "noise=drop='eq(n,60)'"];
  const simple = [...X264, "-profile:v", "baseline", ...gop(25), "-sc_threshold", "0"];

  it("a picture of H.264 that others are made from, if it was never stored, in MP4 and in a transport stream", async () => {
    const whole = join(path, "stored.mp4");
    await encode(picture({ seconds: SECONDS }), simple)(whole);
    // In MP4 the picture before lasts until the next one.
    for (const [file, fromSeconds] of [
      ["missing.mp4", 2.44],
      ["missing.ts", 2.4],
    ] as const) {
      await ffmpeg("-v", "error", "-i", whole, ...missing, `file:${join(path, file)}`);
      const { damage, times } = await make(file);
      assert.equal(times.length, 99);
      const what = "a picture is missing that others are made from, and pictures up to 0:03.0 may be wrong";
      assert.deepEqual(damage, [{ fromSeconds, toSeconds: 2.44, what }]);
    }
  });

  it("not a picture of H.264 that was left out where that is allowed", async () => {
    const [whole, fewer] = [join(path, "layers.h264"), join(path, "layers.mp4")];
    await encode(picture({ seconds: SECONDS }), simple, "-f", "h264")(whole);
    await writeFile(whole, allowMissing(await readFile(whole)));
    await ffmpeg("-v", "error", "-r", "25", "-i", whole, ...missing, `file:${fewer}`);
    const { damage, times } = await make("layers.mp4");
    assert.equal(times.length, 99);
    assert.equal(damage, undefined);
  });

  it("a picture of which a slice is missing, which the decoder conceals without an error", async () => {
    const file = join(path, "slice.mp4");
    await encode(picture({ seconds: SECONDS }), simple, "-slices", "4")(file);
    const packets = await ffprobe(file, "packet=pos", "-select_streams", "v:0");
    const bytes = await readFile(file);
    const first = Number(packets[41]![0]);
    // Behind the first slice and its length, and the length of the second: a unit that decoders skip.
    bytes[first + 4 + bytes.readUInt32BE(first) + 4] = 12;
    await writeFile(file, bytes);
    assert.equal(await ffmpeg("-v", "error", "-i", file, "-f", "null", "-"), "");
    const { damage, times } = await make("slice.mp4");
    assertTimes(times);
    const what = spreading("the decoder made up parts of 1 picture");
    assert.deepEqual(damage, [{ fromSeconds: 1.64, toSeconds: 1.68, what }]);
  });
});
