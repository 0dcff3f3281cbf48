import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Manifest } from "../../../contract/manifest";
import { clipDirectory, ffmpeg, ffprobe } from "../../support/clips";
import { FINE } from "../exactness/check";
import { makeAll } from "../exactness/inProcess";

it("a first picture of which the decoder makes up a part is named, though ffprobe logs that with no picture", async () => {
  const { path, remove } = await clipDirectory();
  try {
    const file = join(path, "first.mov");
    const pictures = ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=1", "-c:v", "mpeg2video", "-q:v", "3", "-bf", "2"];
    await ffmpeg(...pictures, file);
    const [first] = await ffprobe(file, "packet=pos,size", "-select_streams", "v:0");
    const [size, position] = first!.map(Number) as [number, number];
    const bytes = await readFile(file);
    await writeFile(file, bytes.fill(0, position + size / 2, position + size));
    const output = join(path, "out");
    await makeAll(file, output, FINE, 1);
    const { damage } = JSON.parse(await readFile(join(output, "manifest.json"), "utf8")) as Manifest;
    const what = "the decoder made up parts of 1 picture, and pictures up to 0:00.5 may be wrong";
    assert.deepEqual(damage, [{ fromSeconds: 0, toSeconds: 0.04, what }]);
  } finally {
    await remove();
  }
});
