import assert from "node:assert/strict";

import { NumberList } from "../../../../worker/source/frames/numberList";

describe("NumberList", () => {
  it("keeps more numbers than a block has, and those that are set again", () => {
    const list = new NumberList(Float64Array);
    for (let number = 0; number < 100_000; number++) list.push(number / 2);
    list.set(0, -1);
    list.set(32_768, 2 ** 40);
    assert.equal(list.length, 100_000);
    assert.deepEqual(
      [0, 1, 32_767, 32_768, 99_999].map((index) => list.get(index)),
      [-1, 0.5, 16_383.5, 2 ** 40, 49_999.5],
    );
    const expected = Float64Array.from({ length: 100_000 }, (_, number) => number / 2);
    expected[0] = -1;
    expected[32_768] = 2 ** 40;
    assert.deepEqual(list.join(), expected);
  });

  it("joins blocks that are full, and none", () => {
    const list = new NumberList(Uint32Array);
    assert.deepEqual(list.join(), new Uint32Array(0));
    for (let number = 0; number < 1 << 16; number++) list.push(7);
    assert.deepEqual(list.join(), new Uint32Array(1 << 16).fill(7));
  });
});
