import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { clipDirectory, ffmpeg, ffprobe } from "../../../support/clips";
import { needing } from "../../../support/ffmpegNeeds";
import { changing, type ChangingSound, remuxed } from "../../exactness/changingSound";
import { FINE } from "../../exactness/check";
import { picture, sound } from "../../exactness/ingredients";
import { planOf } from "../../exactness/inProcess";

describe("sound in a container that describes it once", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  /** Elements that come before those with sound, in whole bytes: data, and eight fillings of which the last one is long. */
  const FILLING = "1100001" + "10101010";
  const LONG_FILLING = "1101111" + "00000001" + "0".repeat(8 * 15);
  const OTHER_ELEMENTS = Buffer.concat([
    Buffer.from("8102ffff", "hex"),
    Buffer.from((FILLING.repeat(7) + LONG_FILLING).match(/.{8}/g)!.map((byte) => parseInt(byte, 2))),
  ]);

  /** Half a second for each number of channels, and pictures of the same length. */
  async function make(file: string, channels: readonly number[], before = Buffer.alloc(0)): Promise<string> {
    const pieces: Buffer[] = [];
    for (const count of channels) {
      const piece = join(path, `${count}.adts`);
      await ffmpeg(...sound(0.5), "-ac", String(count), "-c:a", "aac", "-f", "adts", piece);
      pieces.push(...framesOf(await readFile(piece)).map((frame) => withPrefix(frame, before)));
    }
    const [adts, made] = [join(path, `${file}.adts`), join(path, file)];
    await writeFile(adts, Buffer.concat(pieces));
    await ffmpeg(...picture({ seconds: channels.length / 2 }), "-f", "aac", "-i", adts, "-c:a", "copy", made);
    return made;
  }

  const plan = (file: string) => planOf(file, `${file} out`, FINE);

  async function assertRefused(file: string, name: string, after: string): Promise<void> {
    await assert.rejects(plan(file), {
      name: "InputError",
      message: `"${name}" has AAC sound whose channels change after ${after} seconds, although it is described as the sound before; convert the sound of its parts to the same channels and join them again.`,
    });
  }

  async function assertAccepted(file: string): Promise<void> {
    const { source } = await plan(file);
    assert.equal(source.audioStreams.length, 1);
  }

  /** A file into which a transport stream was copied, with a time for each frame or, as ffmpeg makes them, for several. */
  async function copied(file: string, sections: ChangingSound["sections"], groups = false): Promise<string> {
    const made = join(path, file);
    const sound = { codec: "aac", sections } as const;
    if (!groups) await remuxed(sound)(made);
    else {
      await changing(sound)(`${made}.ts`);
      await ffmpeg("-i", `${made}.ts`, "-map", "0", "-c", "copy", made);
    }
    return made;
  }

  for (const [file, channels, after] of [
    ["stereo.mkv", [2, 1, 2], "0.5"],
    ["mono.mp4", [1, 2, 1], "1.1"],
    ["surround.mkv", [6, 2], "0.5"],
    // The first element of 5.1 is that of mono, so that only some frames are looked into.
    ["centre.mp4", [6, 6, 1, 1], "about 1"],
    ["more.mkv", [1, 1, 6, 6], "about 1"],
  ] as const) {
    it(`is refused if its channels change: ${file}`, async () => {
      await assertRefused(await make(file, channels), file, after);
    });
  }

  it("is read only if nothing else is wrong", async () => {
    const file = await make("long.mp4", [2, 2, 1, 1]);
    await assert.rejects(planOf(file, `${file} out`, { ...FINE, maxDurationSeconds: 1 }), {
      message:
        '"long.mp4" lasts 2 seconds, and maxDurationSeconds accepts at most 1; raise it, or cut the video into shorter ones.',
    });
  });

  it("is refused if they change behind other elements", async () => {
    await assertRefused(await make("filled.mov", [2, 1], OTHER_ELEMENTS), "filled.mov", "0.5");
  });

  for (const [file, rates, groups] of [
    ["down.mkv", [48_000, 44_100]],
    ["up.mp4", [44_100, 48_000]],
    ["half.flv", [48_000, 24_000]],
    ["double.mov", [24_000, 48_000]],
    ["groups.mkv", [48_000, 44_100], true],
  ] as const) {
    it(`is refused if its sample rate changes: ${file}`, async () => {
      const sections = rates.map((rate, index) => ({ rate, seconds: index === 0 ? 2 : 3 }));
      await assert.rejects(plan(await copied(file, sections, groups)), {
        name: "InputError",
        message: `"${file}" has AAC sound whose sample rate changes after about 2 seconds, although it is described as the sound before; convert the sound of its parts to the same sample rate and join them again.`,
      });
    });
  }

  interface Recording {
    channels: number;
    rate: number;
  }

  /** Recordings of two seconds each, joined as `-f concat -c copy` does. */
  async function joined(
    file: string,
    codec: string,
    parts: readonly Recording[],
    video: readonly string[] = ["-c:v", "libx264"],
  ) {
    const list = join(path, `${file}.txt`);
    const names = parts.map((_, index) => `${index}.${file}`);
    for (const [index, { channels, rate }] of parts.entries()) {
      const encoded = [
        "-ac",
        String(channels),
        "-ar",
        String(rate),
        "-c:a",
        codec,
        "-strict",
        "-2",
        ...video,
        "-t",
        "2",
      ];
      await ffmpeg(...picture({ seconds: 2 }), ...sound(2), ...encoded, join(path, names[index] as string));
    }
    await writeFile(list, names.map((name) => `file ${name}\n`).join(""));
    await ffmpeg("-f", "concat", "-i", list, "-c", "copy", join(path, file));
    return join(path, file);
  }

  const PCM = "PCM sound whose channels or sample rate change after about 2 seconds";
  for (const [file, codec, [channels, rate], change, same] of [
    ["fewer.mkv", "alac", [1, 48_000], "ALAC sound whose channels change after 2.0 seconds", "channels"],
    ["faster.mkv", "alac", [2, 96_000], "ALAC sound whose sample rate changes after about 2 seconds", "sample rate"],
    ["slower.mkv", "pcm_s16le", [2, 44_100], PCM, "channels and sample rate"],
    ["half.mkv", "pcm_s24le", [1, 48_000], PCM, "channels and sample rate"],
  ] as const) {
    it(`is refused in other codecs too: ${file}`, async () => {
      const first = { channels: 2, rate: 48_000 };
      await assert.rejects(plan(await joined(file, codec, [first, { channels, rate }, { channels, rate }])), {
        name: "InputError",
        message: `"${file}" has ${change}, although it is described as the sound before; convert the sound of its parts to the same ${same} and join them again.`,
      });
      await assertAccepted(await joined(`same-${file}`, codec, [first, first]));
    });
  }

  const SQUEEZED =
    "of which several frames begin at the same time after about 2 seconds, although they last 0.2 seconds";
  const UNTIMED =
    "whose sample rate becomes 44,100 Hz after about 2 seconds, although its times are those of 48,000 Hz";
  for (const [file, codec, change, same] of [
    ["squeezed.mp4", "aac", `AAC sound ${SQUEEZED}`, "with the same settings"],
    ["squeezed.mov", "alac", `ALAC sound ${SQUEEZED}`, "with the same settings"],
    ["ac3.mov", "ac3", `AC-3 sound ${UNTIMED}`, "to the same sample rate"],
    ["eac3.mp4", "eac3", `E-AC-3 sound ${UNTIMED}`, "to the same sample rate"],
    ["mp3.mp4", "libmp3lame", `MP3 sound ${UNTIMED}`, "to the same sample rate"],
  ] as const) {
    it(`is refused if a slower part is timed by the ticks of the one before: ${file}`, async () => {
      const [first, slower] = [48_000, 44_100].map((rate) => ({ channels: 2, rate })) as [Recording, Recording];
      await assert.rejects(plan(await joined(file, codec, [first, slower])), {
        name: "InputError",
        message: `"${file}" has ${change}; convert the sound of its parts ${same} and join them again.`,
      });
      await assertAccepted(await joined(`same-${file}`, codec, [first, first]));
    });
  }

  needing("ffmpeg encoder libvorbis").describe("as Vorbis", () => {
    const stereo = { channels: 2, rate: 48_000 };
    const OTHER = "whose encoder settings change after about 2 seconds";
    for (const [file, parts, change] of [
      ["mono.mkv", [stereo, { channels: 1, rate: 44_100 }], OTHER],
      ["slower.mkv", [stereo, { channels: 2, rate: 44_100 }], OTHER],
      ["middle.mkv", [stereo, { channels: 1, rate: 48_000 }, stereo], OTHER],
    ] as const) {
      it(`is refused if another part has other settings: ${file}`, async () => {
        await assert.rejects(plan(await joined(file, "libvorbis", parts)), {
          name: "InputError",
          message: `"${file}" has Vorbis sound ${change}, although it is described as the sound before; convert the sound of its parts with the same settings and join them again.`,
        });
        await assertAccepted(await joined(`same-${file}`, "libvorbis", [stereo, stereo]));
      });
    }

    it("is refused in Ogg too", async () => {
      const theora = ["-c:v", "libtheora"];
      const mono = { channels: 1, rate: 48_000 };
      await assert.rejects(plan(await joined("mono.ogv", "libvorbis", [stereo, mono], theora)), {
        name: "InputError",
        message: `"mono.ogv" has Vorbis sound ${OTHER}, although it is described as the sound before; convert the sound of its parts with the same settings and join them again.`,
      });
      await assertAccepted(await joined("same.ogv", "libvorbis", [stereo, stereo], theora));
    });

    it("is refused in Ogg if only the sample rate changes", async () => {
      const theora = ["-c:v", "libtheora"];
      const slower = { channels: 2, rate: 44_100 };
      await assert.rejects(plan(await joined("faster.ogv", "vorbis", [slower, stereo], theora)), {
        name: "InputError",
        message:
          '"faster.ogv" has Vorbis sound with a pause of 0.2 seconds after about 2 seconds, as where parts of other sample rates were joined; convert its parts with the same settings and join them again.',
      });
      await assertAccepted(await joined("same-rate.ogv", "vorbis", [stereo, stereo], theora));
    });
  });

  it("is refused if only the sample rate of Vorbis changes", async () => {
    const [first, slower] = [48_000, 44_100].map((rate) => ({ channels: 2, rate })) as [Recording, Recording];
    await assert.rejects(plan(await joined("rate.mkv", "vorbis", [first, slower])), {
      name: "InputError",
      message:
        '"rate.mkv" has Vorbis sound whose sample rate changes after about 2 seconds, although it is described as the sound before; convert the sound of its parts with the same settings and join them again.',
    });
    await assertAccepted(await joined("same-rate.mkv", "vorbis", [first, first]));
  });

  it("is accepted if its rate changes and its times follow", async () => {
    const [first, slower] = [48_000, 44_100].map((rate) => ({ channels: 2, rate })) as [Recording, Recording];
    for (const codec of ["eac3", "dca"]) await assertAccepted(await joined(`${codec}.mkv`, codec, [first, slower]));
  });

  it("is accepted if they don't change", async () => {
    await assertAccepted(await make("same.mkv", [1, 1], OTHER_ELEMENTS));
  });

  for (const [file, section] of [
    ["he.mp4", { rate: 24_000, replicated: true }],
    ["he-mono.mkv", { rate: 22_050, replicated: true, channels: 1 }],
    ["surround.mp4", { channels: 6 }],
  ] as const) {
    it(`is accepted if they don't change: ${file}`, async () => {
      await assertAccepted(await copied(file, [{ ...section, seconds: 2 }]));
    });
  }

  it("is accepted if a part has been overwritten, which is damage", async () => {
    const file = await make("overwritten.mp4", [2, 2, 2]);
    const packets = await ffprobe(file, "packet=size,pos", "-select_streams", "a");
    const bytes = await readFile(file);
    for (const packet of packets.slice(30, 45)) {
      const [size, position] = packet.map(Number) as [number, number];
      bytes.fill(0, position, position + size);
    }
    await writeFile(file, bytes);
    await assertAccepted(file);
  });

  it("is accepted if each change is described", async () => {
    const file = join(path, "described.flv");
    const sections = [
      { channels: 2, seconds: 0.52 },
      { channels: 1, seconds: 0.52 },
    ];
    await changing({ codec: "aac", container: "flv", sections })(file);
    await assertAccepted(file);
  });
});

const HEADER = 7;

function framesOf(adts: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at < adts.length; at += frames.at(-1)!.length) {
    frames.push(adts.subarray(at, at + ((adts.readUInt32BE(at + 2) >> 5) & 0x1fff)));
  }
  return frames;
}

function withPrefix(frame: Buffer, prefix: Buffer): Buffer {
  const longer = Buffer.concat([frame.subarray(0, HEADER), prefix, frame.subarray(HEADER)]);
  longer.writeUInt32BE(longer.readUInt32BE(2) + prefix.length * 32, 2);
  return longer;
}
