import assert from "node:assert/strict";
import { once } from "node:events";

import { capture } from "../../../worker/ffmpeg/capture";
import { type MediaInput, QUIET } from "../../../worker/ffmpeg/input";
import { awaitSuccess } from "../../../worker/ffmpeg/output";
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

  it("keeps what the machine failed at, however much decoders say afterwards", async () => {
    const script = `echo "[h264 @ 0x1] Cannot allocate memory" >&2; for i in $(seq 500); do echo "[h264 @ 0x1] Invalid NAL" >&2; done`;
    use({ FFMPEG_PATH: await wrapped(path, "starved", script) });
    const program = start("ffmpeg", []);
    const { stderr } = await program.ended;
    assert.match(stderr, /^\[h264 @ 0x1\] Cannot allocate memory\n(?:\[h264 @ 0x1\] Invalid NAL\n){50,}$/);
    await assert.rejects(awaitSuccess(program, "The clip"), {
      name: "JobError",
      message: "ffmpeg failed: [h264] Cannot allocate memory.",
    });
  });

  it("knows the signal that ended a program also from its exit code", async () => {
    for (const [code, said, signal] of [
      [137, "", "SIGKILL"],
      [143, "", "SIGTERM"],
      [255, "", "SIGTERM"],
      [255, "Error submitting packet to decoder: Operation not permitted", null],
      [1, "", null],
    ] as const) {
      use({ FFMPEG_PATH: await wrapped(path, "ending", `echo "${said}" >&2; exit ${code}`) });
      assert.equal((await start("ffmpeg", []).ended).signal, signal, `${code} ${said}`);
    }
    use({ FFMPEG_PATH: await wrapped(path, "killed", "kill -KILL $$") });
    assert.equal((await start("ffmpeg", []).ended).signal, "SIGKILL");
  });

  it("takes what ffmpeg ends at SIGTERM for no whole output", async () => {
    use({ FFMPEG_PATH: await wrapped(path, "stopped", '"$real" "$@" & sleep 0.3; kill -TERM $!; wait $!') });
    const program = start("ffmpeg", [...QUIET, "-re", "-f", "lavfi", "-i", "sine=d=60", "-f", "framecrc", "-"]);
    program.output.resume();
    await assert.rejects(awaitSuccess(program, "The clip"), { message: "ffmpeg was ended by SIGTERM." });
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
