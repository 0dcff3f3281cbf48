import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { openBrowser } from "../../../cli/viewer/openBrowser";
import { cli, startCli } from "../../support/commandLine";
import { until } from "../../support/until";
import { emptyRun } from "../../view/machine";

describe("view", () => {
  let directory: string;
  beforeEach(() => {
    directory = realpathSync(mkdtempSync(path.join(tmpdir(), "view-")));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  function makeRun(name: string, more: object = {}): void {
    mkdirSync(path.join(directory, name, "output"), { recursive: true });
    writeFileSync(path.join(directory, name, "run.json"), JSON.stringify({ ...emptyRun(), ...more }));
  }

  const mistakes: [what: string, args: string[], message: (dir: string) => string][] = [
    [
      "a folder that does not exist",
      ["view", "out/clip"],
      (dir) =>
        `There is no run in ${dir}/out/clip: it has no run.json. Make one with: npx video-batch-pipeline run VIDEO --out out/clip\n`,
    ],
    [
      "a folder with runs in it",
      ["view", "."],
      (dir) => `There is no run in ${dir}: it has no run.json. Choose one of: another run, ended, killed, running.\n`,
    ],
    [
      "the output of a run",
      ["view", "ended/output"],
      (dir) => `There is no run in ${dir}/ended/output: it has no run.json. Did you mean ended?\n`,
    ],
    [
      "a run that goes on",
      ["view", "running"],
      (dir) =>
        `The run in ${dir}/running has no report yet: it is still going on (process ${process.ppid}). View it when it has ended.\n`,
    ],
    [
      "a run that was killed",
      ["view", "killed"],
      (dir) =>
        `The run in ${dir}/killed has no report: its process ended before it wrote one. Resume it with: npx video-batch-pipeline run --resume killed\n`,
    ],
    [
      "a port that is none",
      ["view", "ended", "--port", "80.5"],
      () =>
        '--port must be a whole number from 1 to 65535. Received "80.5".\nHelp: npx video-batch-pipeline view --help\n',
    ],
  ];
  for (const [what, args, message] of mistakes) {
    it(`exits with 2 on ${what}`, async () => {
      makeRun("ended", { status: "SUCCEEDED" });
      makeRun("another run", { status: "FAILED" });
      makeRun("running", { pid: process.ppid });
      makeRun("killed", { pid: 2 ** 22 + 1 });
      if (args[1] === "out/clip") rmSync(directory, { recursive: true });
      mkdirSync(directory, { recursive: true });
      const { code, stdout, stderr } = await cli(args, directory);
      assert.equal(stderr, message(directory));
      assert.equal(stdout, "");
      assert.equal(code, 2);
    });
  }

  it("serves until it is interrupted, and says why a report has no player", async () => {
    makeRun("run", { status: "SUCCEEDED", start: { video: "/clip.mp4", output: "s3://videos/clip" } });
    writeFileSync(path.join(directory, "run", "report.html"), "<p>The report");
    const { child, result } = startCli(["view", path.join(directory, "run"), "--no-open"]);
    const address = await new Promise<string>((resolve) =>
      child.stdout!.once("data", (text: string) => resolve(text.trim())),
    );
    const page = await fetch(address);
    assert.equal(await page.text(), "<p>The report");
    child.kill("SIGTERM");
    assert.deepEqual(await result, {
      code: 0,
      stdout: `${address}\n`,
      stderr: "The report has no player: the output is in S3, at s3://videos/clip.\nPress Ctrl-C to stop.\n",
    });
    await assert.rejects(fetch(address));
  });

  it("opens the browser of the platform, and finds none without a screen or its program", async () => {
    const opened = path.join(directory, "opened");
    for (const program of ["open", "xdg-open", "rundll32"]) {
      const script = `#!/bin/sh\necho "${program} $@" > "${opened}.part" && mv "${opened}.part" "${opened}"\n`;
      writeFileSync(path.join(directory, program), script, { mode: 0o755 });
    }
    const env = { PATH: `${directory}:${process.env["PATH"]}` };
    for (const [platform, screen, expected] of [
      ["darwin", {}, "open http://127.0.0.1:1/"],
      ["win32", {}, "rundll32 url.dll,FileProtocolHandler http://127.0.0.1:1/"],
      ["linux", { DISPLAY: ":0" }, "xdg-open http://127.0.0.1:1/"],
      ["freebsd", { WAYLAND_DISPLAY: "wayland-0" }, "xdg-open http://127.0.0.1:1/"],
    ] as const) {
      rmSync(opened, { force: true });
      assert.equal(await openBrowser("http://127.0.0.1:1/", { platform, env: { ...env, ...screen } }), true);
      await until(
        () => existsSync(opened),
        () => `${platform} opened nothing`,
      );
      assert.equal(readFileSync(opened, "utf8"), `${expected}\n`);
    }
    assert.equal(await openBrowser("http://127.0.0.1:1/", { platform: "linux", env }), false);
    const none = { platform: "linux", env: { PATH: "/nowhere", DISPLAY: ":0" } } as const;
    assert.equal(await openBrowser("http://127.0.0.1:1/", none), false);
  });
});
