import assert from "node:assert/strict";

import { Duplicates, readWithoutDuplicates } from "../../../../worker/source/transport/duplicates";
import { hasDuplicates } from "../../../../worker/source/transport/lostPackets";
import { NULL_PID, PACKET_BYTES, pidOf } from "../../../../worker/source/transport/transportStream";

const [TABLE, PICTURES] = [0x20, 0x100];

/** A packet with contents of its own. A unit begins in every fifth one: an elementary packet, or a section. */
function packet(number: number, pid = PICTURES, contents = number): Buffer {
  const bytes = Buffer.alloc(PACKET_BYTES, contents);
  bytes[0] = 0x47;
  bytes.writeUInt16BE(pid | (number % 5 === 0 ? 0x4000 : 0), 1);
  bytes[3] = 0x10 | (number % 16);
  if (number % 5 === 0) bytes.writeUIntBE(pid === PICTURES ? 1 : 2, 4, 3);
  return bytes;
}

const packets = (...numbers: number[]): Buffer[] => numbers.map((number) => packet(number));
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

/** The places of the packets that are duplicates of others. */
function duplicatesIn(all: readonly Buffer[]): number[] {
  const duplicates = new Duplicates();
  return all.flatMap((one, place) => (duplicates.add(one) ? [place] : []));
}

describe("duplicate packets of a transport stream", () => {
  it("are found one after the other, seven times, and as a piece", () => {
    assert.deepEqual(duplicatesIn(packets(0, 1, 1, 2, 3)), [2]);
    assert.deepEqual(duplicatesIn(packets(0, 0, 0, 0, 0, 0, 0, 1)), [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(duplicatesIn(packets(...range(0, 14), ...range(3, 14), 14, 15)), range(14, 25));
  });

  it("are none where their contents differ, where packets are lost, or where their counter goes on", () => {
    assert.deepEqual(duplicatesIn([...packets(0, 1), packet(1, PICTURES, 99), packet(2)]), []);
    assert.deepEqual(duplicatesIn(packets(0, 1, 4, 5)), []);
    assert.deepEqual(duplicatesIn([...packets(...range(0, 16)), packet(16, PICTURES, 0), packet(17, PICTURES, 1)]), []);
  });

  it("are none of tables, which come again and again, nor where a recording comes again", () => {
    assert.deepEqual(duplicatesIn([packet(0, TABLE), packet(0, TABLE), packet(3, TABLE), packet(0, TABLE)]), []);
    assert.deepEqual(duplicatesIn(packets(...range(0, 40), ...range(0, 40))), []);
  });

  it("are told by their contents where the clock in front of those differs", () => {
    const withClock = (clock: number): Buffer => {
      const bytes = packet(1);
      bytes[3] = 0x31;
      bytes.set([7, 0x10, clock], 4);
      return bytes;
    };
    assert.deepEqual(duplicatesIn([packet(0), withClock(1), withClock(2), packet(2)]), [2]);
  });

  it("are packets of no stream when they are read, wherever reading begins", async () => {
    const all = packets(...range(0, 30), ...range(25, 60));
    const file = Buffer.concat(all);
    const once = await readWithoutDuplicates(
      (start, length) => Promise.resolve(file.subarray(start, start + length)),
      file.length,
    );
    for (const first of [0, 27, 33]) {
      const read = await once(first * PACKET_BYTES + 5, 20 * PACKET_BYTES);
      const whole = range(0, 19).map((place) => read.subarray((place + 1) * PACKET_BYTES - 5));
      const isRepeat = (place: number): boolean => place >= 30 && place < 35;
      assert.deepEqual(
        whole.map((one) => pidOf(one)),
        range(first + 1, first + 20).map((place) => (isRepeat(place) ? NULL_PID : PICTURES)),
      );
    }
  });

  it("are looked for near elementary packets that may lack a part", async () => {
    const look = (...all: Buffer[]): Promise<boolean> => {
      const file = Buffer.concat(all);
      const read = (start: number, length: number) => Promise.resolve(file.subarray(start, start + length));
      return hasDuplicates(read, [{ before: 10 * PACKET_BYTES, after: 15 * PACKET_BYTES }]);
    };
    assert.equal(await look(...packets(...range(0, 10), ...range(5, 40))), true);
    assert.equal(await look(...packets(...range(0, 12), ...range(14, 40))), false);
  });
});
