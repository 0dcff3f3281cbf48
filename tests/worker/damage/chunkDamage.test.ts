import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Plan } from "../../../contract/plan";
import { type ChunkDamage, findChunkDamage } from "../../../worker/damage/chunkDamage";
import { clipDirectory } from "../../support/clips";
import { useEnvironment } from "../../support/useEnvironment";

const PLAN = {
  source: { timeBase: [1, 25], videoStream: 0 },
  timeline: { origin: 0, timescale: 25 },
  boundaries: [0, 4],
} as unknown as Plan;

const CHUNK = { number: 0, sourceStart: 0, sourceEnd: 4, frames: 4 } as Parameters<typeof findChunkDamage>[1];

describe("findChunkDamage", () => {
  let path: string;
  let remove: () => Promise<void>;
  const setEnvironment = useEnvironment();
  before(async () => {
    ({ path, remove } = await clipDirectory());
  });
  after(() => remove());

  /** Looks for damage with an ffprobe that lists four pictures and gives some of them. */
  async function find(...given: number[]): Promise<ChunkDamage | undefined> {
    const lines = [0, 1, 2, 3].flatMap((pts) => [
      `packet|pts=${pts}|duration=1|size=9|flags=K_`,
      ...(given.includes(pts) ? [`frame|best_effort_timestamp=${pts}`] : []),
    ]);
    const ffprobe = join(path, `ffprobe-${given.join("-")}`);
    await writeFile(ffprobe, `#!/bin/sh\ncat <<'END'\n${lines.join("\n")}\nEND\n`, { mode: 0o755 });
    setEnvironment({ FFPROBE_PATH: ffprobe });
    const input = { url: "http://127.0.0.1/a.mov", name: "a.mov", failed: new AbortController().signal };
    return findChunkDamage(PLAN, CHUNK, input, '"a.mov"');
  }

  it("names the pictures that the decoder doesn't give", async () => {
    assert.deepEqual(await find(0, 3), {
      ...{ times: [0, 1, 2, 3], decoded: [0, 3] },
      damage: [{ fromSeconds: 0.04, toSeconds: 0.12, what: "2 pictures can't be decoded" }],
    });
  });

  it("takes nothing for damaged if ffprobe gives no picture at all, because it lacks the decoder", async () => {
    assert.equal(await find(), undefined);
  });
});
