import assert from "node:assert/strict";

import { findLostSound } from "../../../../worker/source/transport/lostSound";
import { NULL_PID, PACKET_BYTES } from "../../../../worker/source/transport/transportStream";

const [PICTURES, SOUND] = [0x100, 0x101];

/** A packet of a PID with a counter. Flags: contents, and that its counter begins anew. */
function packet(pid: number, counter: number, { contents = true, anew = false } = {}): Buffer {
  const bytes = Buffer.alloc(PACKET_BYTES, 0xff);
  bytes[0] = 0x47;
  bytes.writeUInt16BE(pid, 1);
  bytes[3] = (contents ? 0x10 : 0) | (anew ? 0x20 : 0) | (counter % 16);
  if (anew) bytes.set([1, 0x80], 4);
  return bytes;
}

/** The pause from the first packet of a file to its last one, if packets of sound are missing in it. */
async function find(...packets: Buffer[]): Promise<number> {
  const file = Buffer.concat(packets);
  const read = (start: number, length: number) => Promise.resolve(file.subarray(start, start + length));
  return (await findLostSound(read, [{ before: 0, after: file.length - PACKET_BYTES }])).length;
}

const pictures = (from: number, count: number) => Array.from({ length: count }, (_, at) => packet(PICTURES, from + at));

describe("a pause in the sound of a transport stream", () => {
  it("is a loss where the counters of its packets jump, and of no others", async () => {
    assert.equal(await find(packet(SOUND, 3), ...pictures(0, 40), packet(SOUND, 7)), 1);
    assert.equal(await find(packet(SOUND, 15), ...pictures(0, 40), packet(SOUND, 0)), 0);
  });

  it("is none where the counters of pictures jump too, as between pieces that were put together", async () => {
    assert.equal(await find(packet(SOUND, 3), ...pictures(0, 9), ...pictures(0, 9), packet(SOUND, 7)), 0);
  });

  it("is none by packets that aren't counted, come twice, or say that their counter begins anew", async () => {
    const [uncounted, nothing] = [packet(SOUND, 9, { contents: false }), packet(NULL_PID, 5)];
    assert.equal(await find(packet(SOUND, 3), packet(SOUND, 3), uncounted, nothing, packet(SOUND, 4)), 0);
    assert.equal(await find(packet(SOUND, 3), ...pictures(0, 3), packet(SOUND, 9, { anew: true })), 0);
  });

  it("isn't looked for in another container, or where nothing says where it is", async () => {
    const read = () => Promise.resolve(Buffer.alloc(1024));
    assert.deepEqual(await findLostSound(read, [{ before: 0, after: 188 }]), []);
    const file = Buffer.concat(pictures(0, 9));
    const readFile = (start: number, length: number) => Promise.resolve(file.subarray(start, start + length));
    assert.deepEqual(await findLostSound(readFile, [{ before: NaN, after: 188 }]), []);
  });
});
