import assert from "node:assert/strict";

import { rotationOf } from "../../../../worker/source/picture/rotation";

const turn = (rotation: number) => rotationOf({ side_data_list: [{ rotation }] });

describe("rotationOf", () => {
  it("is clockwise, where ffprobe counts counter-clockwise", () => {
    assert.deepEqual(turn(-90), { degrees: 90 });
    assert.deepEqual(turn(90), { degrees: 270 });
  });
  it("is a quarter turn if it is rounded to less, as ffmpeg takes it", () => {
    assert.deepEqual(turn(-89), { degrees: 90 });
    assert.deepEqual(turn(179), { degrees: 180 });
    assert.equal(turn(-359), undefined);
  });
  it("is what is stated otherwise", () => assert.deepEqual(turn(-45), { degrees: 45 }));
});
