import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { clipDirectory, ffmpeg } from "../../support/clips";
import { FINE } from "../exactness/check";
import { planOf } from "../exactness/inProcess";

const [CLUSTER, DURATION] = [Buffer.from("1f43b675", "hex"), Buffer.from("448988", "hex")];

it("a Matroska file with an error that ends long before its header says is refused, with what to do", async () => {
  const { path, remove } = await clipDirectory();
  try {
    const file = join(path, "early.mkv");
    const pictures = ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=3", "-c:v", "libx264", "-g", "25"];
    await ffmpeg(...pictures, "-cluster_time_limit", "900", file);
    const bytes = await readFile(file);
    bytes.writeDoubleBE(6000, bytes.indexOf(DURATION) + DURATION.length);
    bytes.fill(0, bytes.lastIndexOf(CLUSTER), bytes.lastIndexOf(CLUSTER) + CLUSTER.length);
    await writeFile(file, bytes);
    await assert.rejects(planOf(file, `${file} out`, FINE), {
      name: "InputError",
      message: '"early.mkv" ends before its header says; upload or export it again.',
    });
  } finally {
    await remove();
  }
});
