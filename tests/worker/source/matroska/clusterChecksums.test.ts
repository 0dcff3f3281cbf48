import assert from "node:assert/strict";
import { crc32 } from "node:zlib";

import { type BrokenCluster, ClusterChecksums } from "../../../../worker/source/matroska/clusterChecksums";
import { element } from "./element";

const [FILE, SEGMENT, TAGS, CLUSTER, CHECKSUM, BLOCK] = [0x1a45dfa3, 0x18538067, 0x1254c367, 0x1f43b675, 0xbf, 0xa3];

/** A cluster with a block of some bytes, and with a checksum or without. */
function cluster(fill: number, checked = true): Buffer {
  const block = element(BLOCK, Buffer.alloc(50, fill));
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(block));
  return element(CLUSTER, checked ? Buffer.concat([element(CHECKSUM, sum), block]) : block);
}

/** What is found in a file of these clusters, of which some are changed, with a picture and a later one in each. */
async function find(
  clusters: readonly Buffer[],
  changed: readonly number[],
  read = Infinity,
): Promise<BrokenCluster[]> {
  const tags = element(TAGS, Buffer.alloc(30));
  const file = Buffer.concat([element(FILE, Buffer.alloc(9)), element(SEGMENT, Buffer.concat([tags, ...clusters]))]);
  const places = clusters.map((one) => file.indexOf(one));
  for (const number of changed) file[places[number]! + 40]! ^= 1;
  const bytes = Math.min(file.length, read);
  const input = {
    bytes,
    read: (start: number, length: number) => Promise.resolve(file.subarray(start, Math.min(bytes, start + length))),
  };
  const checksums = ClusterChecksums.of(input, { format_name: "matroska,webm" })!;
  for (const [number, place] of places.entries()) {
    for (const pts of [1000 * number + 40, 1000 * number]) {
      await checksums.add({ pts, duration: 40, position: place + 20 });
    }
  }
  await checksums.finish();
  return checksums.broken;
}

describe("the checksums of Matroska's clusters", () => {
  it("show which of them were changed, and what time their pictures take", async () => {
    const clusters = [1, 2, 3, 4].map((fill) => cluster(fill));
    assert.deepEqual(await find(clusters, []), []);
    assert.deepEqual(await find(clusters, [1, 3]), [
      { from: 1000, to: 1080 },
      { from: 3000, to: 3080 },
    ]);
  });

  it("show nothing where there are none, or where the file ends within", async () => {
    assert.deepEqual(await find([cluster(1, false), cluster(2)], [0]), []);
    const clusters = [cluster(1), cluster(2)];
    assert.deepEqual(await find(clusters, [1], 200), []);
  });

  it("are looked for in no other container", () => {
    const input = { bytes: 0, read: () => Promise.reject(new Error("It was read.")) };
    assert.equal(ClusterChecksums.of(input, { format_name: "mov,mp4,m4a,3gp,3g2,mj2" }), undefined);
  });
});
