import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Shortcoming } from "../../../worker/ffmpeg/remedy";
import { remedy } from "../../../worker/ffmpeg/remedy";
import { clipDirectory } from "../../support/clips";
import { useEnvironment } from "../../support/useEnvironment";

describe("remedy", () => {
  let path: string;
  let remove: () => Promise<void>;
  const use = useEnvironment();
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  const sudo = process.getuid?.() === 0 ? "" : "sudo ";
  const full = '`brew install ffmpeg-full` and "$(brew --prefix ffmpeg-full)/bin" first on the PATH';
  const fusion = `\`${sudo}dnf install --allowerasing ffmpeg\` from RPM Fusion (rpmfusion.org)`;
  const sources: [manager: string, sources: Record<Exclude<Shortcoming, "undecodable">, string>][] = [
    [
      "brew",
      { missing: "with `brew install ffmpeg`", outdated: "with `brew install ffmpeg`", incomplete: `with ${full}` },
    ],
    [
      "apt-get",
      {
        missing: `with \`${sudo}apt-get install ffmpeg\``,
        outdated: `with \`${sudo}apt-get install ffmpeg\` on Debian 12, Ubuntu 24.04 or later`,
        incomplete: `with \`${sudo}apt-get install ffmpeg\``,
      },
    ],
    ["dnf", { missing: `with ${fusion}`, outdated: `with ${fusion}`, incomplete: `with ${fusion}` }],
    [
      "apk",
      {
        missing: `with \`${sudo}apk add ffmpeg\``,
        outdated: `with \`${sudo}apk add ffmpeg\` on Alpine 3.17 or later`,
        incomplete: `with \`${sudo}apk add ffmpeg\``,
      },
    ],
    [
      "no package manager",
      {
        missing: "from https://ffmpeg.org/download.html",
        outdated: "from https://ffmpeg.org/download.html",
        incomplete: "from https://ffmpeg.org/download.html",
      },
    ],
  ];
  for (const [manager, { missing, outdated, incomplete }] of sources) {
    it(`names the command to install with ${manager}`, async () => {
      const bin = join(path, manager.replaceAll(" ", "-"));
      await mkdir(bin);
      if (!manager.includes(" ")) await writeFile(join(bin, manager), "", { mode: 0o755 });
      use({ PATH: bin });
      assert.equal(remedy("missing"), `install it ${missing}, or name it in FFMPEG_PATH.`);
      assert.equal(remedy("outdated", "ffprobe"), `get a newer one ${outdated}, or name another one in FFPROBE_PATH.`);
      assert.equal(remedy("incomplete"), `get one that has it ${incomplete}, or name another one in FFMPEG_PATH.`);
      assert.equal(remedy("undecodable"), `get one that decodes it ${incomplete}, or name another one in FFMPEG_PATH.`);
    });
  }

  for (const name of ["ECS_CONTAINER_METADATA_URI_V4", "KUBERNETES_SERVICE_HOST"]) {
    it(`suggests another image if ${name} shows that this is a container`, () => {
      use({ [name]: "10.0.0.1" });
      const image = "derive the job's image from the worker's own, or name another one in FFMPEG_PATH.";
      assert.deepEqual([remedy("outdated"), remedy("incomplete"), remedy("undecodable")], [image, image, image]);
    });
  }
});
