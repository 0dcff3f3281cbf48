import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import type { LadderRendition } from "../../../contract/plan";
import type { Manifest } from "../../../contract/manifest";
import { clipDirectory, ffmpeg, ffprobe } from "../../support/clips";
import { needing } from "../../support/ffmpegNeeds";
import { makeAll } from "../exactness/inProcess";
import { headersOf } from "../streams";
import { LADDER } from "../workerProcess";

const run = promisify(execFile);

const QUALITY = { height: 64, preset: "ultrafast", crf: 12, maxBitrateKbps: 2000 };
/** What some builds lack: the filter that tone-maps, 10 bits in HEVC and VP9, and a decoder for AV1. */
const HDR = [
  "ffmpeg filter zscale",
  "ffmpeg encoder libx265 yuv420p10le",
  "ffmpeg encoder libvpx-vp9 yuv420p10le",
  "ffmpeg decoder av1",
] as const;
/** Luma of 203 cd/m² and of 10 cd/m², in 10 bits. */
const PQ = { bright: 573, dark: 326 };

interface Made {
  /** Decoded luma, Cb and Cr in the middle of the left and the right half of a rendition's first picture. */
  pixels: (name: string) => Promise<[left: number[], right: number[]]>;
  /** How ffprobe describes its colours: format, range, matrix, transfer, primaries. */
  colours: (name: string) => Promise<string>;
  codecs: Record<string, string>;
  path: (name: string) => string;
}

const near = (found: number | undefined, expected: number, tolerance: number, what: string): void =>
  assert.ok(Math.abs((found ?? NaN) - expected) <= tolerance, `${what}: ${found}, expected ${expected}`);

const chromaPosition = async (path: string): Promise<number | undefined> =>
  (await headersOf(path)).get("chroma_sample_position");

