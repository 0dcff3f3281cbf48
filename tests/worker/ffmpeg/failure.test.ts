import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { ProgramCrash } from "../../../worker/errors/errors";
import { failureError, isTransient } from "../../../worker/ffmpeg/failure";
import { QUIET } from "../../../worker/ffmpeg/input";
import { start } from "../../../worker/ffmpeg/run";
import { clipDirectory, makeClip } from "../../support/clips";

const SUBJECT = '"a.mp4"';

/** What ffmpeg 5.1 prints when it fails, and what later versions print, with the wording of musl or of glibc. */
const RECORDED: [cause: string, error: string, ...said: string[]][] = [
  [
    "too little memory",
    "JobError: ffmpeg failed: x264 [error]: malloc of size 174391872 failed.",
    `x264 [error]: malloc of size 174391872 failed
Error initializing output stream 0:0 -- Error while opening encoder for output stream #0:0 - maybe incorrect parameters such as bit_rate, rate, width or height`,
    `x264 [error]: malloc of size 174391872 failed
[vost#0:0/libx264 @ 0x7f] [enc:libx264 @ 0x7f] Error while opening encoder - maybe incorrect parameters such as bit_rate, rate, width or height.
[vf#0:0 @ 0x7f] Error sending frames to consumers: Generic error in an external library
[vf#0:0 @ 0x7f] Task finished with error code: -542398533 (Generic error in an external library)
[vf#0:0 @ 0x7f] Terminating thread with return code -542398533 (Generic error in an external library)
[vost#0:0/libx264 @ 0x7f] [enc:libx264 @ 0x7f] Could not open encoder before EOF
[vost#0:0/libx264 @ 0x7f] Task finished with error code: -22 (Invalid argument)
[vost#0:0/libx264 @ 0x7f] Terminating thread with return code -22 (Invalid argument)
[out#0/mp4 @ 0x7f] Nothing was written into output file, because at least one of its streams received no packets.`,
  ],
  [
    "too little memory for a picture",
    "JobError: ffmpeg failed: Error encoding a frame: Out of memory.",
    `[vost#0:0/rawvideo @ 0x7f] Error submitting video frame to the encoder
[vost#0:0/rawvideo @ 0x7f] Error encoding a frame: Out of memory
[vost#0:0/rawvideo @ 0x7f] Task finished with error code: -12 (Out of memory)
[vost#0:0/rawvideo @ 0x7f] Terminating thread with return code -12 (Out of memory)`,
  ],
  [
    "a full disk",
    "JobError: ffmpeg failed: No space left on device.",
    `av_interleaved_write_frame(): No space left on device
    Last message repeated 1 times
Error writing trailer of /dev/full: No space left on device
Error closing file /dev/full: No space left on device`,
    `[out#0/mpegts @ 0x7f] Error muxing a packet
[out#0/mpegts @ 0x7f] Task finished with error code: -28 (No space left on device)
[out#0/mpegts @ 0x7f] Terminating thread with return code -28 (No space left on device)
[out#0/mpegts @ 0x7f] Error writing trailer: No space left on device
[out#0/mpegts @ 0x7f] Error closing file: No space left on device`,
  ],
  [
    "pictures that are damaged, all of them",
    `InputError: ${SUBJECT} can't be decoded: Invalid data found when processing input.`,
    `[h264 @ 0x55] Error splitting the input into NAL units.
Error while decoding stream #0:0: Invalid data found when processing input
    Last message repeated 1 times
Cannot determine format of input stream 0:0 after EOF
Error marking filters as finished`,
    `[h264 @ 0x7f] Error splitting the input into NAL units.
[vist#0:0/h264 @ 0x7f] [dec:h264 @ 0x7f] Decoding error: Invalid data found when processing input
    Last message repeated 1 times
[vist#0:0/h264 @ 0x7f] [dec:h264 @ 0x7f] Decode error rate 1 exceeds maximum 0.666667
[vist#0:0/h264 @ 0x7f] [dec:h264 @ 0x7f] Task finished with error code: -1145393733 (No error information)
[vist#0:0/h264 @ 0x7f] [dec:h264 @ 0x7f] Terminating thread with return code -1145393733 (No error information)
[vf#0:0 @ 0x7f] Cannot determine format of input 0:0 after EOF
[vf#0:0 @ 0x7f] Task finished with error code: -1094995529 (Invalid data found when processing input)
[vf#0:0 @ 0x7f] Terminating thread with return code -1094995529 (Invalid data found when processing input)
[vost#0:0/libx264 @ 0x7f] Could not open encoder before EOF
[out#0/mp4 @ 0x7f] Nothing was written into output file, because at least one of its streams received no packets.`,
  ],
  [
    "a decoder that some hardware is needed for",
    `InputError: ${SUBJECT} can't be decoded: Function not implemented.`,
    `[av1 @ 0x7f] Your platform doesn't support hardware accelerated AV1 decoding.
[av1 @ 0x7f] Failed to get pixel format.
[av1 @ 0x7f] Get current frame error
[vist#0:0/av1 @ 0x7f] [dec:av1 @ 0x7f] Error submitting packet to decoder: Function not implemented
[vist#0:0/av1 @ 0x7f] [dec:av1 @ 0x7f] Decode error rate 1 exceeds maximum 0.666667
[vist#0:0/av1 @ 0x7f] [dec:av1 @ 0x7f] Terminating thread with return code -1145393733 (Error number -1145393733 occurred)`,
  ],
  [
    "pictures that are too large",
    `InputError: ${SUBJECT} can't be decoded: [h264] [IMGUTILS] Picture size 16384x16384 is invalid.`,
    `[h264 @ 0x55] [IMGUTILS @ 0x7f] Picture size 16384x16384 is invalid
Error while opening decoder for input stream #0:0 : Invalid argument`,
    `[h264 @ 0x7f] [IMGUTILS @ 0x7f] Picture size 16384x16384 is invalid
[vist#0:0/h264 @ 0x7f] [dec:h264 @ 0x7f] Error while opening decoder: Invalid argument
Error opening output file pipe:1.
Error opening output files: Invalid argument`,
  ],
  [
    "content that a demuxer calls an I/O error",
    `InputError: ${SUBJECT} can't be decoded: Input/output error.`,
    "s3://clips/a.avi: Input/output error",
  ],
  [
    "a decoder that fails again and again",
    `InputError: ${SUBJECT} can't be decoded: Operation not permitted.`,
    `Error while decoding stream #0:0: Operation not permitted
    Last message repeated 147 times`,
    `[vist#0:0/theora @ 0x7f] [dec:theora @ 0x7f] Error submitting packet to decoder: Operation not permitted
    Last message repeated 1 time
Conversion failed!
    Last message repeated 2 times`,
  ],
  [
    "an encoder that refuses a size",
    "JobError: ffmpeg failed with exit code 1: [libx264] invalid width x height (32000x240).",
    `[libx264 @ 0x55] invalid width x height (32000x240)
Error initializing output stream 0:0 -- Error while opening encoder for output stream #0:0 - maybe incorrect parameters such as bit_rate, rate, width or height`,
    `[libx264 @ 0x7f] invalid width x height (32000x240)
[vost#0:0/libx264 @ 0x7f] [enc:libx264 @ 0x7f] Error while opening encoder - maybe incorrect parameters such as bit_rate, rate, width or height.
[vost#0:0/libx264 @ 0x7f] Error submitting video frame to the encoder
[vost#0:0/libx264 @ 0x7f] Error encoding a frame: Generic error in an external library
[vf#0:0 @ 0x7f] Error sending frames to consumers: Generic error in an external library
[out#0/mp4 @ 0x7f] Nothing was written into output file, because at least one of its streams received no packets.`,
  ],
  ["nothing but repetitions", "JobError: ffmpeg failed with exit code 1.", "    Last message repeated 7 times"],
  ["nothing but consequences", `InputError: ${SUBJECT} can't be decoded: Conversion failed!`, "Conversion failed!"],
];

