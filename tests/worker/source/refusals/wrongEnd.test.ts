import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { clipDirectory, ffmpeg } from "../../../support/clips";
import { FINE } from "../../exactness/check";
import { planOf } from "../../exactness/inProcess";

const PICTURES = ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=2"];
const SOUND = ["-f", "lavfi", "-i", "sine=d=2"];
const PAUSED = ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=14,select='lt(n,50)+eq(n,325)'"];
const LONG_SOUND = ["-f", "lavfi", "-i", "sine=d=14"];
const CODEC = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-c:a", "aac", "-fps_mode", "passthrough"];

/** Adds a number of milliseconds to the time of the last picture. */
async function delayLast(file: string, milliseconds: number): Promise<void> {
  const bytes = await readFile(file);
  let last = 0;
  for (let at = 13; at < bytes.length; at += 15 + bytes.readUIntBE(at + 1, 3)) {
    if (bytes[at] === 9 && bytes[at + 12] === 1) last = at;
  }
  bytes.writeUIntBE(bytes.readUIntBE(last + 4, 3) + milliseconds, last + 4, 3);
  await writeFile(file, bytes);
}

describe("the last picture of an FLV", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  it("may have no wrong time", async () => {
    const file = join(path, "wrong.flv");
    await ffmpeg(...PICTURES, ...SOUND, ...CODEC, file);
    await delayLast(file, 65_536);
    await assert.rejects(planOf(file, `${file} out`, FINE), {
      name: "InputError",
      message:
        '"wrong.flv" has a wrong time at its end: its last picture comes at 67.5 seconds, and all others within 2.0; leave it out with: ffmpeg -i IN.flv -t 2.1 -c copy OUT.mkv.',
    });
    await ffmpeg("-i", file, "-t", "2.1", "-c", "copy", join(path, "mended.mkv"));
    const { source } = await planOf(join(path, "mended.mkv"), join(path, "mended out"), FINE);
    assert.equal(source.frames, 49);
  });

  it("may come after a pause in which sound goes on", async () => {
    const file = join(path, "paused.flv");
    await ffmpeg(...PAUSED, ...LONG_SOUND, ...CODEC, file);
    const { source } = await planOf(file, `${file} out`, FINE);
    assert.equal(source.frames, 51);
  });
});
