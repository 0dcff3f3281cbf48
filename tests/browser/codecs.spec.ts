import assert from "node:assert/strict";
import { join } from "node:path";

import type { Browser } from "playwright-core";

import type { LadderRendition } from "../../contract/plan";
import { chunksOf } from "../../worker/plan/chunks";
import { clipDirectory, makeClip } from "../support/clips";
import { openBrowser } from "../support/browser";
import { makeAll } from "../worker/exactness/inProcess";
import { LADDER } from "../worker/workerProcess";
import { Player } from "./player";
import { servePlayer } from "./server";

const SECONDS = 3;

describe("in Chromium, which decodes them as their codec strings say:", () => {
  let path: string;
  let remove: () => Promise<void>;
  let clip: string;
  let browser: Browser | undefined;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    browser = await openBrowser();
    clip = await makeClip(join(path, "clip.mp4"), { width: 128, height: 72, seconds: SECONDS });
  });
  after(async () => {
    await browser?.close();
    await remove();
  });

  const renditions: Partial<LadderRendition>[] = [{ codec: "vp9" }, { codec: "av1" }, { codec: "av1", bitDepth: 10 }];
  for (const { codec, bitDepth = 8 } of renditions) {
    it(`${codec} with ${bitDepth} bits plays through, and across a join after seeking`, async () => {
      const output = join(path, `${codec}-${bitDepth}`);
      const rendition = { name: "r", height: 72, preset: "ultrafast", crf: 30, maxBitrateKbps: 300, codec, bitDepth };
      const plan = await makeAll(clip, output, { ...LADDER, renditions: [rendition] });
      const server = await servePlayer(output);
      try {
        const player = await Player.open(browser as Browser, server.address, "hls/master.m3u8", 4);
        await player.until("video.ended");
        const [stretch, ...others] = await player.buffered();
        assert.deepEqual(others, [], "there is no gap");
        assert.ok(stretch && stretch[0] < 0.01 && Math.abs(stretch[1] - SECONDS) < 0.04, `buffered ${String(stretch)}`);
        await player.evaluate("(video.playbackRate = 1, 0)");
        const [, chunk] = chunksOf(plan);
        assert.ok(chunk, "there is a join");
        const at = (chunk.start - plan.timeline.offset) / plan.timeline.timescale;
        await player.seek(at - 0.15, at + 0.1);
        assert.deepEqual(await player.problems(), []);
        await player.page.close();
      } finally {
        server.close();
      }
    });
  }
});
