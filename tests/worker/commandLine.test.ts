import assert from "node:assert/strict";

import { HELP, parseCommandLine } from "../../worker/commandLine";

const URIS = ["--input", "file:///a b.mp4", "--output", "s3://out/x"];

describe("the worker's command line", () => {
  it("is parsed with the array index from the environment", () => {
    const args = ["transcode", ...URIS, "--rendition", "720p", "--part", "2"];
    assert.deepEqual(parseCommandLine(args, { AWS_BATCH_JOB_ARRAY_INDEX: "7" }), {
      kind: "job",
      command: "transcode",
      job: { input: "file:///a b.mp4", output: "s3://out/x", rendition: "720p", part: 2, index: 7 },
    });
  });

  it("knows the array job that it is a child of", () => {
    const request = parseCommandLine(["audio", ...URIS], { AWS_BATCH_JOB_ID: "1a2b:7" });
    assert.equal(request.kind === "job" && request.job.batchJob, "1a2b");
  });

  it("knows what packaging leaves out", () => {
    const missing = { renditions: ["720p"], features: true };
    const request = parseCommandLine(["package", ...URIS, "--missing", JSON.stringify(missing)], {});
    assert.deepEqual(request.kind === "job" && request.job.missing, missing);
  });

  it("knows where the event goes that the video is playable", () => {
    const event = { bus: "arn:bus", detail: { execution: "arn:execution" } };
    const request = parseCommandLine(["audio", ...URIS, "--event", JSON.stringify(event)], {});
    assert.deepEqual(request.kind === "job" && request.job.event, event);
  });

  it("knows how much of the video may be damaged", () => {
    const shareOf = (...options: string[]): unknown => {
      const request = parseCommandLine(["metadata", ...URIS, ...options], {});
      return request.kind === "job" && request.job.maxDamagedShare;
    };
    const given = ["0", "0.02", ".5", "1", "1.0", "2.5e-7"].map((share) => shareOf("--max-damaged-share", share));
    assert.deepEqual(given, [0, 0.02, 0.5, 1, 1, 2.5e-7]);
    assert.equal(shareOf("--max-damaged-share=0.1"), 0.1);
    assert.equal(shareOf(), undefined);
  });

  it("takes values that begin with a dash", () => {
    const args = ["transcode", ...URIS, "--rendition", "--help", "--part=1"];
    const request = parseCommandLine(args, {});
    assert.equal(request.kind === "job" && request.job.rendition, "--help");
  });

  it("shows its help", () => {
    assert.deepEqual(parseCommandLine(["--help"], {}), { kind: "help" });
    assert.match(HELP, /^Usage: worker <command>/);
    assert.deepEqual(parseCommandLine(["--version"], {}), { kind: "version" });
    assert.deepEqual(parseCommandLine(["check"], {}), { kind: "check" });
  });

  const wrong: [args: string[], rule: string, environment?: NodeJS.ProcessEnv][] = [
    [[], "the command must be one of metadata, features, transcode, audio, package. Received none."],
    [["encode"], "the command must be one of metadata, features, transcode, audio, package. Received encode."],
    [["audio", "package", ...URIS], "only one command is taken. Received audio package."],
    [["check", ...URIS], "check takes neither options nor a video."],
    [["audio", "--output", "x"], "--input URI is missing."],
    [["audio", "--input", "x"], "--output URI is missing."],
    ...["s3://videos", "s3://videos/", "s3://"].map((uri): [string[], string] => [
      ["metadata", "--input", uri, "--output", "x"],
      `--input must name an object, as in s3://bucket/key. Received ${uri}.`,
    ]),
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
    ...["videos", "{}", '{"bus":"arn:bus","detail":{}}'].map((text): [string[], string] => [
      ["package", ...URIS, "--event", text],
      `--event must be like {"bus":"ARN","detail":{"execution":"ARN",…}}. Received ${text}.`,
    ]),
    ...["1.01", "-0.1", "2%", "", "NaN", "0x1", "1e3"].map((text): [string[], string] => [
      ["package", ...URIS, "--max-damaged-share", text],
      `--max-damaged-share must be a number from 0 to 1. Received ${text}.`,
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
