import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The file that names of skipped tests go to. Where it isn't set, as for `npm test`, nothing is skipped. */
export const SKIPPED_VARIABLE = "FFMPEG_TESTS_SKIPPED";

type Program = "ffmpeg" | "ffprobe";
/**
 * What not every build has; an encoder may have to take a format of pictures too, as in `ffmpeg encoder libx264 yuv420p10le`.
 * Whether there is a decoder is found out by decoding.
 */
export type Need =
  `${Program} ${"filter" | "encoder" | "demuxer"} ${string}` | `${Program} decoder ${keyof typeof SAMPLES}`;

/** What encodes a picture to try a decoder with: a list of decoders has those too that work with some hardware only. */
const SAMPLES = { av1: "libsvtav1", png: "png" };

const answers = new Map<Need, boolean>();

/**
 * Declares tests that need something of ffmpeg that not every build has. `npm run test:ffmpeg` skips them by name with a
 * build that lacks it; with any other command they fail, so that nothing goes untested unnoticed.
 */
export function needing(...needs: readonly Need[]): {
  it: (title: string, test: Mocha.Func | Mocha.AsyncFunc) => Mocha.Test;
  describe: (title: string, suite: (this: Mocha.Suite) => void) => Mocha.Suite;
} {
  const lacking = needs.filter((need) => !isThere(need));
  if (lacking.length === 0) return { it, describe };
  const reason = lacking.map(sentence).join(" ");
  const list = process.env[SKIPPED_VARIABLE];
  if (list === undefined) {
    const fail = (): never => {
      throw new Error(`${reason} This test needs it. Take another build; only \`npm run test:ffmpeg\` skips it.`);
    };
    return { it: (title) => it(title, fail), describe: (title) => describe(title, () => void it("runs", fail)) };
  }
  const note = (test: Mocha.Test): void => appendFileSync(list, `${test.fullTitle()}: ${reason}\n`);
  return {
    it: (title) => {
      const test = it.skip(title);
      note(test);
      return test;
    },
    describe: (title, body) => {
      const suite = describe.skip(title, body) as Mocha.Suite;
      suite.eachTest(note);
      return suite;
    },
  };
}

function sentence(need: Need): string {
  const [program, kind = "", name = "", format] = need.split(" ");
  if (kind === "decoder") return `This ${program} doesn't decode ${name}.`;
  return `This ${program} has no ${kind} ${name}${format === undefined ? "" : ` for ${format}`}.`;
}

function isThere(need: Need): boolean {
  const known = answers.get(need);
  if (known !== undefined) return known;
  const [program = "", kind = "", name = "", format = ""] = need.split(" ");
  const found =
    kind === "decoder"
      ? decodes(program as Program, name as keyof typeof SAMPLES)
      : describes(run(program, ["-hide_banner", "-h", `${kind}=${name}`]), kind, name, format);
  answers.set(need, found);
  return found;
}

/** Whether the program described it; it exits with 0 either way. */
function describes(text: string, kind: string, name: string, format: string): boolean {
  const formats = /^ *Supported pixel formats: (.*)$/m.exec(text)?.[1]?.split(" ") ?? [];
  return new RegExp(`^${kind} ${name}\\b`, "im").test(text) && (format === "" || formats.includes(format));
}

function decodes(program: Program, codec: keyof typeof SAMPLES): boolean {
  const directory = mkdtempSync(join(tmpdir(), "ffmpeg-needs-"));
  try {
    const sample = join(directory, "sample.mkv");
    const picture = ["-f", "lavfi", "-i", "testsrc2=s=64x64:r=25", "-frames:v", "1", "-pix_fmt", "yuv420p"];
    run("ffmpeg", ["-v", "error", "-nostdin", ...picture, "-c:v", SAMPLES[codec], sample]);
    if (program === "ffmpeg") {
      return run("ffmpeg", ["-v", "error", "-nostdin", "-i", sample, "-f", "framecrc", "-"]).includes("\n0,");
    }
    const count = ["-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0"];
    return run("ffprobe", ["-v", "error", ...count, sample]).trim() === "1";
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function run(program: string, args: readonly string[]): string {
  return spawnSync(program, args, { encoding: "utf8" }).stdout;
}
