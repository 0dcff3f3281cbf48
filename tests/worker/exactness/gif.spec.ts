import assert from "node:assert/strict";
import { join } from "node:path";

import { clipDirectory } from "../../support/clips";
import { LADDER } from "../workerProcess";
import { encode, picture } from "./ingredients";
import { makeAll } from "./inProcess";

describe("GIF in Matroska, which marks all of its pictures as keyframes", function () {
  this.timeout(60_000);
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  it("is decoded from its beginning, because pictures are painted over the ones before", async () => {
    const file = join(path, "painted.mkv");
    await encode(picture({ rate: "10", seconds: 4 }), ["-c:v", "gif"])(file);
    const { frames } = await makeAll(file, `${file} out`, { ...LADDER, parts: [{}], chunkSeconds: 1 });
    assert.deepEqual(frames, [40]);
  });
});
