import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Probe, ProbeStream } from "../../../../worker/source/ffprobe/output";
import { withSource } from "../../../../worker/source/loopback/source";
import { withLaterPictures } from "../../../../worker/source/picture/laterPictures";
import { probe } from "../../../../worker/source/probe";
import { selectVideoStream } from "../../../../worker/source/videoStream";
import { storageFor } from "../../../../worker/storage/storageFor";
import { clipDirectory, ffmpeg } from "../../../support/clips";

describe("withLaterPictures", () => {
  it("refuses HEVC of which some pictures are single fields and others whole", async () => {
    const { path, remove } = await clipDirectory();
    try {
      const pieces: Buffer[] = [];
      for (const fields of ["", ":interlace=tff"]) {
        const codec = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", `log-level=none:keyint=25${fields}`];
        const picture = ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=1", "-pix_fmt", "yuv420p"];
        await ffmpeg(...picture, ...codec, "-f", "hevc", join(path, "piece"));
        pieces.push(await readFile(join(path, "piece")));
      }
      await writeFile(join(path, "mixed.hevc"), Buffer.concat(pieces));
      await ffmpeg("-r", "25", "-i", join(path, "mixed.hevc"), "-c", "copy", join(path, "mixed.mp4"));
      const uri = `file://${join(path, "mixed.mp4")}`;
      const storage = storageFor(uri);
      const looked = withSource(storage, uri, (await storage.stat(uri))!, async (input) => {
        const probed = await probe(input, "it", await input.read(0, 4096));
        return withLaterPictures(input, probed, selectVideoStream("it", probed), "it");
      });
      await assert.rejects(looked, {
        name: "InputError",
        message:
          "it is HEVC in which some pictures are single fields and others are whole frames, and these can't be joined into one video; encode it as H.264 or ProRes, or deinterlace it first.",
      });
    } finally {
      await remove();
    }
  });

  it("doesn't read what can have no fields", async () => {
    const unreadable = { url: "http://127.0.0.1:9/", name: "it", failed: new AbortController().signal };
    const video: ProbeStream = { index: 0, codec_name: "vp9", time_base: "1/25" };
    const known: Probe = {
      ...{ format: { format_name: "matroska", duration: "60" }, streams: [] },
      frames: [{ stream_index: 0, interlaced_frame: 0 }],
    };
    assert.equal(await withLaterPictures(unreadable, known, video, "it"), known);
  });
});
