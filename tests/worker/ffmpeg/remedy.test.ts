import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { failureOf } from "../../../worker/ffmpeg/missingFeatures";
import type { Shortcoming } from "../../../worker/ffmpeg/remedy";
import { remedy } from "../../../worker/ffmpeg/remedy";
import { start } from "../../../worker/ffmpeg/run";
import { clipDirectory } from "../../support/clips";
import { wrapped } from "../../support/otherFfmpeg";
import { useEnvironment } from "../../support/useEnvironment";

describe("the remedy for an ffmpeg", () => {
  let path: string;
  let remove: () => Promise<void>;
  const use = useEnvironment();
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  const sudo = process.getuid?.() === 0 ? "" : "sudo ";
  const full = '`brew install ffmpeg-full` and "$(brew --prefix ffmpeg-full)/bin" first on the PATH';
  const fusion = `\`${sudo}dnf install --allowerasing ffmpeg\` from RPM Fusion (rpmfusion.org)`;
  const sources: [manager: string, sources: Record<Exclude<Shortcoming, "blind">, string>][] = [
    ["brew", { missing: "with `brew install ffmpeg`", old: "with `brew install ffmpeg`", lacking: `with ${full}` }],
    [
      "apt-get",
      {
        missing: `with \`${sudo}apt-get install ffmpeg\``,
        old: `with \`${sudo}apt-get install ffmpeg\` on Debian 12, Ubuntu 24.04 or later`,
        lacking: `with \`${sudo}apt-get install ffmpeg\``,
      },
    ],
    ["dnf", { missing: `with ${fusion}`, old: `with ${fusion}`, lacking: `with ${fusion}` }],
    [
      "apk",
      {
        missing: `with \`${sudo}apk add ffmpeg\``,
        old: `with \`${sudo}apk add ffmpeg\` on Alpine 3.17 or later`,
        lacking: `with \`${sudo}apk add ffmpeg\``,
      },
    ],
    [
      "no package manager",
      {
        missing: "from https://ffmpeg.org/download.html",
        old: "from https://ffmpeg.org/download.html",
        lacking: "from https://ffmpeg.org/download.html",
      },
    ],
  ];
  for (const [manager, { missing, old, lacking }] of sources) {
    it(`is that of a system with ${manager}`, async () => {
      const bin = join(path, manager.replaceAll(" ", "-"));
      await mkdir(bin);
      if (!manager.includes(" ")) await writeFile(join(bin, manager), "", { mode: 0o755 });
      use({ PATH: bin });
      assert.equal(remedy("missing"), `install it ${missing}, or name it in FFMPEG_PATH.`);
      assert.equal(remedy("old", "ffprobe"), `get a newer one ${old}, or name another one in FFPROBE_PATH.`);
      assert.equal(remedy("lacking"), `get one that has it ${lacking}, or name another one in FFMPEG_PATH.`);
      assert.equal(remedy("blind"), `get one that decodes it ${lacking}, or name another one in FFMPEG_PATH.`);
    });
  }

  for (const name of ["ECS_CONTAINER_METADATA_URI_V4", "KUBERNETES_SERVICE_HOST"]) {
    it(`is another image where ${name} tells of a container`, () => {
      use({ [name]: "10.0.0.1" });
      const image = "derive the job's image from the worker's own, or name another one in FFMPEG_PATH.";
      assert.deepEqual([remedy("old"), remedy("lacking"), remedy("blind")], [image, image, image]);
    });
  }

  for (const [version, said] of [
    ["5.1", "Decoder (codec hevc) not found for input stream #0:0"],
    ["7.1", "[dec:hevc @ 0x1] Decoding requested, but no decoder found for: hevc"],
  ] as const) {
    it(`is asked for where a decoder is missing, as ffmpeg ${version} says it`, async () => {
      use({
        FFMPEG_PATH: await wrapped(path, `blind-${version}`, `"$real" "$@" | sed -E 's/ D(E....) hevc/ .\\1 hevc/'`),
      });
      const program = start("ffmpeg", ["-version"]);
      await program.ended;
      const error = await failureOf(program, '"clip.mp4"', { program: "ffmpeg", code: 1, signal: null, stderr: said });
      assert.deepEqual(
        [error.name, error.message],
        ["InputError", `${process.env["FFMPEG_PATH"]} has no decoder for hevc: ${remedy("lacking")}`],
      );
    });
  }

  it("is not told of a failure that has other reasons", async () => {
    const program = start("ffmpeg", ["-version"]);
    await program.ended;
    const ending = { program: "ffmpeg", code: 1, signal: null };
    const stderr = "Decoder (codec hevc) not found for input stream #0:0";
    const told = async (text: string): Promise<string> =>
      (await failureOf(program, "It", { ...ending, stderr: text })).message;
    assert.equal(await told(stderr), `It can't be decoded: ${stderr}.`);
    assert.equal(await told("Cannot allocate memory"), "ffmpeg failed: Cannot allocate memory.");
  });
});
