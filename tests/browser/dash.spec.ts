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

describe("in Chromium with dash.js", () => {
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

  const until = async (page: Page, expression: string): Promise<void> => {
    try {
      await page.waitForFunction(expression, undefined, { timeout: 50_000, polling: 20 });
    } catch (error) {
      const state = await page.evaluate(`JSON.stringify({
        time: video.currentTime, seeking: video.seeking, paused: video.paused, readyState: video.readyState, problems,
        buffered: Array.from(video.buffered, (_, n) => [video.buffered.start(n), video.buffered.end(n)]),
      })`);
      throw new Error(`${expression}: not within 50 s; the player has ${String(state)}`, { cause: error });
    }
  };

  /** On a busy machine, a seek now and then makes dash.js wait for ever: what can't be played, no other page plays either. */
  async function playAcross(address: string, height: number, joins: number[], attempts = 3): Promise<void> {
    const page = await (browser as Browser).newPage();
    try {
      await playIn(page, address, height, joins);
    } catch (error) {
      if (attempts === 1 || !(error instanceof Error && error.message.includes("not within"))) throw error;
      await playAcross(address, height, joins, attempts - 1);
    } finally {
      await page.close();
    }
  }

  async function playIn(page: Page, address: string, height: number, joins: number[]): Promise<void> {
    await page.goto(`${address}/dash.html`);
    const heights = await page.evaluate<number[]>(`new Promise((resolve) => {
      window.video = document.querySelector("video");
      window.problems = [];
      window.player = dashjs.MediaPlayer().create();
      const heights = [];
      player.registerCustomCapabilitiesFilter((representation) => {
        if (representation.height) heights.push(representation.height);
        return !representation.height || representation.height === ${height};
      });
      player.on("error", ({ error }) => problems.push(error));
      player.on("streamInitialized", () => resolve(heights));
      player.initialize(video, ${JSON.stringify(`${address}/hls/manifest.mpd`)}, true);
    })`);
    assert.deepEqual(heights, [90, 180]);
    await until(page, "video.currentTime > 0.2");
    assert.equal(await page.evaluate("video.videoHeight"), height);
    for (const at of joins) {
      await page.evaluate(`(video.currentTime = ${at - 0.15}, video.play(), 0)`);
      await until(page, `!video.seeking && video.currentTime > ${at + 0.1}`);
    }
    await page.evaluate(`(video.currentTime = ${SECONDS - 0.5}, video.play(), 0)`);
    await until(page, "video.ended");
    assert.deepEqual(await page.evaluate("problems"), []);
  }

  it("plays, goes on across every join after seeking, in each rendition, and ends", async () => {
    const clip = await makeClip(join(path, "clip.mp4"), { width: 320, height: 180, seconds: SECONDS, sound: true });
    const output = join(path, "out");
    const plan = await makeAll(clip, output, TWO_RENDITIONS);
    const [start = 0, ...joins] = chunksOf(plan).map((chunk) => chunk.start);
    const server = await servePlayer(output);
    try {
      const times = joins.map((join) => (join - start) / plan.timeline.timescale).reverse();
      for (const { height } of TWO_RENDITIONS.renditions) await playAcross(server.address, height, times);
    } finally {
      server.close();
    }
  });
});
