import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Synthesis } from "../../runner/synthesis/synthesis";
import { clipDirectory, makeClip } from "../support/clips";
import { IMAGE, synthesisePipeline } from "../support/pipeline";
import { buildWorker } from "../worker/workerProcess";
import { RealExecution } from "./realExecution";

/** Parts of one chunk and of three, of two renditions. */
export const ARGS = {
  image: IMAGE,
  renditions: [
    { name: "90p", height: 90, preset: "ultrafast" as const },
    { name: "64p", height: 64, preset: "ultrafast" as const },
  ],
  parts: [{ queue: "high", seconds: 1 }, { queue: "low" }],
  ...{ chunkSeconds: 1, segmentSeconds: 1, gopSeconds: 1 },
};

/** What redrives with the real worker are made of, for a suite. */
export class Redrives {
  path = "";
  clip = "";
  other = "";
  bundle = "";
  #synthesis!: Synthesis;
  #remove!: () => Promise<void>;

  constructor() {
    before(async () => {
      ({ path: this.path, remove: this.#remove } = await clipDirectory());
      this.clip = await makeClip(join(this.path, "clip.mp4"), { seconds: 4, sound: true });
      this.other = await makeClip(join(this.path, "other.mp4"), { seconds: 2 });
      this.#synthesis = await synthesisePipeline(ARGS);
      this.bundle = await buildWorker(this.path);
    });
    after(() => this.#remove());
  }

  execution(name: string, clip = this.clip, synthesis = this.#synthesis): RealExecution {
    return new RealExecution(synthesis, this.bundle, { clip, folder: join(this.path, name) });
  }
}

export async function read<T>({ output }: RealExecution, name: string): Promise<T> {
  return JSON.parse(await readFile(join(output, name), "utf8")) as T;
}
