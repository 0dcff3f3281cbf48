import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { wrapped } from "../../support/otherFfmpeg";
import { useEnvironment } from "../../support/useEnvironment";
import { shownAt } from "../streams";
import { FINE } from "./check";
import { describeExact } from "./describeExact";
import { makeAll } from "./inProcess";
import { encode, gop, picture, sound, X264 } from "./ingredients";
import type { Source } from "./sources";

const PACKET = 188;
/** As long as the reference has to look for what the pipeline finds. */
const READ = ["-fflags", "+genpts", "-analyzeduration", "60M", "-probesize", "256M", "-max_error_rate", "1"];

/** Cuts the beginning off a transport stream, as a recorder does, but for its tables. */
function recordedLater(share: number, make: (path: string) => Promise<unknown>) {
  return async (path: string): Promise<void> => {
    await make(path);
    const whole = await readFile(path);
    const begin = PACKET * Math.floor((whole.length / PACKET) * share);
    await writeFile(path, Buffer.concat([whole.subarray(0, 3 * PACKET), whole.subarray(begin)]));
  };
}

/** Keyframes at these seconds only, besides the first one. */
function keyframesAt(...seconds: number[]): string[] {
  return [...gop(10_000, 2), "-sc_threshold", "0", "-force_key_frames", seconds.join(",")];
}

const HEVC = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=-1:scenecut=0"];

const SOURCES: Source[] = [
  {
    name: "pictures of H.264 after nine seconds",
    file: "h264.ts",
    make: recordedLater(0.1, encode(picture({ seconds: 12 }), sound(12), X264, keyframesAt(10, 11), "-c:a", "mp2")),
    read: READ,
    held: [8.8, 0],
  },
  {
    name: "sound after nine seconds",
    file: "sound.ts",
    make: encode(picture({ seconds: 11 }), sound(2, 6, 9), X264, gop(25), "-c:a", "ac3"),
    read: READ,
    channels: [6],
  },
];

describeExact("a transport stream that shows only later what is in it:", SOURCES, (directory) => {
  const use = useEnvironment();

  it("pictures of HEVC after nine seconds, not those that a decoder makes of nothing before", async () => {
    const path = directory();
    const [source, output] = [join(path, "hevc.ts"), join(path, "hevc")];
    const whole = encode(picture({ seconds: 12 }), sound(12), HEVC, keyframesAt(10, 11), "-c:a", "mp2");
    await recordedLater(0.1, whole)(source);
    const { source: planned } = await makeAll(source, output, FINE);
    assert.equal(planned.frames, 50);
    const shown = await shownAt(join(output, "mp4/64p.mp4"));
    const lead = planned.durationSeconds - 2;
    assert.deepEqual(
      shown.map((seconds) => seconds.toFixed(2)),
      shown.map((_, index) => (index === 0 ? 0 : lead + index / 25).toFixed(2)),
    );
    assert.equal(shown.length, 50);
  });

  it("only the metadata job reads further for it, and only once", async () => {
    const path = directory();
    const calls = join(path, "calls");
    const noting = (program: "ffmpeg" | "ffprobe"): Promise<string> =>
      wrapped(path, `noting-${program}`, `echo "${program} $*" >> "${calls}"\nexec "$real" "$@"`, program);
    use({ FFMPEG_PATH: await noting("ffmpeg"), FFPROBE_PATH: await noting("ffprobe") });
    await makeAll(join(path, "h264.ts"), join(path, "noted"), FINE);
    const further = (await readFile(calls, "utf8"))
      .split("\n")
      .filter((line) => /analyzeduration|probesize/.test(line));
    assert.deepEqual(
      further.map((line) => line.split(" ")[0]),
      ["ffprobe"],
    );
    await writeFile(calls, "");
    await encode(picture({ seconds: 1 }), sound(1), X264)(join(path, "plain.ts"));
    await makeAll(join(path, "plain.ts"), join(path, "plain"), FINE);
    assert.doesNotMatch(await readFile(calls, "utf8"), /analyzeduration|probesize/);
  });
});
