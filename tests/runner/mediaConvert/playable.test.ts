import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { VirtualClock } from "../../../runner/clock/clock";
import { PreparedLadder } from "../../../runner/mediaConvert/ladder";
import { MediaConvertService } from "../../../runner/mediaConvert/service";
import { clipDirectory, ffprobe } from "../../support/clips";
import { prepareLadder } from "../../support/preparedLadder";
import { fileGroup, hlsGroup, jobRequest, mp4Output, videoOutput } from "./support";

describe("what MediaConvert's stand-in copies", () => {
  let directory: Awaited<ReturnType<typeof clipDirectory>>;
  before(async () => (directory = await clipDirectory()));
  after(() => directory.remove());

  it("plays", async () => {
    const ladder = join(directory.path, "ladder");
    await prepareLadder(ladder, [180, 360], 5);
    const pathOf = (uri: string): string => join(directory.path, uri.replace("s3://", ""));
    const service = new MediaConvertService({
      ...{ clock: new VirtualClock(), ladder: new PreparedLadder(ladder) },
      put: (uri, content) => {
        mkdirSync(dirname(pathOf(uri)), { recursive: true });
        writeFileSync(pathOf(uri), content);
      },
    });
    const job = service.create(
      jobRequest([
        hlsGroup([videoOutput("360p", 360), videoOutput("180p", 180)]),
        fileGroup([mp4Output("180p", 180)], "s3://videos/whole"),
      ]),
      "arn:aws:mediaconvert:us-east-1:123456789012",
    );
    await service.whenEnded(job);
    assert.equal(job.assets.length, 10);
    const streams = await ffprobe(pathOf("s3://videos/out/master.m3u8"), "stream=codec_name,width,height");
    const lines = streams.map((cells) => cells.filter((cell) => cell !== "").join(","));
    assert.deepEqual(new Set(lines), new Set(["h264,640,360", "h264,320,180", "aac"]));
    const count = async (uri: string): Promise<string[][]> =>
      ffprobe(pathOf(uri), "stream=nb_read_frames", "-count_frames", "-select_streams", "v");
    assert.equal((await count("s3://videos/out/master_180p.m3u8"))[0]?.[0], "125");
    assert.equal((await count("s3://videos/whole_180p.mp4"))[0]?.[0], "125");
  });
});
