import assert from "node:assert/strict";
import { join } from "node:path";

import { clipDirectory } from "../../support/clips";
import { needing } from "../../support/ffmpegNeeds";
import { assertExact, FINE } from "./check";
import { makeAll } from "./inProcess";
import { lost, SOURCES } from "./sources";

describe("every picture of the source is at its time, and the sound with it:", function () {
  this.timeout(60_000);
  let path: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ path, remove } = await clipDirectory());
  });
  after(() => remove());

  SOURCES.forEach((source, number) => {
    needing(...(source.needs ?? [])).it(source.name, () => assertExact(source, path, join(path, `out-${number}`)));
  });

  it("a picture that can't be decoded is an error, which names the place", async () => {
    const [source, output] = [join(path, "lost.mp4"), join(path, "out-lost")];
    await lost(source);
    await assert.rejects(makeAll(source, output, FINE), {
      name: "InputError",
      message:
        '"lost.mp4" decodes to only 29 frames in chunk 64p-1-00000, where its index lists 30; the video is damaged there.',
    });
  });
});
