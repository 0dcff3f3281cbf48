import assert from "node:assert/strict";

import { HELP, parseCommandLine } from "../../worker/commandLine";

const URIS = ["--input", "file:///a b.mp4", "--output", "s3://out/x"];

describe("the worker's command line", () => {
  it("is parsed with the array index from the environment", () => {
    const args = ["transcode", ...URIS, "--rendition", "720p", "--part", "2"];
    assert.deepEqual(parseCommandLine(args, { AWS_BATCH_JOB_ARRAY_INDEX: "7" }), {
      help: false,
      command: "transcode",
      job: { input: "file:///a b.mp4", output: "s3://out/x", rendition: "720p", part: 2, index: 7 },
    });
  });

  it("knows what packaging leaves out", () => {
    const missing = { renditions: ["720p"], features: true };
    const request = parseCommandLine(["package", ...URIS, "--missing", JSON.stringify(missing)], {});
    assert.deepEqual(!request.help && request.job.missing, missing);
  });

  it("takes values that begin with a dash", () => {
    const args = ["transcode", ...URIS, "--rendition", "--help", "--part=1"];
    const request = parseCommandLine(args, {});
    assert.equal(!request.help && request.job.rendition, "--help");
  });

  it("shows its help", () => {
    assert.deepEqual(parseCommandLine(["--help"], {}), { help: true });
    assert.match(HELP, /^Usage: worker <command>/);
  });

  const wrong: [args: string[], rule: string, environment?: NodeJS.ProcessEnv][] = [
    [[], "the command must be one of metadata, features, transcode, audio, package. Received none."],
    [["encode"], "the command must be one of metadata, features, transcode, audio, package. Received encode."],
    [["audio", "package", ...URIS], "only one command is taken. Received audio package."],
    [["audio", "--output", "x"], "--input URI is missing."],
    [["audio", "--input", "x"], "--output URI is missing."],
    [["audio", "--verbose"], "Unknown option '--verbose'."],
    [["transcode", ...URIS, "--part", "1"], "transcode needs --rendition NAME."],
    [["transcode", ...URIS, "--rendition", "x"], "transcode needs --part N."],
    [
      ["transcode", ...URIS, "--rendition", "x", "--part", "0"],
      "--part must be a whole number of at least 1. Received 0.",
    ],
    ...["720p", "{}", '{"renditions":[1],"features":false}'].map((text): [string[], string] => [
      ["package", ...URIS, "--missing", text],
      `--missing must be like {"renditions":["720p"],"features":false}. Received ${text}.`,
    ]),
    [
      ["audio", ...URIS],
      "AWS_BATCH_JOB_ARRAY_INDEX must be a whole number of at least 0. Received -1.",
      { AWS_BATCH_JOB_ARRAY_INDEX: "-1" },
    ],
  ];
  for (const [args, rule, environment = {}] of wrong) {
    it(rule, () =>
      assert.throws(() => parseCommandLine(args, environment), {
        name: "InputError",
        message: `Wrong usage: ${rule} See worker --help.`,
      }),
    );
  }
});
