import assert from "node:assert/strict";
import { once } from "node:events";

import { capture } from "../../../worker/ffmpeg/capture";
import type { MediaInput } from "../../../worker/ffmpeg/input";
import { start } from "../../../worker/ffmpeg/run";
import { clipDirectory } from "../../support/clips";
import { wrapped } from "../../support/otherFfmpeg";
import { useEnvironment } from "../../support/useEnvironment";

const PROXIES = ["http_proxy", "https_proxy", "all_proxy", "no_proxy"].flatMap((name) => [name, name.toUpperCase()]);
const ADDRESS = "http://127.0.0.1:12345/0123456789abcdef.mp4";

describe("start", () => {
  let path: string;
  let remove: () => Promise<void>;
  const use = useEnvironment();
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  function input(): MediaInput & { fail: (reason: Error) => void } {
    const failing = new AbortController();
    const name = "s3://videos/clip.mp4";
    return { url: ADDRESS, name, failed: failing.signal, fail: (reason) => failing.abort(reason) };
  }

  it("gives programs no proxies, which they would use for this machine too, and keeps them for the AWS SDK", async () => {
    const proxies = Object.fromEntries(PROXIES.map((name) => [name, "http://127.0.0.1:9"]));
    use({ ...proxies, FFMPEG_PATH: await wrapped(path, "environment", "env"), ANOTHER_VARIABLE: "stays" });
    const { stdout } = await capture("ffmpeg", []);
    assert.deepEqual(stdout.match(/^(?:https?|all|no)_proxy=.*$/gim), null);
    assert.match(stdout, /^ANOTHER_VARIABLE=stays$/m);
    for (const name of PROXIES) assert.equal(process.env[name], "http://127.0.0.1:9");
  });

  it("calls the input by its name in what programs say", async () => {
    const lines = [`${ADDRESS}: Invalid data`, "[tcp @ 0x1] Connection to tcp://127.0.0.1:12345 failed"];
    use({ FFMPEG_PATH: await wrapped(path, "talking", lines.map((line) => `echo "${line}" >&2`).join("\n")) });
    const program = start("ffmpeg", [], { input: input() });
    assert.equal(
      (await program.ended).stderr,
      "s3://videos/clip.mp4: Invalid data\n[tcp @ 0x1] Connection to s3://videos/clip.mp4 failed\n",
    );
  });

  it("keeps only whole lines of what programs say, so that no part of an address is left", async () => {
    const script = `for i in $(seq 1000); do echo "${ADDRESS}: Invalid data" >&2; done`;
    use({ FFMPEG_PATH: await wrapped(path, "verbose", script) });
    const { stderr } = await start("ffmpeg", [], { input: input() }).ended;
    assert.match(stderr, /^(?:s3:\/\/videos\/clip\.mp4: Invalid data\n){50,}$/);
  });

  it("kills programs whose input fails, and gives the reason", async () => {
    use({ FFMPEG_PATH: await wrapped(path, "waiting", "echo begun; exec sleep 60") });
    const source = input();
    const program = start("ffmpeg", [], { input: source });
    await once(program.output, "data");
    source.fail(new Error("S3 is down."));
    await assert.rejects(program.ended, { message: "S3 is down." });
  });

  it("gives the reason also when the program had succeeded, or began afterwards", async () => {
    use({ FFMPEG_PATH: await wrapped(path, "quick", "exit 0") });
    const source = input();
    const program = start("ffmpeg", [], { input: source });
    source.fail(new Error("S3 is down."));
    await assert.rejects(program.ended, { message: "S3 is down." });
    use({ FFMPEG_PATH: await wrapped(path, "slow", "exec sleep 60") });
    await assert.rejects(start("ffmpeg", [], { input: source }).ended, { message: "S3 is down." });
  });
});
