import assert from "node:assert/strict";

import { clipDirectory } from "../../../support/clips";
import { needing } from "../../../support/ffmpegNeeds";
import { agree } from "../../../../worker/source/vorbis/packet";
import { encodeVorbis } from "./encodeVorbis";

needing("ffmpeg encoder libvorbis").describe("packets of libvorbis", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  const encode = (rate: number, ...options: string[]) => encodeVorbis(path, rate, "-c:a", "libvorbis", ...options);

  for (const [rate, ...options] of [
    [48_000, "-ac", "2", "-q:a", "0"],
    [48_000, "-ac", "2", "-q:a", "3"],
    [44_100, "-ac", "1", "-q:a", "10"],
    [8000, "-ac", "2", "-q:a", "4"],
    [22_050, "-ac", "2", "-q:a", "4"],
    [192_000, "-ac", "1", "-q:a", "4"],
    [48_000, "-ac", "6", "-q:a", "4"],
  ] as const) {
    it(`end where their words do: ${rate} Hz ${options.join(" ")}`, async () => {
      const { packets, setup } = await encode(rate, ...options);
      assert.deepEqual([...new Set(packets.map((packet) => agree(packet, setup)))], ["whole"]);
    });
  }

  it("are contrary to another setup", async () => {
    const { setup } = await encode(48_000, "-ac", "2");
    for (const [rate, ...options] of [
      [48_000, "-ac", "1"],
      [44_100, "-ac", "2"],
      [48_000, "-ac", "2", "-q:a", "6"],
      [22_050, "-ac", "2"],
    ] as const) {
      const { packets } = await encode(rate, ...options);
      const contrary = packets.filter((packet) => ["cut", "contrary"].includes(agree(packet, setup)));
      assert.ok(contrary.length > packets.length / 2, `${contrary.length} of ${packets.length}: ${rate}`);
    }
  });

  it("may be cut off if a greatest bit rate is stated", async () => {
    const average = ["-ac", "2", "-b:a", "128k"];
    const [limited, free] = [await encode(48_000, ...average, "-maxrate", "128k"), await encode(48_000, ...average)];
    assert.deepEqual([limited.setup.isLimited, free.setup.isLimited], [true, false]);
  });
});
