import assert from "node:assert/strict";

import { readInventory } from "../../../worker/ffmpeg/inventory";
import { clipDirectory } from "../../support/clips";
import { wrapped } from "../../support/otherFfmpeg";
import { useEnvironment } from "../../support/useEnvironment";

describe("readInventory", () => {
  let path: string;
  let remove: () => Promise<void>;
  const use = useEnvironment();
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  it("refuses a program that lists nothing", async () => {
    const FFMPEG_PATH = await wrapped(path, "silent", `case "$1" in -version) exec "$real" "$@";; esac`);
    use({ FFMPEG_PATH });
    await assert.rejects(readInventory(), {
      name: "JobError",
      message: `${FFMPEG_PATH} doesn't list its codecs and filters.`,
    });
  });

  it("takes a list that was cut for no list of what is missing", async () => {
    const cut = `case "$1" in -codecs) "$real" "$@" | head -n 40; kill -KILL $$;; esac\nexec "$real" "$@"`;
    use({ FFMPEG_PATH: await wrapped(path, "cut", cut) });
    await assert.rejects(readInventory(), {
      name: "JobError",
      message: "ffmpeg was ended by SIGKILL. The usual reason is too little memory for the job.",
    });
  });
});
