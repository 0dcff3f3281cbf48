import assert from "node:assert/strict";

import {
  findLostSound,
  findPartial,
  findScrambled,
  scrambledBytesBehind,
} from "../../../../worker/source/transport/lostPackets";
import { NULL_PID, PACKET_BYTES, PAT_PID } from "../../../../worker/source/transport/transportStream";

const [PICTURES, SOUND] = [0x100, 0x101];

/** A packet of a PID with a counter. Flags: contents, that its counter begins anew, and that a unit begins in it. */
function packet(pid: number, counter: number, { contents = true, anew = false, begins = false } = {}): Buffer {
  const bytes = Buffer.alloc(PACKET_BYTES, 0xff);
  bytes[0] = 0x47;
  bytes.writeUInt16BE(pid | (begins ? 0x4000 : 0), 1);
  bytes[3] = (contents ? 0x10 : 0) | (anew ? 0x20 : 0) | (counter % 16);
  if (anew) bytes.set([1, 0x80], 4);
  return bytes;
}

type What = typeof findLostSound;

/** How many pauses are found from one packet of a file to another, which are the first and the last one unless others are given. */
async function findWith(what: What, isWhole: boolean, packets: readonly Buffer[], [first, last] = [0, -1]) {
  const file = Buffer.concat(packets);
  const read = (start: number, length: number) => Promise.resolve(file.subarray(start, start + length));
  const placeOf = (number: number): number => PACKET_BYTES * (number < 0 ? packets.length + number : number);
  return (await what(read, [{ before: placeOf(first), after: placeOf(last) }], isWhole)).length;
}
const find = (...packets: Buffer[]): Promise<number> => findWith(findLostSound, true, packets);

const pictures = (from: number, count: number) => Array.from({ length: count }, (_, at) => packet(PICTURES, from + at));

describe("a pause in the sound of a transport stream", () => {
  it("is a loss where the counters of its packets jump, and of no others", async () => {
    assert.equal(await find(packet(SOUND, 3), ...pictures(0, 40), packet(SOUND, 7)), 1);
    assert.equal(await find(packet(SOUND, 15), ...pictures(0, 40), packet(SOUND, 0)), 0);
  });

  it("is none where the counters of pictures jump too, as between pieces that were put together", async () => {
    const another = [packet(PAT_PID, 0, { begins: true }), packet(PICTURES, 0, { begins: true }), ...pictures(1, 9)];
    assert.equal(await find(packet(SOUND, 3), ...pictures(0, 9), ...another, packet(SOUND, 7, { begins: true })), 0);
  });

  /** Tables and then sound, between pictures: whose counters begin anew, or go on. */
  const between = (anew: boolean): [packets: Buffer[], places: [number, number]] => {
    const tables = [0x11, PAT_PID].map((pid) => packet(pid, anew ? 0 : 1, { begins: true }));
    const begin = [packet(PAT_PID, 0, { begins: true }), packet(0x11, 0, { begins: true }), ...pictures(0, 9)];
    const next = anew ? 0 : 9;
    const end = [packet(PICTURES, next, { begins: true }), ...pictures(next + 1, 8)];
    const packets = [...begin, packet(SOUND, 3), ...tables, packet(SOUND, 7, { begins: true }), ...end];
    return [packets, [11, 14]];
  };

  it("is told from a place where pieces were put together by the packets around it", async () => {
    assert.equal(await findWith(findLostSound, true, ...between(true)), 0);
    assert.equal(await findWith(findLostSound, true, ...between(false)), 1);
  });

  it("is none where another piece may begin whose tables an edit has taken out", async () => {
    const packets = [
      packet(SOUND, 3),
      ...pictures(0, 9),
      packet(PICTURES, 0, { begins: true }),
      packet(SOUND, 7, { begins: true }),
    ];
    const ahead = [packet(PAT_PID, 0, { begins: true }), packet(SOUND, 2), packet(PICTURES, 15)];
    assert.equal(await findWith(findLostSound, false, [...ahead, ...packets], [3, -1]), 0);
    assert.equal(await findWith(findLostSound, true, [...ahead, ...packets], [3, -1]), 1);
  });

  it("is a loss where pictures lack packets in their middle too, as when a network loses several packets", async () => {
    assert.equal(await find(packet(SOUND, 3), ...pictures(0, 9), ...pictures(12, 9), packet(SOUND, 7)), 1);
  });

  it("is none by packets that aren't counted, come twice, or say that their counter begins anew", async () => {
    const [uncounted, nothing] = [packet(SOUND, 9, { contents: false }), packet(NULL_PID, 5)];
    assert.equal(await find(packet(SOUND, 3), packet(SOUND, 3), uncounted, nothing, packet(SOUND, 4)), 0);
    assert.equal(await find(packet(SOUND, 3), ...pictures(0, 3), packet(SOUND, 9, { anew: true })), 0);
  });

  it("isn't looked for in another container, or where nothing says where it is", async () => {
    const read = () => Promise.resolve(Buffer.alloc(1024));
    assert.deepEqual(await findLostSound(read, [{ before: 0, after: 188 }], true), []);
    const file = Buffer.concat(pictures(0, 9));
    const readFile = (start: number, length: number) => Promise.resolve(file.subarray(start, start + length));
    assert.deepEqual(await findLostSound(readFile, [{ before: NaN, after: 188 }], true), []);
  });
});

