import assert from "node:assert/strict";

import { clipDirectory } from "../../../support/clips";
import { agree, blockOf } from "../../../../worker/source/vorbis/packet";
import { readSetup } from "../../../../worker/source/vorbis/setup";
import { encodeVorbis, type VorbisStream } from "./encodeVorbis";

describe("packets of Vorbis", () => {
  let stream: VorbisStream;
  before(async () => {
    const { path, remove } = await clipDirectory();
    // This encoder is part of every build.
    stream = await encodeVorbis(path, 48_000, "-c:a", "vorbis", "-strict", "-2", "-ac", "2");
    await remove();
  });

  it("have the block of their mode", () => {
    assert.deepEqual([...new Set(stream.packets.map((packet) => blockOf(packet, stream.setup)))], [2048]);
    assert.equal(blockOf(Buffer.from("\x05vorbis"), stream.setup), undefined);
    assert.equal(blockOf(Buffer.alloc(0), stream.setup), undefined);
  });

  it("end where their words do, or else are cut off, padded, silent or contrary", () => {
    const { packets, setup } = stream;
    assert.deepEqual([...new Set(packets.map((packet) => agree(packet, setup)))], ["whole"]);
    const packet = packets.at(-2) as Buffer;
    for (const [changed, agreement] of [
      [packet.subarray(0, -4), "cut"],
      [packet.subarray(0, 4), "cut"],
      [Buffer.concat([packet, Buffer.from([0, 0])]), "padded"],
      [Buffer.concat([packet, Buffer.from([0, 1])]), "contrary"],
      [Buffer.from("\x05vorbis"), "contrary"],
      [Buffer.alloc(1), "silent"],
      [Buffer.alloc(0), "silent"],
    ] as const) {
      assert.equal(agree(changed, setup), agreement);
    }
  });

  it("can't be judged without a whole setup", () => {
    const { headers } = stream;
    const changed = (at: number, byte: number): Buffer => {
      const copy = Buffer.from(headers);
      copy[at] = byte;
      return copy;
    };
    const [setup, sizes] = [headers.indexOf("\x05vorbis"), headers.indexOf("\x01vorbis") + 28];
    assert.equal(readSetup(Buffer.alloc(100)), undefined);
    assert.equal(readSetup(headers.subarray(0, setup)), undefined);
    assert.equal(readSetup(headers.subarray(0, setup + 400)), undefined);
    assert.equal(readSetup(changed(setup + 8, 0)), undefined);
    // Blocks of 32 samples, and of more than 8192.
    assert.equal(readSetup(changed(sizes, 0xb5)), undefined);
    assert.equal(readSetup(changed(sizes, 0xeb)), undefined);
  });
});
