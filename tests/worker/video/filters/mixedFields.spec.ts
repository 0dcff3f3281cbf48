import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Plan } from "../../../../contract/plan";
import { INPUT_OPTIONS } from "../../../../worker/ffmpeg/input";
import { type Chunk, chunksOf } from "../../../../worker/plan/chunks";
import { pictureFilters } from "../../../../worker/video/filters/pictureFilters";
import { seekOptions } from "../../../../worker/video/seek";
import { clipDirectory, ffmpeg } from "../../../support/clips";
import { FINE } from "../../exactness/check";
import { encode, gop, INTERLACED, picture, X264 } from "../../exactness/ingredients";
import { planOf } from "../../exactness/inProcess";
import { FIELDS } from "../../exactness/sources";

/** Noise, which makes some pictures look otherwise than they are, and pictures in which nothing moves. */
const UNCLEAR = ",noise=alls=30:allf=t:all_seed=7,loop=loop=5:size=1:start=20";
/** Keyframes are so close that few pictures are between a chunk and the one before it. */
const RAW = [...X264, ...gop(2), "-f", "h264"];

describe("pictures some of which are marked as interlaced", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  /** Checksums of the pictures of a chunk, as they come to the encoder. */
  async function checksums(source: string, plan: Plan, chunk: Chunk): Promise<string[]> {
    const seek = ["-copyts", ...seekOptions(plan, chunk, 0), ...INPUT_OPTIONS.slice(-2), "-i", source];
    const filters = ["-vf", pictureFilters(plan, plan.renditions[0]!, chunk), "-fps_mode", "passthrough"];
    const file = join(path, `${chunk.number}.md5`);
    await ffmpeg("-v", "error", ...seek, ...filters, "-f", "framemd5", `file:${file}`);
    const lines = (await readFile(file, "utf8")).split("\n").filter((line) => /^\d/.test(line));
    return lines.map((line) => line.split(",").at(-1)!.trim());
  }

  it("are the same in chunks as in one piece", async () => {
    const pieces: Buffer[] = [];
    const halves: [string, string[]][] = [
      ["25", []],
      ["50", [...INTERLACED, "-x264opts", "tff=1"]],
    ];
    for (const [rate, options] of halves) {
      const filter = `${UNCLEAR}${rate === "50" ? `${FIELDS}tff` : ""}`;
      await encode(picture({ rate, seconds: 2.8, filter }), RAW, options)(join(path, "half.h264"));
      pieces.push(await readFile(join(path, "half.h264")));
    }
    await writeFile(join(path, "both.h264"), Buffer.concat(pieces));
    const source = join(path, "both.mp4");
    await ffmpeg("-r", "25", "-i", join(path, "both.h264"), "-c", "copy", source);

    const plan = await planOf(source, join(path, "out"), { ...FINE, chunkSeconds: 0.4, parts: [{}] });
    assert.equal(plan.source.mixed, true);
    const chunks = chunksOf(plan);
    assert.ok(chunks.length >= 10, `${chunks.length} chunks`);
    const whole = { ...chunks[0]!, sourceEnd: chunks.at(-1)!.sourceEnd };
    const inOnePiece = await checksums(source, plan, whole);
    assert.equal(inOnePiece.length, plan.source.frames);
    const inChunks: string[] = [];
    for (const chunk of chunks) inChunks.push(...(await checksums(source, plan, chunk)));
    assert.deepEqual(
      inChunks.flatMap((sum, number) => (sum === inOnePiece[number] ? [] : [number])),
      [],
      "these pictures differ",
    );
  });
});
