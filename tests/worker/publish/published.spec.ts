import assert from "node:assert/strict";
import { appendFile, copyFile, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Manifest } from "../../../contract/manifest";
import type { Ladder } from "../../../contract/plan";
import { clipDirectory, ffmpeg, ffprobe, makeClip } from "../../support/clips";
import { needing } from "../../support/ffmpegNeeds";
import { buildWorker, LADDER, WorkerRuns } from "../workerProcess";

const TWO_RENDITIONS: Ladder = {
  ...LADDER,
  renditions: [LADDER.renditions[0]!, { ...LADDER.renditions[0]!, name: "72p", height: 72 }],
  dash: true,
};

describe("a packaged video", () => {
  let path: string;
  let remove: () => Promise<void>;
  let bundle: string;
  let worker: WorkerRuns;
  let mark: string;
  let first90p: string;
  let first72p: string;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    bundle = await buildWorker(path);
    const clip = await makeClip(join(path, "clip.mp4"), { seconds: 3, rate: "30000/1001", sound: true });
    worker = new WorkerRuns(bundle, `file://${clip}`, `file://${join(path, "out")}`, {}, TWO_RENDITIONS);
    await worker.all();
    mark = await worker.mark("90p/1-00000");
    ({ file: first90p } = await worker.firstSegment("90p/1-00000"));
    ({ file: first72p } = await worker.firstSegment("72p/1-00000"));
  });
  after(() => remove());

  const text = (name: string): Promise<string> => readFile(worker.path(name), "utf8");

  it("has a playlist of keyframes, each a byte range that decodes by itself to the picture of its time", async () => {
    const playlist = await text("hls/90p/iframes.m3u8");
    const entries = [...playlist.matchAll(/#EXTINF:([\d.]+),\n#EXT-X-BYTERANGE:(\d+)@(\d+)\n(.+)/g)];
    let at = 10;
    for (const [, duration, bytes, offset, segment = ""] of entries) {
      const single = join(path, "single.mp4");
      await copyFile(worker.path(`hls/90p/init-${mark}.mp4`), single);
      const whole = await readFile(worker.path(`hls/90p/${segment}`));
      await appendFile(single, whole.subarray(Number(offset), Number(offset) + Number(bytes)));
      // The fragment lists pictures whose bytes are not in the range; only the first is asked for.
      const first = ["-select_streams", "v:0", "-read_intervals", "%+#1", "-v", "quiet"];
      const [[type, time] = []] = await ffprobe(single, "frame=pts_time,pict_type", ...first).then((rows) =>
        rows.map(([pts, kind]) => [kind, pts]),
      );
      assert.equal(type, "I");
      assert.ok(Math.abs(Number(time) - at) < 1e-5, `keyframe of ${segment} at ${time}, expected at ${at}`);
      at += Number(duration);
    }
    assert.ok(Math.abs(at - 10 - 90 * (1001 / 30_000)) < 1e-5);
    assert.equal(entries.length, 4, "the source has a keyframe about each second, and chunks begin at those");
  });

  it("lists the keyframes in the master playlist with what is transferred for them", async () => {
    const master = await text("hls/master.m3u8");
    const streams = [
      ...master.matchAll(/#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=(\d+),.*RESOLUTION=([^,]+),.*URI="(.+)"/g),
    ];
    assert.deepEqual(
      streams.map(([, , size, uri]) => [size, uri]),
      [
        ["128x72", "72p/iframes.m3u8"],
        ["160x90", "90p/iframes.m3u8"],
      ],
    );
    for (const [, bandwidth, , uri] of streams) {
      const rates = [...(await text(`hls/${uri}`)).matchAll(/#EXTINF:([\d.]+),\n#EXT-X-BYTERANGE:(\d+)/g)].map(
        ([, duration, bytes]) => (Number(bytes) * 8) / Number(duration),
      );
      const [least, most] = [Math.min(...rates), Math.max(...rates)];
      assert.ok(Number(bandwidth) >= least && Number(bandwidth) <= Math.ceil(most), `${bandwidth} of ${uri}`);
    }
  });

  needing("ffprobe demuxer dash").it("is DASH too, in which every frame and all the sound is found", async () => {
    const manifest = worker.path("hls/manifest.mpd");
    const counted = await ffprobe(manifest, "stream=codec_type,width,nb_read_frames", "-count_frames");
    // What belongs to a program is shown twice.
    const streams = [...new Set(counted.map((row) => row.join()))].sort().map((row) => row.split(","));
    const [sound = [], ...pictures] = streams.filter(([type]) => type !== "");
    assert.deepEqual(pictures, [
      ["video", "128", "90"],
      ["video", "160", "90"],
    ]);
    assert.deepEqual([sound[0], Math.abs(Number(sound[1]) - (3.003 * 48_000) / 1024) < 1], ["audio", true]);
  });

  it("is DASH too, of the same segments, from 0 on", async () => {
    const xml = await text("hls/manifest.mpd");
    assert.match(xml, /<MPD [^>]*type="static" mediaPresentationDuration="PT3\.\d+S" minBufferTime="PT2S">/);
    const { timescale, offset } = (await worker.plan()).timeline;
    for (const name of ["90p", "72p"]) {
      const from = xml.indexOf(`<Representation id="${name}"`);
      const representation = xml.slice(from, xml.indexOf("</Representation>", from));
      const template =
        `<SegmentTemplate timescale="${timescale}" presentationTimeOffset="${offset}" ` +
        `initialization="init-${mark}.mp4" media="$Time%09d$-${mark}.m4s">`;
      assert.ok(representation.includes(template), representation);
      const runs = [...representation.matchAll(/<S t="(\d+)" d="(\d+)"(?: r="(\d+)")?\/>/g)];
      const segments = runs.flatMap(([, time, duration, more = "0"]) =>
        Array.from({ length: Number(more) + 1 }, (_, index) => [
          Number(time) + index * Number(duration),
          Number(duration),
        ]),
      );
      const playlist = (await text(`hls/${name}/playlist.m3u8`)).split("\n").filter((line) => /^[^#]/.test(line));
      const names = segments.map(([time]) => `${String(time).padStart(9, "0")}-${mark}.m4s`);
      assert.deepEqual(names, playlist);
      let end = offset;
      for (const [time = 0, duration = 0] of segments) {
        assert.equal(time, end, "each begins where the one before ends");
        end += duration;
      }
      assert.equal(end - offset, Math.round(90 * (1001 / 30_000) * timescale));
    }
  });

  it("has an MP4 of each rendition, with the same pictures at the same times as its playlist", async () => {
    const decoded = async (name: string): Promise<string[]> => {
      const sums = await text(`${name}.framemd5`);
      return [...sums.matchAll(/^0, +-?\d+, +(-?\d+), .*, ([0-9a-f]{32})$/gm)].map(([, time, sum]) => `${time} ${sum}`);
    };
    for (const rendition of ["90p", "72p"]) {
      const files = [`mp4/${rendition}.mp4`, `hls/${rendition}/playlist.m3u8`];
      const outputs = files.flatMap((name, index) => {
        const timed = ["-map", `${index}:v`, "-vf", "setpts=PTS-STARTPTS", "-fps_mode", "passthrough"];
        return [...timed, "-enc_time_base", "1/90000", "-f", "framemd5", worker.path(`${name}.framemd5`)];
      });
      await ffmpeg(...files.flatMap((name) => ["-i", worker.path(name)]), ...outputs);
      const [mp4, hls] = await Promise.all(files.map(decoded));
      assert.equal(mp4?.length, 90);
      assert.deepEqual(mp4, hls);
      assert.deepEqual(
        mp4.map((picture) => Number(picture.split(" ")[0])),
        Array.from({ length: 90 }, (_, index) => index * 3003),
      );
      for (const name of files) await rm(worker.path(`${name}.framemd5`));
    }
  });

  it("gets and loses its DASH manifest without anything being encoded again", async () => {
    const { mtimeMs } = await stat(worker.path(first90p));
    const without = new WorkerRuns(bundle, worker.input, worker.output, {}, { ...TWO_RENDITIONS, dash: false });
    await without.succeed("metadata");
    await without.succeed("package");
    assert.equal((await worker.json<Manifest>("manifest.json")).dash, undefined);
    await assert.rejects(stat(worker.path("hls/manifest.mpd")), { code: "ENOENT" });
    await worker.succeed("metadata");
    await worker.succeed("package");
    const { dash } = await worker.json<Manifest>("manifest.json");
    assert.deepEqual(dash, { path: "hls/manifest.mpd", bytes: (await stat(worker.path("hls/manifest.mpd"))).size });
    assert.equal((await stat(worker.path(first90p))).mtimeMs, mtimeMs);
  });

  it("is made without what failed, of which nothing stays that leads to it, and is completed later", async () => {
    const missing = { renditions: ["72p"], features: true };
    const half = worker.path(`work/72p/2-00000-${mark}.json`);
    const record = await readFile(half);
    await rm(half);
    const segment = await readFile(worker.path(first72p));
    const { code, lastLine } = await worker.run(["package"]);
    assert.equal(code, 0, "what is complete already stays as it is");
    await worker.succeed("package", "--missing", JSON.stringify(missing));
    const manifest = await worker.json<Manifest>("manifest.json");
    assert.deepEqual(manifest.missing, missing, lastLine);
    assert.deepEqual(
      manifest.renditions.map(({ name }) => name),
      ["90p"],
    );
    assert.deepEqual(manifest.features, []);
    for (const name of ["hls/master.m3u8", "hls/manifest.mpd", "manifest.json"]) {
      assert.ok(!(await text(name)).replace(/"missing": {[^}]*}/, "").includes("72p"), name);
    }
    const gone = ["hls/72p/playlist.m3u8", "hls/72p/iframes.m3u8", "mp4/72p.mp4", "features/poster.jpg"];
    for (const name of gone) await assert.rejects(stat(worker.path(name)), { code: "ENOENT" }, name);
    assert.deepEqual(await readFile(worker.path(first72p)), segment);

    const incomplete = await worker.run(["package"]);
    assert.deepEqual(
      [incomplete.code, incomplete.lastLine],
      [3, "Chunk 72p-2-00000 is missing or was made for another plan; run its transcode job again."],
    );
    await assert.rejects(stat(worker.path("manifest.json")), { code: "ENOENT" });
    await writeFile(half, record);
    await worker.succeed("features");
    await worker.succeed("package");
    const whole = await worker.json<Manifest>("manifest.json");
    assert.deepEqual([whole.missing, whole.renditions.length, whole.features.length], [undefined, 2, 4]);
  });

  it("is not made when every rendition failed", async () => {
    const missing = JSON.stringify({ renditions: ["90p", "72p"], features: false });
    const { code, lastLine } = await worker.run(["package", "--missing", missing]);
    assert.deepEqual([code, lastLine], [1, "Every rendition of the plan has failed: there is nothing to package."]);
  });

  it("takes the place of the preview that somebody had to approve of", async () => {
    const { mtimeMs } = await stat(worker.path(first90p));
    const gated = new WorkerRuns(bundle, worker.input, worker.output, {}, { ...TWO_RENDITIONS, gated: true });
    await rm(worker.path("manifest.json"));
    await rm(worker.path("hls/master.m3u8"));
    for (const name of ["90p", "72p", "audio"]) await rm(worker.path(`hls/${name}/playlist.m3u8`));
    await gated.succeed("metadata");
    await gated.transcodeAll(await gated.plan());
    await gated.succeed("audio");
    assert.match(await text("hls/preview.m3u8"), /72p\/playlist\.m3u8/);
    await assert.rejects(stat(worker.path("hls/master.m3u8")), { code: "ENOENT" });
    await gated.succeed("package");
    assert.match(await text("hls/master.m3u8"), /72p\/playlist\.m3u8/);
    await assert.rejects(stat(worker.path("hls/preview.m3u8")), { code: "ENOENT" });
    assert.equal((await stat(worker.path(first90p))).mtimeMs, mtimeMs);
    await worker.succeed("metadata");
  });

  it("holds nothing that an earlier plan or a killed job left behind, and leaves what is being written", async () => {
    const strays = [
      "hls/90p/000300000-0a1b2c3d.m4s",
      "hls/audio/init-0a1b2c3d.mp4",
      ...["hls/48p/1-00000-00000-0a1b2c3d.m4s", "hls/48p/playlist.m3u8", "hls/48p/iframes.m3u8", "mp4/48p.mp4"],
      ...["hls/audio-2/init-0a1b2c3d.mp4", "hls/audio-2/audio-2-00000-0a1b2c3d.m4s.99999999.partial"],
      // No system has a process of this number.
      "hls/90p/init.mp4.99999999.partial",
      "mp4/90p.mp4.99999999.partial",
    ];
    const written = worker.path(`mp4/90p.mp4.${process.pid}.partial`);
    const foreign = ["hls/trailer/init.mp4", "hls/trailer/playlist.m3u8", "mp4/trailer.mp4"];
    for (const folder of ["48p", "audio-2", "trailer"]) await mkdir(worker.path(`hls/${folder}`));
    for (const name of [...strays, ...foreign]) await appendFile(worker.path(name), "x");
    await appendFile(written, "x");
    await rm(worker.path("manifest.json"));
    await worker.succeed("package");
    for (const stray of strays) await assert.rejects(stat(worker.path(stray)), { code: "ENOENT" }, stray);
    for (const name of foreign) assert.equal(await text(name), "x");
    await rm(written);
  });
});
