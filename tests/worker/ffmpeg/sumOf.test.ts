import assert from "node:assert/strict";

import { capture } from "../../../worker/ffmpeg/capture";
import { QUIET } from "../../../worker/ffmpeg/input";
import { sumOf } from "../../../worker/ffmpeg/sumOf";

/** The times that an expression gives to the first pictures. */
async function timesOf(expression: string): Promise<number[]> {
  const pictures = ["-f", "lavfi", "-i", "color=s=16x16:r=25:d=0.2", "-vf", `setpts='${expression}'`];
  const listing = ["-fps_mode", "passthrough", "-enc_time_base", "1/25", "-f", "framecrc", "-"];
  const { stdout } = await capture("ffmpeg", [...QUIET, ...pictures, ...listing]);
  const lines = stdout.split("\n").filter((line) => /^\d/.test(line));
  return lines.map((line) => Number(line.split(",")[2]));
}

describe("sumOf", () => {
  it("adds more terms than ffmpeg takes one behind the other", async () => {
    const terms = Array.from({ length: 1500 }, (_, index) => `gte(N,${index})`);
    assert.deepEqual(await timesOf(sumOf(terms)), [1, 2, 3, 4, 5]);
  });

  it("leaves a single term as it is, and has a value without any", () => {
    assert.deepEqual([sumOf(["gte(N,7)"]), sumOf([])], ["gte(N,7)", "0"]);
  });
});
