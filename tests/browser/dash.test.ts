import assert from "node:assert/strict";
import { join } from "node:path";

import type { Browser, Page } from "playwright-core";

import type { Ladder } from "../../contract/plan";
import { chunksOf } from "../../worker/plan/chunks";
import { clipDirectory, makeClip } from "../support/clips";
import { openBrowser } from "../support/browser";
import { makeAll } from "../worker/exactness/inProcess";
import { LADDER } from "../worker/workerProcess";
import { servePlayer } from "./server";

const SECONDS = 8;
const [RENDITION] = LADDER.renditions;
const TWO_RENDITIONS: Ladder = {
  ...LADDER,
  dash: true,
  renditions: [90, 180].map((height) => ({ ...RENDITION!, name: `${height}p`, height })),
  parts: [{ seconds: 2 }, {}],
  chunkSeconds: 2,
  segmentSeconds: 1,
};

describe("in Chromium with dash.js", function () {
  this.timeout(60_000);
  let path: string;
  let remove: () => Promise<void>;
  let browser: Browser | undefined;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await remove();
  });

  const until = (page: Page, expression: string): Promise<unknown> =>
    page.waitForFunction(expression, undefined, { timeout: 15_000, polling: 20 });

  it("plays, goes on across every join after seeking, in each rendition, and ends", async () => {
    const clip = await makeClip(join(path, "clip.mp4"), { width: 320, height: 180, seconds: SECONDS, sound: true });
    const output = join(path, "out");
    const plan = await makeAll(clip, output, TWO_RENDITIONS);
    const server = await servePlayer(output);
    try {
      const page = await (browser as Browser).newPage();
      await page.goto(`${server.address}/dash.html`);
      await page.evaluate(`
        window.video = document.querySelector("video");
        window.problems = [];
        window.player = dashjs.MediaPlayer().create();
        player.updateSettings({ streaming: { abr: { autoSwitchBitrate: { video: false } } } });
        player.on("error", ({ error }) => problems.push(error));
        player.initialize(video, ${JSON.stringify(`${server.address}/hls/manifest.mpd`)}, true);
        0`);
      await until(page, "video.currentTime > 0.2");
      const qualities = await page.evaluate<number[]>(
        "player.getBitrateInfoListFor('video').map(({ height }) => height)",
      );
      assert.deepEqual(qualities, [90, 180]);
      const [start = 0, ...joins] = chunksOf(plan).map((chunk) => chunk.start);
      for (const [quality, height] of qualities.entries()) {
        await page.evaluate(`(player.setQualityFor("video", ${quality}, true), 0)`);
        for (const at of joins.reverse().map((join) => (join - start) / plan.timeline.timescale)) {
          await page.evaluate(`(video.currentTime = ${at - 0.15}, video.play(), 0)`);
          await until(page, `!video.seeking && video.currentTime > ${at + 0.1}`);
        }
        await until(page, `video.videoHeight === ${height}`);
      }
      await page.evaluate(`(video.currentTime = ${SECONDS - 0.5}, video.play(), 0)`);
      await until(page, "video.ended");
      assert.deepEqual(await page.evaluate("problems"), []);
      await page.close();
    } finally {
      server.close();
    }
  });
});