/** What each version prints about the machine, and about a file's content in words that sound like it. */
const CLASSIFIED: [stderr: string, transient: boolean][] = [
  ["[in#0/avi @ 0x7f] Error during demuxing: I/O error", false],
  ["[in#0/avi @ 0x7f] Error during demuxing: Input/output error", false],
  ["file:///clips/a.avi: Input/output error", false],
  ["s3://clips/a.avi: I/O error", false],
  ["s3://clips/Out of memory.mp4: Invalid data found when processing input", false],
  ["Error opening input file s3://clips/Broken pipe (live).mkv.", false],
  ["s3://clips/Out of memory.mp4: Cannot allocate memory", true],
  ["[in#0 @ 0x7f] Error opening input: I/O error\nError opening input file s3://clips/a.avi.", false],
  ["Error while decoding stream #0:0: Resource temporarily unavailable", false],
  ["[vost#0:0 @ 0x7f] pthread_create() failed: Resource temporarily unavailable", true],
  ["[tcp @ 0x7f] Connection to s3://clips/a.avi failed: Connection refused", true],
  ["av_interleaved_write_frame(): Input/output error", true],
  ["[out#2/image2 @ 0x7f] Error writing trailer: I/O error", true],
];

describe("failureError", () => {
  for (const [cause, expected, ...recorded] of RECORDED) {
    it(`gives the same sentence for every version: ${cause}`, () => {
      for (const stderr of recorded) {
        const { name, message } = failureError(SUBJECT, { program: "ffmpeg", code: 1, signal: null, stderr });
        assert.equal(`${name}: ${message}`, expected);
      }
    });
  }

  it("attributes a failure to the machine or to the file", () => {
    for (const [stderr, transient] of CLASSIFIED) assert.equal(isTransient(stderr), transient, stderr);
  });
});

