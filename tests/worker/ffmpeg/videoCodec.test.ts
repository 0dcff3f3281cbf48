import assert from "node:assert/strict";

import type { Plan, PlanRendition } from "../../../components/workflow/plan";
import { videoCodec } from "../../../worker/ffmpeg/videoCodec";

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

describe("videoCodec", () => {
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
      { "-c:v": "libx264", "-crf": undefined, "-b:v": "2000k", "-maxrate": "3000k", "-threads": "4" },
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
  for (const [what, settings, wanted] of cases) {
    it(`is ${what}, with keyframes only where they are forced`, () => {
      const args = videoCodec(PLAN, { ...RENDITION, ...settings }, undefined);
      for (const [name, value] of Object.entries(wanted)) assert.equal(option(args, name), value, name);
      assert.equal(option(args, "-g"), "100000");
      assert.equal(option(args, "-flags"), "+cgop+bitexact");
      assert.match(option(args, "-force_key_frames") ?? "", /^expr:if\(isnan\(prev_forced_t\),1,gt\(floor\(/);
    });
  }
});
