import assert from "node:assert/strict";
import { join } from "node:path";

import type { Browser } from "playwright-core";

import type { Ladder, Plan } from "../../contract/plan";
import { clipDirectory, ffmpeg, makeClip } from "../support/clips";
import { chunksOf } from "../../worker/plan/chunks";
import { buildWorker, LADDER, WorkerRuns } from "../worker/workerProcess";
import { openBrowser } from "../support/browser";
import { Player } from "./player";
import { servePlayer } from "./server";

const SECONDS = 8;
const FRAME = 1 / 25;
/** hls.js counts from when the first picture is decoded, two frames before it is shown. */
const DELAY = 0;
const TWO_RENDITIONS: Ladder = {
  ...LADDER,
  renditions: [
    { name: "90p", height: 90, preset: "ultrafast", crf: 30, maxBitrateKbps: 300 },
    { name: "180p", height: 180, preset: "ultrafast", crf: 23, maxBitrateKbps: 900 },
  ],
  parts: [{ seconds: 2 }, {}],
  chunkSeconds: 2,
  segmentSeconds: 1,
};

describe("in Chromium with hls.js", () => {
  let path: string;
  let remove: () => Promise<void>;
  let worker: WorkerRuns;
  let plan: Plan;
  let server: Awaited<ReturnType<typeof servePlayer>>;
  let browser: Browser | undefined;
  let player: Player;

  before(async () => {
    ({ path, remove } = await clipDirectory());
    browser = await openBrowser();
    const bundle = await buildWorker(path);
    const single = await makeClip(join(path, "single.mp4"), { width: 320, height: 180, seconds: SECONDS, sound: true });
    const clip = join(path, "clip.mp4");
    const dubbed = ["-f", "lavfi", "-i", `sine=880:r=48000:d=${SECONDS}`, "-map", "0", "-map", "1", "-c:v", "copy"];
    await ffmpeg("-i", single, ...dubbed, "-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=ger", clip);
    worker = new WorkerRuns(bundle, `file://${clip}`, `file://${join(path, "out")}`, {}, TWO_RENDITIONS);
    server = await servePlayer(worker.path(""));
    await worker.succeed("metadata");
    plan = await worker.plan();
    assert.deepEqual(plan.parts, [{ chunks: 1 }, { chunks: 3 }]);
  });
  after(async () => {
    await browser?.close();
    server.close();
    await remove();
  });

  const transcode = async (rendition: string, part: number, index: number): Promise<void> => {
    const { code, lastLine } = await worker.transcode(rendition, part, index);
    assert.equal(code, 0, lastLine);
  };

  /** Players wait where the machine delivers late, and at the end of what is there. A hole is another problem, and makes two stretches. */
  const complaints = async () => (await player.problems()).filter(({ details }) => details !== "bufferStalledError");

  it("the opening plays while the rest is made, and goes on with what is added", async () => {
    await worker.succeed("audio");
    await transcode("90p", 1, 0);
    player = await Player.open(browser as Browser, server.address, "hls/master.m3u8", 2);
    await player.until("video.currentTime > 0.5");
    assert.equal(await player.evaluate("hls.latestLevelDetails.live"), true);

    await transcode("90p", 2, 0);
    await player.until("video.currentTime > 2.5");
    await transcode("90p", 2, 2);
    await transcode("90p", 2, 1);
    await player.until("video.ended");
    assert.deepEqual(await complaints(), []);
    await player.page.close();
  });

  it("the whole of it plays through, in one piece", async () => {
    for (const { part, index } of chunksOf(plan)) await transcode("180p", part, index);
    await worker.succeed("package");
    player = await Player.open(browser as Browser, server.address, "hls/master.m3u8", 4);
    await player.until("video.ended");
    const [stretch, ...others] = await player.buffered();
    assert.deepEqual(others, [], "there is no gap");
    assert.ok(
      stretch && Math.abs(stretch[0] - DELAY) < 0.01 && Math.abs(stretch[1] - DELAY - SECONDS) < FRAME,
      `buffered ${String(stretch)}`,
    );
    assert.deepEqual(await complaints(), []);
  });

  it("seeking across every join, with pictures moving on at each", async () => {
    await player.evaluate("(video.playbackRate = 1, 0)");
    const [start = 0, ...joins] = chunksOf(plan).map((chunk) => chunk.start);
    for (const join of joins.reverse()) {
      const at = (join - start) / plan.timeline.timescale;
      await player.seek(at - 0.15, at + 0.1);
    }
    assert.deepEqual(await complaints(), []);
  });

  it("switching to the other rendition and back", async () => {
    const levels = await player.evaluate<{ height: number; codecs: string }[]>(
      "hls.levels.map(({ height, codecs }) => ({ height, codecs }))",
    );
    assert.deepEqual(
      levels.map(({ height }) => height),
      [90, 180],
    );
    for (const level of [1, 0]) {
      await player.evaluate(`(hls.currentLevel = ${level}, 0)`);
      await player.seek(3 + level, 3.3 + level);
      await player.until(`video.videoHeight === ${levels[level]?.height}`);
      assert.equal(await player.evaluate("switched.at(-1)"), level);
    }
    // And as it comes, while playing.
    const before = await switchWhilePlaying();
    assert.equal(await player.evaluate("video.videoHeight"), 180);
    assert.ok((await player.evaluate<number>("video.currentTime")) < before + 5, "it did not jump");
    assert.deepEqual(await complaints(), []);
  });

  /** hls.js now and then gives up the request of a switch that meets a seek, and plays on to the end. */
  async function switchWhilePlaying(attempts = 3): Promise<number> {
    await player.seek(0.3, 0.4);
    const before = await player.evaluate<number>("(hls.nextLevel = 1, video.currentTime)");
    await player.until(`(video.videoHeight === 180 && video.currentTime > ${before}) || video.ended`);
    if (attempts === 1 || !(await player.evaluate<boolean>("video.ended"))) return before;
    return switchWhilePlaying(attempts - 1);
  }

  it("choosing the other track of sound, and coming back to the first", async () => {
    assert.deepEqual(await player.evaluate("hls.audioTracks.map(({ name, lang }) => [name, lang])"), [
      ["English", "en"],
      ["Deutsch", "de"],
    ]);
    for (const [track, directory, at] of [
      [1, "audio-2", 2],
      [0, "audio", 5],
    ] as const) {
      await player.evaluate(`(heard.length = 0, hls.audioTrack = ${track}, 0)`);
      await player.seek(at, at + 0.3);
      await player.until(`heard.at(-1)?.includes("/hls/${directory}/")`);
      assert.equal(await player.evaluate("hls.audioTrack"), track);
    }
    assert.deepEqual(await complaints(), []);
  });
});
