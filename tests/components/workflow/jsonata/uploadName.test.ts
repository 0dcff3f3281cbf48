import assert from "node:assert/strict";
import { createHash } from "node:crypto";

import fc from "fast-check";

import { expression } from "../../../../components/workflow/jsonata/code";
import * as snippets from "../../../../components/workflow/jsonata/uploadName";
import type { Json, JsonObject } from "../../../../contract/asl";
import { isExecutionName } from "../../../../contract/executionName";
import { Evaluator } from "../../../../runner/stateMachine/expressions";
import { fails, type Row, testSnippets } from "./table";

const { uploadExecutionName } = snippets;

const NO_UPLOAD = fails(
  "The name of an upload's execution needs detail.bucket.name, detail.object.key and detail.object.sequencer of S3's Object Created event. Pass the whole event.",
);

interface Upload {
  bucket: string;
  key: string;
  sequencer: string;
}

const SEQUENCER = "00628BCE8C1E7D5F3A";
const event = ({ bucket, key, sequencer }: Upload): JsonObject => ({
  states: { input: { detail: { bucket: { name: bucket }, object: { key, sequencer } } } },
});
const unique = ({ bucket, key, sequencer }: Upload): string =>
  createHash("sha256").update(`${bucket}/${sequencer}/${key}`).digest("hex").slice(0, 32);

const KEYS: [key: string, readable: string][] = [
  ["uploads/clip.mp4", "clip-mp4"],
  ["clip.mp4", "clip-mp4"],
  ["uploads/Übung 1 (final).mov", "bung-1-final-mov"],
  ["写真/動画", "video"],
  ["folder/", "video"],
  [`it's "5%" + a#b/🎬_x.mp4`, "_x-mp4"],
  [`${"x".repeat(200)}.mp4`, "x".repeat(47)],
  [`${"x".repeat(46)}.mp4`, "x".repeat(46)],
];

const WRONG: Json[] = [
  {},
  "s3://videos/clip.mp4",
  null,
  [],
  { detail: { bucket: { name: "videos" }, object: { key: "clip.mp4" } } },
  { detail: { bucket: { name: "videos" }, object: { sequencer: SEQUENCER } } },
  { detail: { object: { key: "clip.mp4", sequencer: SEQUENCER } } },
  { detail: { bucket: { name: "videos" }, object: { key: "", sequencer: SEQUENCER } } },
  { detail: { bucket: { name: 7 }, object: { key: "clip.mp4", sequencer: SEQUENCER } } },
  { detail: { bucket: { name: "videos" }, object: { key: ["a", "b"], sequencer: SEQUENCER } } },
  { detail: { bucket: { name: ["a", "b"] }, object: { sequencer: SEQUENCER } } },
];

describe("JSONata: the name of an upload's execution", () => {
  testSnippets<typeof snippets>({
    uploadExecutionName: [
      ...KEYS.map(([key, readable]): Row => {
        const upload = { bucket: "videos", key, sequencer: SEQUENCER };
        return [key.slice(0, 40), uploadExecutionName(), event(upload), `${readable}-${unique(upload)}`];
      }),
      ...WRONG.map((input): Row => [JSON.stringify(input), uploadExecutionName(), { states: { input } }, NO_UPLOAD]),
    ],
  });

  const evaluator = new Evaluator({ now: () => 0, random: () => 0 });
  const nameOf = (upload: Upload): Promise<Json> =>
    evaluator.evaluate(expression(uploadExecutionName()), "Name", "State", event(upload));

  it("is one that Step Functions and CloudWatch take, the same for the same upload and another for any other", async () => {
    const upload = fc.record({
      bucket: fc.stringMatching(/^[a-z0-9.-]{3,10}$/),
      key: fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 }),
      sequencer: fc.stringMatching(/^[0-9A-F]{1,20}$/),
    });
    await fc.assert(
      fc.asyncProperty(upload, upload, async (one, other) => {
        const names = [await nameOf(one), await nameOf({ ...one }), await nameOf(other)] as [string, string, string];
        assert.ok(isExecutionName(names[0]) && /^\w[\w-]*-[0-9a-f]{32}$/.test(names[0]), names[0]);
        assert.equal(names[0], names[1]);
        const isSame = one.bucket === other.bucket && one.key === other.key && one.sequencer === other.sequencer;
        assert.equal(names[0] === names[2], isSame);
        assert.notEqual(await nameOf({ ...one, sequencer: `${one.sequencer}0` }), names[0]);
      }),
      { numRuns: 50 },
    );
  });
});
