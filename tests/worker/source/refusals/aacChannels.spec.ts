import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { clipDirectory, ffmpeg } from "../../../support/clips";
import { changing } from "../../exactness/changingSound";
import { FINE } from "../../exactness/check";
import { picture, sound } from "../../exactness/ingredients";
import { planOf } from "../../exactness/inProcess";

describe("AAC in a container that describes it once", function () {
  this.timeout(30_000);
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

  async function assertRefused(file: string, name: string, seconds = "0.5"): Promise<void> {
    await assert.rejects(plan(file), {
      name: "InputError",
      message: `"${name}" has AAC sound whose channels change after ${seconds} seconds, although it is described as the sound before; convert the sound of its parts to the same channels and join them again.`,
    });
  }

  for (const [file, channels] of [
    ["stereo.mkv", [2, 1, 2]],
    ["mono.mp4", [1, 2, 1]],
    ["surround.mkv", [6, 2]],
  ] as const) {
    it(`is refused if its channels change: ${file}`, async () => {
      await assertRefused(await make(file, channels), file, channels[0] === 1 ? "1.1" : "0.5");
    });
  }

  it("is refused if they change behind other elements", async () => {
    await assertRefused(await make("filled.mov", [2, 1], OTHER_ELEMENTS), "filled.mov");
  });

  it("is accepted if they don't change", async () => {
    const { source } = await plan(await make("same.mkv", [1, 1], OTHER_ELEMENTS));
    assert.equal(source.audioStreams.length, 1);
  });

  it("is accepted if each change is described", async () => {
    const file = join(path, "described.flv");
    const sections = [
      { channels: 2, seconds: 0.52 },
      { channels: 1, seconds: 0.52 },
    ];
    await changing({ codec: "aac", container: "flv", sections })(file);
    const { source } = await plan(file);
    assert.equal(source.audioStreams.length, 1);
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
