import assert from "node:assert/strict";

import type { Browser, Page } from "playwright-core";

/** hls.js in a page, playing. What is evaluated is text, because the code runs in the browser and has its types. */
export class Player {
  private constructor(readonly page: Page) {}

  /** Opens a playlist and begins to play, at so many times the speed. */
  static async open(browser: Browser, address: string, playlist: string, rate = 1): Promise<Player> {
    const page = await browser.newPage();
    await page.goto(`${address}/`);
    await page.evaluate(`
      window.video = document.querySelector("video");
      window.problems = [];
      window.switched = [];
      window.heard = [];
      // A machine that is busy decodes late; what is missing stays missing, and is reported all the same.
      const detectStallWithCurrentTimeMs = 5000;
      window.hls = new Hls({ startLevel: 0, maxBufferLength: 60, backBufferLength: Infinity, detectStallWithCurrentTimeMs });
      hls.on(Hls.Events.ERROR, (_, { type, details, fatal, reason, buffer }) => {
        // With something ahead that can be shown, it is the decoder that has to wait for the machine.
        if (details !== "bufferStalledError" || buffer < 0.5) problems.push({ type, details, fatal, reason, buffer });
      });
      hls.on(Hls.Events.FRAG_CHANGED, (_, { frag }) => switched.push(frag.level));
      hls.on(Hls.Events.FRAG_BUFFERED, (_, { frag }) => { if (frag.type === "audio") heard.push(frag.url); });
      video.addEventListener("error", () => problems.push({ type: "element", details: video.error.message, fatal: true }));
      hls.loadSource(${JSON.stringify(`${address}/${playlist}`)});
      hls.attachMedia(video);
      hls.on(Hls.Events.MANIFEST_PARSED, () => { video.playbackRate = ${rate}; video.play(); });
      0`);
    return new Player(page);
  }

  /** Waits until an expression in the browser is true; what else was seen is in the error when it does not become so. */
  async until(expression: string): Promise<void> {
    try {
      await this.page.waitForFunction(expression, undefined, { timeout: 50_000, polling: 20 });
    } catch {
      const state = await this.evaluate(
        "({ at: video.currentTime, duration: video.duration, ready: video.readyState, paused: video.paused, problems, switched })",
      );
      assert.fail(`${expression} did not become true: ${JSON.stringify([state, await this.buffered()])}`);
    }
  }

  evaluate<T>(expression: string): Promise<T> {
    return this.page.evaluate<T>(expression);
  }

  /** Jumps, and waits until pictures move on from there. */
  async seek(from: number, past: number): Promise<void> {
    await this.evaluate(`(video.currentTime = ${from}, video.play(), 0)`);
    await this.until(`!video.seeking && video.currentTime > ${past}`);
  }

  /** The stretches of time that can be played without loading more. */
  buffered(): Promise<[from: number, to: number][]> {
    return this.evaluate(
      "Array.from({ length: video.buffered.length }, (_, i) => [video.buffered.start(i), video.buffered.end(i)])",
    );
  }

  /** What went wrong. A request that hls.js gives up because it wants another rendition is not among that. */
  problems(): Promise<{ details: string }[]> {
    return this.evaluate('problems.filter(({ fatal, type }) => fatal || type !== "networkError")');
  }
}
