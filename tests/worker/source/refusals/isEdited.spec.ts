import assert from "node:assert/strict";
import { readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Plan } from "../../../../contract/plan";
import { metadata } from "../../../../worker/commands/metadata";
import { ProgressReport } from "../../../../worker/ffmpeg/progress";
import { storageFor } from "../../../../worker/storage/storageFor";
import { clipDirectory, ffmpeg } from "../../../support/clips";
import { type Edit, setEdits } from "../../exactness/editList";
import { encode, gop, picture, sound, X264 } from "../../exactness/ingredients";
import { useLadder } from "../../useLadder";
import { LADDER } from "../../workerProcess";

/** 75 pictures in ticks of 1/12,800 s, and sound in ticks of 1/48,000 s. */
const SECONDS = 3;
const [VIDEO, SOUND] = [0, 1];

const CASES: [what: string, track: number, edits: Edit[], frames: number][] = [
  [
    "sound that begins later and ends earlier",
    SOUND,
    [
      [500, -1],
      [2000, 1024],
    ],
    75,
  ],
  [
    "sound that begins much later than what is left of it lasts",
    SOUND,
    [
      [2000, -1],
      [500, 96_000],
    ],
    75,
  ],
  ["sound that an edit promises to last longer than it does", SOUND, [[9000, 96_000]], 75],
  [
    "a picture that begins later, and ends earlier",
    VIDEO,
    [
      [700, -1],
      [2000, 0],
    ],
    50,
  ],
  ["a picture that an edit promises to last longer than it does", VIDEO, [[9000, 25_600]], 25],
];

describe("edit lists", () => {
  let path: string;
  let remove: () => Promise<void>;
  useLadder(LADDER);
  before(async () => {
    ({ path, remove } = await clipDirectory());
    await encode(picture({ seconds: SECONDS }), sound(SECONDS), X264, gop(25), ["-movie_timescale", "1000"])(
      join(path, "whole.mp4"),
    );
  });
  after(() => remove());

  async function planOf(file: string): Promise<Plan> {
    const job = { input: `file://${join(path, file)}`, output: `file://${join(path, `${file} out`)}`, index: 0 };
    const stores = { source: storageFor(job.input), target: storageFor(job.output) };
    await metadata(job, stores, new ProgressReport(() => undefined));
    return JSON.parse(await readFile(join(path, `${file} out`, "plan.json"), "utf8")) as Plan;
  }

  async function edited(file: string, track: number, edits: readonly Edit[]): Promise<void> {
    await writeFile(join(path, file), await readFile(join(path, "whole.mp4")));
    await setEdits(join(path, file), track, edits);
  }

  for (const [index, [what, track, edits, frames]] of CASES.entries()) {
    it(`don't make a file look cut off: ${what}`, async () => {
      await edited(`${index}.mp4`, track, edits);
      assert.equal((await planOf(`${index}.mp4`)).source.frames, frames);
    });
  }

  it("of several pieces, which ffmpeg gives wrong times, are refused", async () => {
    await edited("pieces.mp4", SOUND, [
      [1000, 0],
      [500, -1],
      [1000, 96_000],
    ]);
    await assert.rejects(planOf("pieces.mp4"), {
      name: "InputError",
      message:
        '"pieces.mp4" has an edit list that puts its sound together from 3 pieces, and only one is supported; export it again without edits.',
    });
  });

  it("don't hide that a file is cut off", async () => {
    await edited("cut.mp4", SOUND, [
      [500, -1],
      [2500, 0],
    ]);
    const file = join(path, "front.mp4");
    await ffmpeg("-i", join(path, "cut.mp4"), "-c", "copy", "-movflags", "+faststart", file);
    const bytes = await readFile(file);
    await truncate(file, Math.floor(bytes.length * 0.6));
    await assert.rejects(
      planOf("front.mp4"),
      /^InputError: "front\.mp4" is cut off: its index lists 75 frames, and \d+ are there; upload or export it again\.$/,
    );
  });
});
