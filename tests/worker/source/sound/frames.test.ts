import assert from "node:assert/strict";

import { readSoundFrames } from "../../../../worker/source/sound/frames";
import { clipDirectory } from "../../../support/clips";
import { wrapped } from "../../../support/otherFfmpeg";
import { useEnvironment } from "../../../support/useEnvironment";

const LINE = 'echo "0, 0, 0, 1, 10, 0x0"';
const CONTENTS = "head -c 30000 /dev/zero >&4; sleep 0.1";

describe("sound that ffmpeg was ended at", () => {
  let path: string;
  let remove: () => Promise<void>;
  const use = useEnvironment();
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  for (const [what, script] of [
    ["more contents than are listed", `${LINE}; ${CONTENTS}; ${CONTENTS}; ${CONTENTS}`],
    ["more in the list than contents", `for i in $(seq 200); do ${LINE}; done`],
  ]) {
    it(`isn't taken for shorter sound, and nobody waits for the rest of it: ${what}`, async () => {
      use({ FFMPEG_PATH: await wrapped(path, "ended", `${script}; kill -KILL $$`) });
      const input = { url: "http://127.0.0.1:1/a.mov", name: "a.mov", failed: new AbortController().signal };
      const read = async (frames: AsyncIterable<unknown>): Promise<void> => {
        for await (const frame of frames) assert.ok(frame);
      };
      const sound = readSoundFrames(input, '"a.mov"', [{ index: 1, time_base: "1/48000" }], read);
      await assert.rejects(sound, {
        name: "JobError",
        message: "ffmpeg was ended by SIGKILL. The usual reason is too little memory for the job.",
      });
    });
  }
});
