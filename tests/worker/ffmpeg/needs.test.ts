import assert from "node:assert/strict";

import type { Plan, PlanSource } from "../../../contract/plan";
import { needsOfPlan } from "../../../worker/commands/needs";
import { needsOf } from "../../../worker/ffmpeg/needs";
import { audioNeeds } from "../../../worker/audio/needs";
import { renditionNeeds } from "../../../worker/video/needs";
import { planOf } from "../publish/early/unfinished";

const HDR: PlanSource["colour"] = {
  ...{ bitDepth: 10, matrix: "bt2020nc", primaries: "bt2020", transfer: "smpte2084", fullRange: false },
};

describe("needs", () => {
  const plan = planOf();
  const of = (changes: Partial<Plan["renditions"][number]>, source: Partial<PlanSource> = {}) =>
    renditionNeeds({ ...plan, source: { ...plan.source, ...source } }, { ...plan.renditions[0]!, ...changes });

  it("are what the arguments name, without text that is escaped or in quotation marks", () => {
    const graph = "[0:0]setpts=PTS-(0),split[a][b];[a]select=gt(scene\\,0.3),fps=5[c];[b]scale='if(lt(a,b),pad,1)'[d]";
    assert.deepEqual(needsOf(["-filter_complex", graph, "-c:v", "mjpeg", "-af", "apad=1,atrim=0", "-c:a", "aac"]), {
      encoders: [{ name: "mjpeg" }, { name: "aac" }],
      filters: ["setpts", "split", "select", "fps", "scale", "apad", "atrim"],
      decoders: [],
    });
  });

  it("are no more than a rendition requires", () => {
    const plain = ["scale", "format", "pad", "setparams", "setsar", "trim", "settb", "setpts"];
    assert.deepEqual(of({}), { encoders: [{ name: "libx264", format: "yuv420p" }], filters: plain, decoders: [] });
    assert.deepEqual(of({ codec: "vp9" }).encoders, [{ name: "libvpx-vp9", format: "yuv420p" }]);
    assert.deepEqual(of({ codec: "av1", encoder: "nvenc" }).encoders, [{ name: "av1_nvenc", format: "yuv420p" }]);
    const deep = { codec: "hevc", colour: { bitDepth: 10, range: "PQ" } } as const;
    assert.deepEqual(of(deep, { colour: HDR }).encoders, [{ name: "libx265", format: "yuv420p10le" }]);
    assert.ok(!of(deep, { colour: HDR }).filters.includes("zscale"), "HDR that stays is not converted");
    for (const name of ["zscale", "tonemap"]) assert.ok(of({}, { colour: HDR }).filters.includes(name), name);
    assert.deepEqual(of({}, { interlaced: true }).filters.slice(0, 1), ["bwdif"]);
    assert.ok(of({ codec: "av1" }).filters.includes("fps"), "for filling up GOPs");
  });

  it("include the encoders of sound only if there is some, with that of the tracks first", () => {
    assert.deepEqual(audioNeeds(plan).encoders, [{ name: "aac" }, { name: "pcm_f32le" }]);
    assert.deepEqual(audioNeeds({ ...plan, audio: undefined }).encoders, []);
  });

  it("are those of all jobs, or of those with the same ffmpeg", () => {
    const names = (otherImages?: ("features" | "transcode")[]): string[] =>
      needsOfPlan(plan, otherImages ? { otherImages } : {}).encoders.map(({ name }) => name);
    assert.deepEqual(names(), ["mjpeg", "libx264", "aac", "pcm_f32le"]);
    assert.deepEqual(names(["transcode"]), ["mjpeg"]);
    assert.deepEqual(names(["features", "transcode"]), []);
  });
});
