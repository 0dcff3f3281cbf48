import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const SETUP = path.resolve(__dirname, "../../scripts/setup.mjs");

describe("scripts/setup.mjs", () => {
  let bin: string;

  beforeEach(() => {
    bin = mkdtempSync(path.join(tmpdir(), "setup-"));
  });
  afterEach(() => rmSync(bin, { recursive: true, force: true }));

  function command(name: string, script: string): void {
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  function setup(
    env: NodeJS.ProcessEnv = { PATH: bin },
    ...args: string[]
  ): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, [SETUP, ...args], { env, encoding: "utf8" });
  }

  it("prints nothing and does nothing if everything is installed", () => {
    const { status, stdout, stderr } = setup(process.env);
    assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: "", stderr: "" });
  });

  it("says in one sentence what to install if there is no package manager", () => {
    const { status, stdout, stderr } = setup();
    assert.equal(status, 1);
    assert.equal(stdout, "");
    assert.equal(
      stderr,
      "ffmpeg is required but wasn't found. Install it (https://ffmpeg.org/download.html) and put ffmpeg and ffprobe on the PATH.\n",
    );
  });

  it("installs ffmpeg with the available package manager", () => {
    const tools = `${bin}/ffmpeg ${bin}/ffprobe`;
    const make = `for tool in ${tools}; do echo '#!/bin/sh' > $tool; /bin/chmod +x $tool; done`;
    command("apk", `[ "$1" = --version ] || { ${make}; }`);
    command("sudo", `exec "$@"`);
    const { status, stdout, stderr } = setup();
    const sudo = process.getuid?.() === 0 ? "" : "sudo ";
    assert.deepEqual(
      { status, stdout, stderr },
      { status: 0, stdout: "", stderr: `Installing ffmpeg: ${sudo}apk add --quiet ffmpeg …\n` },
    );
  });

  it("installs programs that only tests need with --tests", () => {
    for (const tool of ["ffmpeg", "ffprobe"]) command(tool, "exit 0");
    command(
      "apt-get",
      `[ "$1" = --version ] || [ "$1" = update ] || { echo '#!/bin/sh' > ${bin}/chromium; /bin/chmod +x ${bin}/chromium; }`,
    );
    command("sudo", `exec "$@"`);
    assert.equal(setup().stderr, "");
    const sudo = process.getuid?.() === 0 ? "" : "sudo ";
    const { status, stderr } = setup(undefined, "--tests");
    assert.equal(status, 0);
    assert.equal(
      stderr,
      `Installing Chromium: ${sudo}apt-get update -qq && ${sudo}apt-get install -y -qq --no-install-recommends chromium …\n`,
    );
    assert.equal(setup(undefined, "--tests").stderr, "");
  });

  it("checks the package manager's result", () => {
    command("brew", "exit 0");
    const { status, stderr } = setup();
    assert.equal(status, 1);
    assert.equal(
      stderr,
      "Installing ffmpeg: brew install ffmpeg …\n`brew install ffmpeg` succeeded, but the PATH still lacks ffmpeg and ffprobe. Add the folder of ffmpeg and ffprobe to it.\n",
    );
  });

  it("names the command if the package manager fails", () => {
    command("dnf", `[ "$1" = --version ]`);
    command("sudo", `exec "$@"`);
    const { status, stderr } = setup();
    const sudo = process.getuid?.() === 0 ? "" : "sudo ";
    const install = `${sudo}dnf install -y -q ffmpeg-free`;
    assert.equal(status, 1);
    assert.equal(
      stderr,
      `Installing ffmpeg: ${install} …\nffmpeg is required but could not be installed. Run \`${install}\` yourself, then try again.\n`,
    );
  });
});
