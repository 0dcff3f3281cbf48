import assert from "node:assert/strict";

import type { Plan, PlanRendition } from "../../../../contract/plan";
import { videoEncoderOf } from "../../../../worker/video/codecs/videoCodecs";

const PLAN = {
  source: { frameRate: [30_000, 1001] },
  timeline: { timescale: 30_000, origin: 0, offset: 300_000 },
  gopSeconds: 2,
} as unknown as Plan;
const RENDITION: PlanRendition = { name: "720p", height: 720, width: 1280, pictureHeight: 720, preset: "fast" };

function option(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}

describe("videoEncoderOf", () => {
  const cases: [string, Partial<PlanRendition>, Record<string, string | undefined>][] = [
    [
      "x264 at a quality below a ceiling",
      { crf: 22, maxBitrateKbps: 3500 },
      {
        "-c:v": "libx264",
        "-preset": "fast",
        "-crf": "22",
        "-b:v": undefined,
        "-maxrate": "3500k",
        "-bufsize": "7000k",
      },
    ],
    [
      "x264 at a bitrate",
      { bitrateKbps: 2000 },
      {
        "-c:v": "libx264",
        "-crf": undefined,
        "-b:v": "2000k",
        "-maxrate": "3000k",
        "-threads": "4",
      },
    ],
    [
      "a GPU at a quality below a ceiling",
      { encoder: "nvenc", crf: 22, maxBitrateKbps: 3500 },
      { "-c:v": "h264_nvenc", "-preset": "p4", "-cq": "22", "-b:v": "0", "-maxrate": "3500k", "-crf": undefined },
    ],
    [
      "a GPU at a bitrate",
      { encoder: "nvenc", bitrateKbps: 2000, preset: "veryslow" },
      { "-c:v": "h264_nvenc", "-preset": "p7", "-cq": undefined, "-b:v": "2000k", "-x264-params": undefined },
    ],
  ];
  const others: [string, Partial<PlanRendition>, Record<string, string | undefined>][] = [
    [
      "x265",
      { codec: "hevc", crf: 24, maxBitrateKbps: 2450, colour: { bitDepth: 10, range: "SDR" } },
      {
        ...{ "-c:v": "libx265", "-tag:v": "hvc1", "-preset": "fast", "-profile:v": "main10", "-crf": "24" },
        ...{ "-maxrate": "2450k", "-bufsize": "4900k", "-g": "100000", "-forced-idr": "1" },
        "-x265-params":
          "fps=30000/1001:open-gop=0:scenecut=0:frame-threads=1:const-vbv=1:pools=4:info=0:log-level=error",
      },
    ],
    [
      "x265 at a bitrate",
      { codec: "hevc", bitrateKbps: 2000 },
      { "-crf": undefined, "-b:v": "2000k", "-maxrate": "3000k", "-profile:v": "main" },
    ],
    [
      "libvpx",
      { codec: "vp9", crf: 32, maxBitrateKbps: 2450, preset: "medium" },
      {
        ...{ "-c:v": "libvpx-vp9", "-deadline": "good", "-cpu-used": "2", "-crf": "32", "-b:v": "2450k" },
        ...{ "-profile:v": "0", "-tile-columns": "2", "-row-mt": "1", "-threads": "4", "-g": "100000" },
      },
    ],
    [
      "libvpx at a bitrate",
      { codec: "vp9", bitrateKbps: 2000, preset: "ultrafast", colour: { bitDepth: 10, range: "SDR" } },
      { "-deadline": "realtime", "-cpu-used": "8", "-crf": undefined, "-b:v": "2000k", "-profile:v": "2" },
    ],
    [
      "SVT-AV1, which has keyframes every so many pictures",
      { codec: "av1", crf: 32, maxBitrateKbps: 2100 },
      {
        ...{ "-c:v": "libsvtav1", "-preset": "8", "-crf": "32", "-svtav1-params": "lp=1:mbr=2100" },
        ...{ "-g": "60", "-force_key_frames": undefined },
      },
    ],
    [
      "SVT-AV1 at a bitrate",
      { codec: "av1", bitrateKbps: 2000, preset: "veryslow" },
      { "-preset": "3", "-crf": undefined, "-b:v": "2000k", "-svtav1-params": "lp=1" },
    ],
    [
      "a GPU's HEVC",
      { codec: "hevc", encoder: "nvenc", crf: 24, colour: { bitDepth: 10, range: "PQ" } },
      { "-c:v": "hevc_nvenc", "-tag:v": "hvc1", "-profile:v": "main10", "-cq": "24", "-g": "100000" },
    ],
    [
      "a GPU's AV1",
      { codec: "av1", encoder: "nvenc", bitrateKbps: 2000 },
      { "-c:v": "av1_nvenc", "-b:v": "2000k", "-g": "100000", "-svtav1-params": undefined },
    ],
  ];
  for (const [what, settings, wanted] of others) {
    it(`returns ${what}`, () => {
      const rendition = { ...RENDITION, ...settings };
      const args = videoEncoderOf(rendition).arguments(PLAN, rendition);
      for (const [name, value] of Object.entries(wanted)) assert.equal(option(args, name), value, name);
    });
  }

  for (const [what, settings, wanted] of cases) {
    it(`returns ${what}, with keyframes only where they are forced`, () => {
      const rendition = { ...RENDITION, ...settings };
      const args = videoEncoderOf(rendition).arguments(PLAN, rendition);
      for (const [name, value] of Object.entries(wanted)) assert.equal(option(args, name), value, name);
      assert.equal(option(args, "-g"), "100000");
      assert.equal(option(args, "-flags"), "+cgop+bitexact");
      assert.match(option(args, "-force_key_frames") ?? "", /^expr:if\(isnan\(prev_forced_t\),1,gt\(floor\(/);
    });
  }

  it("returns a grid only for SVT-AV1", () => {
    const withGrid = (settings: Partial<PlanRendition>): boolean =>
      videoEncoderOf({ ...RENDITION, ...settings }).gopGrid !== undefined;
    assert.equal(withGrid({ codec: "av1" }), true);
    assert.equal(withGrid({ codec: "av1", encoder: "nvenc" }), false);
    assert.equal(withGrid({ codec: "hevc" }), false);
  });

  it("refuses an encoder that does not encode the codec", () => {
    assert.throws(() => videoEncoderOf({ ...RENDITION, codec: "vp9", encoder: "nvenc" }), {
      name: "InputError",
      message:
        "Rendition 720p can't have encoder nvenc, which does not encode vp9. Omit encoder, or use h264, hevc, av1.",
    });
  });
});
