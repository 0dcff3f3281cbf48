import assert from "node:assert/strict";
import { join } from "node:path";

import type { LadderRendition } from "../../../contract/plan";
import { ProgressReport } from "../../../worker/ffmpeg/progress";
import { stopAll } from "../../../worker/ffmpeg/run";
import { OwnedOutput } from "../../../worker/output/ownedOutput";
import { chunksOf } from "../../../worker/plan/chunks";
import { openSource } from "../../../worker/source/loopback/source";
import { storageFor } from "../../../worker/storage/storageFor";
import { publishChunk, TooFewFrames } from "../../../worker/video/publishChunk";
import { clipDirectory, makeClip } from "../../support/clips";
import { makeAll } from "../exactness/inProcess";
import { LADDER } from "../workerProcess";

const RENDITIONS = (["h264", "hevc", "vp9", "av1"] as const).map((codec): LadderRendition => ({
  ...{ name: codec, height: 64, preset: "ultrafast", crf: 30 },
  ...(codec === "h264" ? {} : { codec }),
}));

describe("a chunk without a picture that can be decoded", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ path, remove } = await clipDirectory());
  });
  after(async () => {
    stopAll();
    await remove();
  });

  for (const { name } of RENDITIONS) {
    it(`fails instead of waiting forever, in ${name}`, async () => {
      const source = await makeClip(join(path, `${name}.mp4`), { width: 96, height: 64, seconds: 0.4 });
      const renditions = RENDITIONS.filter((rendition) => rendition.name === name);
      const plan = await makeAll(source, join(path, name), { ...LADDER, renditions });
      const [rendition, chunk] = [plan.renditions[0]!, chunksOf(plan)[0]!];
      const storage = storageFor(plan.source.uri);
      const output = await OwnedOutput.open(storage, `file://${join(path, name)}`);
      const input = await openSource(storage, plan.source.uri, plan.source);
      const work = {
        ...{ output, rendition, input, subject: "the clip" },
        // After its end.
        chunk: { ...chunk, sourceStart: chunk.sourceEnd, sourceEnd: 2 * chunk.sourceEnd },
        encode: {
          fingerprint: plan.fingerprint,
          encodedBy: { ffmpeg: "5.1", libavcodec: "59.37.100", encoder: "none" },
        },
        report: new ProgressReport(() => undefined),
      };
      await assert.rejects(publishChunk([work], { seekMargin: 0 }), (error: Error) => {
        assert.ok(error instanceof TooFewFrames, error.stack);
        assert.equal(
          error.message,
          `the clip decodes to only 0 frames in chunk ${name}-1-00000, where its index lists 10; the video is damaged there.`,
        );
        return true;
      });
      input.close();
    });
  }
});
