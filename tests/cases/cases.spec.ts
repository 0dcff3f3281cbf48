import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Manifest } from "../../contract/manifest";
import type { ExecutionResult } from "../../runner/stateMachine/execution";
import type { Synthesis } from "../../runner/synthesis/synthesis";
import { RealExecution } from "../runner/realExecution";
import { clipDirectory, ffprobe } from "../support/clips";
import { needing } from "../support/ffmpegNeeds";
import { IMAGE, synthesisePipeline } from "../support/pipeline";
import { buildWorker } from "../worker/workerProcess";
import { CASES, type Right } from "./cases";
import { beepsIn, colourOf, firstDifference, flashesIn, picturesOf } from "./measure";

const QUICK = { preset: "veryfast" as const, crf: 14, maxBitrateKbps: 8000 };
/** Small and in many chunks, because joins are where mistakes hide. */
const pipeline = (codec?: "av1"): Promise<Synthesis> =>
  synthesisePipeline({
    image: IMAGE,
    renditions: [
      { name: "240p", height: 240, ...QUICK },
      { name: "120p", height: 120, ...QUICK, ...(codec ? { codec } : {}) },
    ],
    parts: [{ queue: "high", seconds: 2 }, { queue: "low" }],
    ...{ chunkSeconds: 2, segmentSeconds: 1, gopSeconds: 1 },
    audio: { bitrateKbps: 192, channels: 6 },
  });

/**
 * The pipeline's own ffmpeg may be another one than the one that makes and measures the files: FFMPEG_PATH and FFPROBE_PATH name it.
 */
describe("nothing is said to have succeeded that is wrong, and what is refused fails at once:", () => {
  let path: string;
  let remove: () => Promise<void>;
  let bundle: string;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    bundle = await buildWorker(path);
  });
  after(() => remove());

  for (const { what, file, needs = [], make, likeFile, right, codec } of CASES) {
    needing(...needs).it(what, async () => {
      const [source, folder] = [join(path, file), join(path, `${file} run`)];
      await make(source);
      const execution = new RealExecution(await pipeline(codec), bundle, { clip: source, folder });
      const { result } = await execution.run();
      if (result.status === "SUCCEEDED") {
        assert.notEqual(right.outcome, "refused", "a video was made");
        assert.deepEqual(await wrongWith(likeFile?.(source) ?? source, execution.output, right), []);
      } else assertRefused(result, execution.output, right);
    });
  }
});

/** A refusal takes one attempt, leaves nothing that plays, and says why. */
function assertRefused({ cause }: ExecutionResult, output: string, { outcome }: Right): void {
  assert.ok(outcome !== undefined, cause);
  assert.match(cause ?? "", /^\w+( \w+)* failed: \S.+[^.]\. \(exit code 2 after 1 attempt\. /);
  assert.ok(!existsSync(join(output, "manifest.json")), "there is a manifest");
}

/** What differs from what is right, in words. */
async function wrongWith(source: string, output: string, right: Right): Promise<string[]> {
  const manifest = JSON.parse(await readFile(join(output, "manifest.json"), "utf8")) as Manifest;
  const largest = manifest.renditions.toSorted((one, other) => other.height - one.height)[0]!;
  const made = join(output, largest.mp4.path);
  const pictures = await picturesOf(made);
  const [[size = [], duration = []], sounds] = await Promise.all([
    Promise.all([ffprobe(made, "stream=width,height", "-select_streams", "v"), ffprobe(made, "format=duration")]),
    ffprobe(made, "stream=index", "-select_streams", "a"),
  ]);
  const wrong: string[] = [];
  const check = (fine: boolean, problem: string): void => void (fine || wrong.push(problem));
  const within = (value: number, [least, most]: [number, number] = [-Infinity, Infinity]): boolean =>
    value >= least && value <= most;

  check(within(pictures.count, right.frames), `${pictures.count} pictures`);
  check(within(Number(duration[0]), right.seconds), `${String(duration[0])} s`);
  const shape = size[0]?.join("x");
  check(right.size === undefined || shape === right.size, `${shape} pixels`);
  check(right.sounds === undefined || sounds.length === right.sounds, `${sounds.length} audio tracks`);
  if (right.damage) check((manifest.damage ?? []).length > 0, "no damage in the manifest");
  if (right.rgb) {
    const colour = colourOf(pictures, 0);
    check(
      colour.every((value, channel) => Math.abs(value - right.rgb![channel]!) <= 8),
      `colour ${colour.join()}`,
    );
  }
  if (right.like !== undefined) {
    const other = firstDifference(pictures, await picturesOf(source), right.like);
    check(other === -1, `picture ${other} is another one`);
  }
  if (right.flashes !== undefined) {
    const flashes = flashesIn(pictures);
    check(flashes.length === right.flashes, `${flashes.length} flashes`);
    if (right.sync !== undefined) wrong.push(...outOfSync(flashes, await beepsIn(made), right.sync));
  }
  return wrong;
}

function outOfSync(flashes: readonly number[], beeps: readonly number[], most: number): string[] {
  const late = flashes.map((flash, index) => Math.round(((beeps[index] ?? Infinity) - flash) * 1000));
  return late.every((milliseconds) => Math.abs(milliseconds) <= most) ? [] : [`sound late by ${late.join(", ")} ms`];
}