describe("an elementary packet of a transport stream", () => {
  const tables = packet(PAT_PID, 0, { begins: true });
  const first = packet(PICTURES, 0, { begins: true });
  const next = (counter: number): Buffer => packet(PICTURES, counter, { begins: true });
  const find = (...packets: Buffer[]): Promise<number> => findWith(findPartial, true, packets);

  it("lacks a part where its counter jumps, in its middle and at its end, whichever others do", async () => {
    assert.equal(await find(first, ...pictures(1, 3), ...pictures(6, 3), next(9)), 1);
    assert.equal(await find(first, packet(SOUND, 1), ...pictures(1, 3), packet(SOUND, 5), next(6)), 1);
    assert.equal(await find(first, ...pictures(1, 3), tables, ...pictures(6, 3), next(9)), 1);
  });

  it("lacks none where its counter goes on, or where tables and then a unit show that another piece begins", async () => {
    assert.equal(await find(first, ...pictures(1, 3), next(4)), 0);
    assert.equal(await find(first, ...pictures(1, 3), tables, next(9)), 0);
  });

  it("lacks a part only where its counter jumps in its middle, if edits have taken tables out", async () => {
    const findEdited = (...packets: Buffer[]): Promise<number> => findWith(findPartial, false, packets);
    assert.equal(await findEdited(first, ...pictures(1, 3), next(9)), 0);
    assert.equal(await findEdited(first, ...pictures(1, 3), ...pictures(6, 3), next(9)), 1);
  });
});

describe("scrambled packets of a transport stream", () => {
  const scrambled = (pid: number, counter: number): Buffer => {
    const bytes = packet(pid, counter, { begins: true });
    bytes[3]! |= 0x80;
    return bytes;
  };
  const descrambled = (pid: number, counter: number): Buffer => {
    const bytes = scrambled(pid, counter);
    bytes.writeUIntBE(1, 4, 3);
    return bytes;
  };
  const read = (packets: readonly Buffer[]) => {
    const file = Buffer.concat(packets);
    return (start: number, length: number) => Promise.resolve(file.subarray(start, start + length));
  };

  it("explain a pause of their own stream only", async () => {
    const packets = (pid: number) => [packet(SOUND, 0), ...pictures(0, 3), scrambled(pid, 1), packet(SOUND, 2)];
    const pauses = [{ before: 0, after: PACKET_BYTES * 5 }];
    assert.equal((await findScrambled(read(packets(SOUND)), pauses)).length, 1);
    assert.equal((await findScrambled(read(packets(PICTURES)), pauses)).length, 0);
  });

  it("are none that a receiver has descrambled, whatever their mark says", async () => {
    const packets = [packet(SOUND, 0), descrambled(SOUND, 1), packet(SOUND, 2)];
    assert.equal((await findScrambled(read(packets), [{ before: 0, after: PACKET_BYTES * 2 }])).length, 0);
    assert.equal(await scrambledBytesBehind(read([...packets, ...packets]), 0, PACKET_BYTES * 6), 0);
  });

  it("are what follows the last clear one of a stream", async () => {
    const packets = [...pictures(0, 8), packet(SOUND, 0), scrambled(PICTURES, 8), scrambled(SOUND, 1)];
    const bytesBehind = (some: readonly Buffer[]): Promise<number> =>
      scrambledBytesBehind(read(some), PACKET_BYTES * 4, PACKET_BYTES * some.length);
    assert.equal(await bytesBehind(packets), PACKET_BYTES * 2);
    assert.equal(await bytesBehind([...packets.slice(0, -2), scrambled(SOUND, 1)]), 0);
  });
});
