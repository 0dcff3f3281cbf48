import assert from "node:assert/strict";
import { join } from "node:path";

import { firstDifference, picturesOf } from "./measure";
import { clipDirectory } from "../support/clips";
import { FINE } from "../worker/exactness/check";
import { makeAll, planOf } from "../worker/exactness/inProcess";
import { encode, gop, picture, X264 } from "../worker/exactness/ingredients";
import { joinMovies } from "../worker/exactness/joinMovies";

const HEVC = [
  "-c:v",
  "libx265",
  "-preset",
  "ultrafast",
  "-crf",
  "10",
  "-tag:v",
  "hvc1",
  "-x265-params",
  "log-level=none:bframes=0",
];
const ALONE = [...gop(25), "-use_editlist", "0", "-video_track_timescale", "25000"];
const SECONDS = 2;

describe("pictures that an index describes in two ways", () => {
  let path: string;
  let remove: () => Promise<void>;
  const file = (name: string): string => join(path, name);
  before(async () => {
    ({ path, remove } = await clipDirectory());
    const of = (size: string, filter = ""): string[] => picture({ size, seconds: SECONDS, filter });
    await Promise.all([
      encode(of("96x64"), X264, ALONE)(file("first.mp4")),
      encode(of("192x128", ",negate"), X264, ALONE)(file("larger.mp4")),
      encode(of("96x64", ",negate"), X264, "-refs", "4", "-coder", "1", ALONE)(file("other.mp4")),
      encode(of("96x64", ",negate"), HEVC, ALONE)(file("hevc.mp4")),
    ]);
  });
  after(() => remove());

  for (const second of ["larger", "other"]) {
    it(`are all shown where they are in one codec: ${second}`, async () => {
      const joined = file(`with ${second}.mp4`);
      await joinMovies(joined, file("first.mp4"), file(`${second}.mp4`));
      const output = file(`${second} made`);
      const { source, damage } = await makeAll(joined, output, FINE);
      assert.deepEqual([source.frames, damage], [100, undefined]);
      const made = await picturesOf(`${output}/mp4/64p.mp4`);
      made.times.forEach((time, index) =>
        assert.ok(Math.abs(time - index / 25) < 0.001, `picture ${index} at ${time}`),
      );
      const halves = await Promise.all(["first", second].map((name) => picturesOf(file(`${name}.mp4`))));
      const right = { rgb: Buffer.concat(halves.map(({ rgb }) => rgb)), count: 100, times: [] };
      assert.deepEqual([made.count, firstDifference(made, right, 4)], [100, -1]);
    });
  }

  it("are refused where they are in two codecs", async () => {
    const joined = file("two.mp4");
    await joinMovies(joined, file("first.mp4"), file("hevc.mp4"));
    await assert.rejects(planOf(joined, file("two"), FINE), {
      name: "InputError",
      message:
        '"two.mp4" has pictures in more than one codec (avc1 and hvc1); convert its parts to the same codec and join them again.',
    });
  });
});