describe("failureError of the installed ffmpeg", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    const clip = await makeClip(join(path, "clip.mp4"), { seconds: 0.4, output: ["-movflags", "+faststart"] });
    const bytes = await readFile(clip);
    await writeFile(join(path, "unknown.mp4"), bytes.toString("latin1").replaceAll("avc1", "zzzz"), "latin1");
    await writeFile(join(path, "text.mp4"), "This is no video.\n".repeat(100));
    bytes.fill(0x55, bytes.indexOf("mdat") + 4);
    await writeFile(join(path, "damaged.mp4"), bytes);
  });
  after(() => remove());

  const PICTURE = ["-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=4"];
  const OUTPUT = ["-c:v", "libx264", "-preset", "ultrafast", "-f", "mp4", "-movflags", "empty_moov", "pipe:1"];

  async function failWith(args: readonly string[], readsAll = true): Promise<string> {
    const program = start("ffmpeg", [...QUIET, ...args]);
    program.side.resume();
    program.output.on("data", () => readsAll || program.output.destroy());
    const exit = await program.ended;
    assert.notEqual(exit.code, 0, exit.stderr);
    const { name, message } = failureError(SUBJECT, exit);
    return `${name}: ${message.replace(/exit code \d+/, "exit code N")}`;
  }

  const cases: [cause: string, args: (path: string) => string[], expected: RegExp][] = [
    [
      "explains an unknown preset",
      () => [...PICTURE, "-c:v", "libx264", "-preset", "nosuch", "-f", "mp4", "pipe:1"],
      /^JobError: ffmpeg failed with exit code N: \[libx264\] Error setting preset\/tune nosuch\/\(null\)\.$/,
    ],
    [
      "explains an unknown codec",
      (file) => ["-i", `file:${file}/unknown.mp4`, "-map", "0:v", ...OUTPUT],
      /^InputError: "a\.mp4" can't be decoded: Deco.* found.*\.$/,
    ],
    [
      "explains a file that is not a video",
      (file) => ["-i", `file:${file}/text.mp4`, ...OUTPUT],
      /^InputError: "a\.mp4" can't be decoded: Invalid data found when processing input\.$/,
    ],
    [
      "explains damaged pictures",
      (file) => ["-i", `file:${file}/damaged.mp4`, ...OUTPUT],
      /^InputError: "a\.mp4" can't be decoded: Invalid data found when processing input\.$/,
    ],
    [
      "explains a missing file",
      (file) => ["-i", `file:${file}/absent.mp4`, ...OUTPUT],
      /^JobError: ffmpeg failed with exit code N: No such file or directory\.$/,
    ],
    [
      "explains that nobody serves the source",
      () => ["-i", "http://127.0.0.1:9/a.mp4", ...OUTPUT],
      /^JobError: ffmpeg failed: Connection refused\.$/,
    ],
  ];
  for (const [cause, args, expected] of cases) {
    it(cause, async () => assert.match(await failWith(args(path)), expected));
  }

  it("explains a reader that stops reading", async () => {
    const args = ["-f", "lavfi", "-i", "testsrc2=s=640x480:r=25:d=8", ...OUTPUT];
    args.splice(-1, 0, "-frag_duration", "40000");
    assert.equal(await failWith(args, false), "JobError: ffmpeg failed: Broken pipe.");
  });

  it("tells a crash, which comes again, from the end that the machine put to a program", () => {
    for (const [signal, isCrash] of [
      ["SIGSEGV", true],
      ["SIGFPE", true],
      ["SIGTERM", false],
    ] as const) {
      const error = failureError(SUBJECT, { program: "ffprobe", code: null, signal, stderr: "" });
      assert.equal(String(error), `JobError: ffprobe was ended by ${signal}.`);
      assert.equal(error instanceof ProgramCrash, isCrash);
    }
  });
});