describe("colours", () => {
  let directory: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ path: directory, remove } = await clipDirectory());
  });
  after(() => remove());

  /** Processes a clip whose left and right halves have one colour each. */
  async function made(
    name: string,
    format: string,
    halves: [left: string, right: string],
    marks: string,
    encoder: readonly string[],
    renditions: readonly (Partial<LadderRendition> & { name: string })[],
  ): Promise<Made> {
    const half = (values: string): string => `color=black:s=64x64:r=25:d=0.4,format=${format},lutyuv=${values}`;
    const graph = `${half(halves[0])}[a];${half(halves[1])}[b];[a][b]hstack`;
    const source = join(directory, `${name}.mp4`);
    await ffmpeg("-f", "lavfi", "-i", graph, "-vf", `setparams=${marks}`, ...encoder, source);
    const output = join(directory, `${name} out`);
    const plan = await makeAll(source, output, {
      ...LADDER,
      renditions: renditions.map((rendition) => ({ ...QUALITY, ...rendition })),
    });
    assert.equal(plan.renditions.length, renditions.length);
    const path = (rendition: string): string => join(output, `mp4/${rendition}.mp4`);
    const { renditions: streams } = JSON.parse(await readFile(join(output, "manifest.json"), "utf8")) as Manifest;
    return {
      path,
      codecs: Object.fromEntries(streams.map(({ name: rendition, codec }) => [rendition, codec])),
      pixels: async (rendition) => {
        const options = ["-v", "error", "-nostdin", "-i", path(rendition), "-frames:v", "1", "-f", "rawvideo", "-"];
        const { stdout } = await run("ffmpeg", options, { encoding: "buffer" });
        const [width, height] = [128, 64];
        const bytes = stdout.length > width * height * 1.5 ? 2 : 1;
        const at = (index: number): number => (bytes === 2 ? stdout.readUInt16LE(index * 2) : stdout.readUInt8(index));
        const chroma = (plane: number, x: number): number =>
          at(width * height + (plane * width * height) / 4 + (height / 4) * (width / 2) + x / 2);
        const pixel = (x: number): number[] => [at((height / 2) * width + x), chroma(0, x), chroma(1, x)];
        return [pixel(32), pixel(96)];
      },
      colours: async (rendition) => {
        const entries = "stream=pix_fmt,color_range,color_space,color_transfer,color_primaries";
        return (await ffprobe(path(rendition), entries, "-select_streams", "v"))[0]?.join(" ").trim() ?? "";
      },
    };
  }

  needing(...HDR).it("of PQ are kept with the description of the display, or tone-mapped", async () => {
    const display = "G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)";
    const pq = await made(
      "pq",
      "yuv420p10le",
      [`y=${PQ.bright}:u=512:v=512`, `y=${PQ.dark}:u=512:v=512`],
      "range=tv:color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc",
      [
        ...["-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-crf", "8", "-tag:v", "hvc1"],
        ...["-x265-params", `log-level=none:hdr10=1:master-display=${display}:max-cll=1000,400`],
      ],
      [
        { name: "h264" },
        { name: "hevc", codec: "hevc" },
        { name: "hevc-sdr", codec: "hevc", dynamicRange: "sdr" },
        { name: "hevc-8", codec: "hevc", bitDepth: 8 },
        { name: "av1", codec: "av1" },
        { name: "vp9", codec: "vp9" },
      ],
    );
    const { av1 = "", vp9 = "", ...others } = pq.codecs;
    // The position of chroma depends on the encoder.
    assert.equal(av1, `av01.0.00M.10.0.11${await chromaPosition(pq.path("av1"))}.09.16.09.0`);
    assert.match(vp9, /^vp09\.02\.10\.10\.0[01]\.09\.16\.09\.00$/);
    assert.deepEqual(others, {
      "h264": "avc1.42c015",
      "hevc": "hvc1.2.4.L63.90",
      "hevc-sdr": "hvc1.2.4.L63.90",
      "hevc-8": "hvc1.1.6.L63.90",
    });
    for (const name of ["hevc", "av1", "vp9"]) {
      assert.equal(await pq.colours(name), "yuv420p10le tv bt2020nc smpte2084 bt2020", name);
      const [left, right] = await pq.pixels(name);
      near(left[0], PQ.bright, 4, name);
      near(right[0], PQ.dark, 4, name);
      const [data = []] = await ffprobe(pq.path(name), "stream_side_data=red_x,max_luminance,max_content");
      const [red, luminance] = data.map((text) => text.split("/").map(Number)).map(([a = 0, b = 1]) => a / b);
      near(red, 0.68, 0.0001, `red of ${name}`);
      near(luminance, 1000, 0.01, `luminance of ${name}`);
    }
    for (const [name, format, factor] of [
      ["h264", "yuv420p", 1],
      ["hevc-8", "yuv420p", 1],
      ["hevc-sdr", "yuv420p10le", 4],
    ] as const) {
      assert.equal(await pq.colours(name), `${format} tv bt709 bt709 bt709`, name);
      const [left, right] = await pq.pixels(name);
      near(left[0], 202 * factor, 3 * factor, `a white page in ${name}`);
      near(right[0], 78 * factor, 3 * factor, `a dark one in ${name}`);
      near(left[1], 128 * factor, 2 * factor, `grey stays grey in ${name}`);
      assert.deepEqual(await ffprobe(pq.path(name), "stream_side_data=red_x"), [], name);
    }
  });

  needing(...HDR).it("of HLG are kept, or tone-mapped", async () => {
    const hlg = await made(
      "hlg",
      "yuv420p10le",
      ["y=721:u=512:v=512", "y=397:u=512:v=512"],
      "range=tv:color_primaries=bt2020:color_trc=arib-std-b67:colorspace=bt2020nc",
      ["-c:v", "libx265", "-preset", "ultrafast", "-crf", "8", "-tag:v", "hvc1", "-x265-params", "log-level=none"],
      [{ name: "h264" }, { name: "av1", codec: "av1" }],
    );
    assert.equal(await hlg.colours("av1"), "yuv420p10le tv bt2020nc arib-std-b67 bt2020");
    const position = await chromaPosition(hlg.path("av1"));
    assert.equal(hlg.codecs["av1"], `av01.0.00M.10.0.11${position}.09.18.09.0`);
    assert.equal(await hlg.colours("h264"), "yuv420p tv bt709 bt709 bt709");
    near((await hlg.pixels("av1"))[0][0], 721, 4, "kept");
    const [left, right] = await hlg.pixels("h264");
    near(left[0], 202, 3, "a white page");
    near(right[0], 109, 3, "a darker one");
  });

  needing("ffmpeg encoder libvpx-vp9 yuv420p10le").it("of SDR with 10 bits are kept, or rounded to 8", async () => {
    const deep = await made(
      "deep",
      "yuv420p10le",
      ["y=502:u=512:v=512", "y=250:u=400:v=600"],
      "range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709",
      ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "4", "-pix_fmt", "yuv420p10le"],
      [{ name: "h264" }, { name: "vp9", codec: "vp9" }, { name: "vp9-8", codec: "vp9", bitDepth: 8 }],
    );
    assert.equal(await deep.colours("vp9"), "yuv420p10le tv bt709 bt709 bt709");
    assert.deepEqual(deep.codecs, { "h264": "avc1.42c015", "vp9": "vp09.02.10.10", "vp9-8": "vp09.00.10.08" });
    near((await deep.pixels("vp9"))[0][0], 502, 2, "10 bits");
    near((await deep.pixels("vp9-8"))[0][0], 125.5, 1.5, "8 bits");
    near((await deep.pixels("h264"))[1][2], 150, 1.5, "8 bits of H.264");
  });

  it("of BT.601 in the full range become BT.709 in the limited range", async () => {
    const old = await made(
      "old",
      "yuvj420p",
      ["y=76:u=85:v=255", "y=29:u=255:v=107"],
      "range=pc:color_primaries=bt709:color_trc=bt709:colorspace=smpte170m",
      ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "2", "-pix_fmt", "yuvj420p"],
      [{ name: "h264" }, { name: "hevc", codec: "hevc" }],
    );
    for (const name of ["h264", "hevc"]) {
      assert.equal(await old.colours(name), "yuv420p tv bt709 bt709 bt709");
      const [red, blue] = await old.pixels(name);
      [63, 102, 240].forEach((value, plane) => near(red[plane], value, 3, `red, plane ${plane}`));
      [32, 240, 118].forEach((value, plane) => near(blue[plane], value, 3, `blue, plane ${plane}`));
    }
  });

  it("of the NTSC gamut become those of BT.709", async () => {
    const ntsc = await made(
      "ntsc",
      "yuv420p",
      ["y=81:u=90:v=240", "y=126:u=128:v=128"],
      "range=tv:color_primaries=smpte170m:color_trc=smpte170m:colorspace=smpte170m",
      ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "2", "-pix_fmt", "yuv420p"],
      [{ name: "h264" }],
    );
    assert.equal(await ntsc.colours("h264"), "yuv420p tv bt709 bt709 bt709");
    const [red, grey] = await ntsc.pixels("h264");
    // Both are shown on a display for BT.709, in which the red of SMPTE C has some green.
    [89, 79, 218].forEach((value, plane) => near(red[plane], value, 4, `red, plane ${plane}`));
    [126, 128, 128].forEach((value, plane) => near(grey[plane], value, 1, `grey, plane ${plane}`));
  });
});
