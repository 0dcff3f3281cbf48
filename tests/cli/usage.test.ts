import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { cli, ROOT, startCli } from "../support/commandLine";

const TUTORIAL = path.join(ROOT, "examples", "tutorial");

describe("the command line", () => {
  let directory: string;

  beforeEach(() => {
    directory = realpathSync(mkdtempSync(path.join(tmpdir(), "cli-")));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it("is a program that exits with the command's code", async () => {
    const { code, stdout, stderr } = await startCli(["definition", "--stack", "staging"]).result;
    assert.equal(
      stderr,
      `There is no stack staging in ${ROOT}: it has no Pulumi.staging.yaml. Choose one of: dev, prod.\n`,
    );
    assert.equal(stdout, "");
    assert.equal(code, 2);
  });

  it("prints help", async () => {
    const { code, stdout, stderr } = await cli(["run", "--help"]);
    assert.equal(code, 0);
    assert.equal(stderr, "");
    for (const word of [
      "[video]",
      "--stack",
      "--program",
      "--out",
      "--output",
      "--resume",
      "--max-vcpus",
      "Exit codes: 0",
    ]) {
      assert.ok(stdout.includes(word), `${word} is not in:\n${stdout}`);
    }
  });

  const help = (command = ""): string => `Help: npx video-batch-pipeline ${command}--help\n`;
  const makeOne = (file: string): string =>
    `To try it without your own video, make a ten-second clip:\n  ffmpeg -f lavfi -i testsrc2=s=hd720:d=10 -f lavfi -i sine=d=10 -pix_fmt yuv420p ${file}\n  npx video-batch-pipeline run ${file}\n`;
  const mistakes: [string, string[], (directory: string) => string][] = [
    [
      "an unknown command",
      ["transcode"],
      () =>
        `There is no command transcode. Choose one of: run, view, preview, diagram, definition, completion, start, watch, list, logs, report, stop, redrive, approve, reject.\n${help()}`,
    ],
    [
      "a mistyped command",
      ["previw", "--stack", "dev"],
      () =>
        `There is no command previw. Did you mean preview? Choose one of: run, view, preview, diagram, definition, completion, start, watch, list, logs, report, stop, redrive, approve, reject.\n${help()}`,
    ],
    [
      "help for an unknown command",
      ["help", "previw"],
      () =>
        `There is no command previw. Did you mean preview? Choose one of: run, view, preview, diagram, definition, completion, start, watch, list, logs, report, stop, redrive, approve, reject.\n${help()}`,
    ],
    ["an unknown option", ["preview", "--yaml"], () => `preview has no option --yaml.\n${help("preview ")}`],
    [
      "a mistyped option",
      ["preview", "--stak=prod"],
      () => `preview has no option --stak. Did you mean --stack?\n${help("preview ")}`,
    ],
    [
      "an unknown option before the command",
      ["--verison"],
      () => `video-batch-pipeline has no option --verison. Did you mean --version?\n${help()}`,
    ],
    [
      "an option without its value",
      ["diagram", "-o"],
      () => `--output needs a value. Write --output <file>.\n${help("diagram ")}`,
    ],
    ["a missing argument", ["logs"], () => `logs needs <execution>: ARN or name of an execution.\n${help("logs ")}`],
    [
      "a path with a space and without quotes",
      ["run", "my", "clip.mp4"],
      () => `run takes 1 argument. Received 2. Put quotes around one with spaces.\n${help("run ")}`,
    ],
    [
      "a value that is none of the choices",
      ["diagram", "--format", "mermeid"],
      () => `--format must be one of svg, mermaid. Received "mermeid". Did you mean mermaid?\n${help("diagram ")}`,
    ],
    [
      "a shell that is none of the choices",
      ["completion", "powershell"],
      () => `<shell> must be one of bash, zsh, fish. Received "powershell".\n${help("completion ")}`,
    ],
    [
      "a cause without a character",
      ["reject", "clip", "--cause", ""],
      () => `--cause must have 1 to 1,000 characters. Received "".\n${help("reject ")}`,
    ],
    [
      "no video",
      ["run"],
      () => `run needs a video: a file, s3://bucket/key, or with --resume the folder of a run. ${makeOne("clip.mp4")}`,
    ],
    [
      "a video and a run to resume",
      ["run", "clip.mp4", "--resume", "out/clip"],
      () => "--resume continues with the video of the run in out/clip. Leave out clip.mp4.\n",
    ],
    [
      "a bucket as the video",
      ["run", "s3://videos"],
      () => 'The video must be like s3://bucket/key. Received "s3://videos".\n',
    ],
    [
      "an output that is not in S3",
      ["run", "clip.mp4", "--output", "out/clip"],
      () => 'The output must be like s3://bucket/prefix. Received "out/clip".\n',
    ],
    [
      "a run to resume and another output",
      ["run", "--resume", "out/clip", "--output", "s3://videos/clip"],
      () => `--resume can't be used with --output. Leave one of them out.\n${help("run ")}`,
    ],
    [
      "a run to resume and another stack",
      ["run", "--resume", "out/clip", "--stack", "prod"],
      () => `--resume can't be used with --stack. Leave one of them out.\n${help("run ")}`,
    ],
    [
      "a folder without a run",
      ["run", "--resume", "out/clip"],
      (dir) =>
        `There is no run in ${dir}/out/clip to resume: it has no run.json. Start one with: run VIDEO --out ${dir}/out/clip\n`,
    ],
    [
      "vCPUs that are not a number",
      ["run", "clip.mp4", "--max-vcpus", "many"],
      () => `--max-vcpus must be a number above 0. Received "many".\n${help("run ")}`,
    ],
    [
      "an unknown stack",
      ["definition", "--program", ROOT, "--stack", "staging"],
      () => `There is no stack staging in ${ROOT}: it has no Pulumi.staging.yaml. Choose one of: dev, prod.\n`,
    ],
    [
      "a stack without a program",
      ["definition", "--stack", "dev"],
      (dir) =>
        `There is no Pulumi.yaml in ${dir} or above it, so there is no stack dev. Pass the program's folder with --program, or leave out --stack for the component with its defaults.\n`,
    ],
    [
      "a folder without a program",
      ["definition", "--program", "."],
      (dir) => `There is no Pulumi.yaml in ${dir} or above it. Pass the program's folder with --program.\n`,
    ],
    [
      "a program's folder that isn't there, below another program's",
      ["preview", "--program", path.join(ROOT, "nowhere")],
      () => `The program's folder ${ROOT}/nowhere doesn't exist.\n`,
    ],
    [
      "a deployed program's folder that isn't there",
      ["list", "--program", path.join(ROOT, "nowhere")],
      () => `The program's folder ${ROOT}/nowhere doesn't exist.\n`,
    ],
    [
      "a missing video",
      ["run", "missing.mp4", "--program", ROOT],
      (dir) => `The video ${dir}/missing.mp4 doesn't exist. ${makeOne("missing.mp4")}`,
    ],
    [
      "a missing video of another kind",
      ["run", "my film.avi"],
      (dir) => `The video ${dir}/my film.avi doesn't exist. ${makeOne("clip.mp4")}`,
    ],
    [
      "a missing video with a space",
      ["run", "my film.mov"],
      (dir) => `The video ${dir}/my film.mov doesn't exist. ${makeOne("'my film.mov'")}`,
    ],
    [
      "a fault of an unknown step",
      ["run", path.join(ROOT, "package.json"), "--program", TUTORIAL, "--fail", "Package Video"],
      () =>
        "--fail Package Video: there is no such step. Choose one of: Extract Metadata, Extract Features, Transcode_4k-1, " +
        "Transcode_4k-2, Transcode_1080p-1, Transcode_1080p-2, Transcode_720p-1, Transcode_720p-2, Transcode_480p-1, " +
        "Transcode_480p-2, Notify Success, Notify Failure.\n",
    ],
  ];
  for (const [what, args, message] of mistakes) {
    it(`exits with 2 on ${what}`, async () => {
      const { code, stdout, stderr } = await cli(args, directory);
      assert.equal(stderr, message(directory));
      assert.equal(stdout, "");
      assert.equal(code, 2);
    });
  }

  it("names a command that makes a video, if there is none", async () => {
    const { stderr } = await cli(["run", "my film.mov"], directory);
    const command = stderr.split("\n")[1]!.trim();
    const quick = command
      .replace("ffmpeg ", "ffmpeg -v error -nostdin ")
      .replace(" -pix_fmt ", " -preset ultrafast -pix_fmt ");
    execFileSync("sh", ["-c", quick], { cwd: directory });
    const probe = ["-v", "error", "-show_entries", "stream=codec_type,duration,height", "-of", "csv=p=0"];
    const streams = execFileSync("ffprobe", [...probe, path.join(directory, "my film.mov")], { encoding: "utf8" });
    assert.match(streams, /^video,720,10\.0+\naudio,10\.\d+\n$/);
  });

  it("reports wrong configuration by its key, without a stack trace", async () => {
    writeFileSync(
      path.join(directory, "Pulumi.yaml"),
      `name: video-batch-pipeline\nruntime: nodejs\nmain: ${ROOT}/stacks/index.ts\n`,
    );
    writeFileSync(path.join(directory, "Pulumi.dev.yaml"), "config:\n  video-batch-pipeline:maxVcpus: 8\n");
    const { code, stderr } = await cli(["definition"], directory);
    assert.equal(
      stderr.split("\n")[0],
      'video-batch-pipeline:maxVcpus has moved into video-batch-pipeline:computeEnvironments. Write video-batch-pipeline:computeEnvironments: [{"name":"compute","maxVcpus":8}].',
    );
    assert.equal(code, 2);
  });

  it("prints the definition and nothing else", async () => {
    const { code, stdout, stderr } = await cli(["definition", "--stack", "prod"]);
    assert.equal(stderr, "");
    assert.equal(code, 0);
    const definition = JSON.parse(stdout) as { StartAt: string; TimeoutSeconds: number };
    assert.deepEqual([definition.StartAt, definition.TimeoutSeconds], ["Extract Metadata", 86665]);
  });

  it("prints the component's own definition if there is no program", async () => {
    const { code, stdout, stderr } = await cli(["definition"], directory);
    assert.equal(stderr, "No Pulumi.yaml here or above: using VideoBatchPipeline with its defaults.\n");
    assert.equal(code, 0);
    assert.equal((JSON.parse(stdout) as { StartAt: string }).StartAt, "Extract Metadata");
  });

  it("lists resources as JSON", async () => {
    const { code, stdout, stderr } = await cli(["preview", "--stack", "dev", "--json"]);
    assert.equal(stderr, "");
    assert.equal(code, 0);
    const resources = JSON.parse(stdout) as Record<string, unknown>[];
    for (const resource of resources) {
      assert.deepEqual(Object.keys(resource), ["type", "name", "urn", "parent", "inputs"]);
    }
    const component = resources.find(({ type }) => type === "video-batch-pipeline:index:VideoBatchPipeline");
    const children = resources.filter(({ parent }) => parent === component?.["urn"]);
    assert.equal(children.length, resources.length - 1);
    const types = new Set(children.map(({ type }) => type));
    for (const type of [
      "aws:batch/computeEnvironment:ComputeEnvironment",
      "aws:batch/jobQueue:JobQueue",
      "aws:batch/jobDefinition:JobDefinition",
      "aws:iam/role:Role",
      "aws:iam/instanceProfile:InstanceProfile",
      "aws:s3/bucket:Bucket",
      "aws:sns/topic:Topic",
      "aws:cloudwatch/logGroup:LogGroup",
      "aws:sfn/stateMachine:StateMachine",
      "awsx:ec2:DefaultVpc",
      "awsx:ecr:Repository",
      "awsx:ecr:Image",
    ]) {
      assert.ok(types.has(type), `${type} is not listed`);
    }
  });

  it("explains how to get the stack trace of an internal error, and prints it with --verbose", async () => {
    writeFileSync(path.join(directory, "Pulumi.yaml"), "name: broken\nruntime: nodejs\n");
    writeFileSync(
      path.join(directory, "index.js"),
      'require("@pulumi/pulumi"); throw new RangeError("Out of bounds.");\n',
    );
    symlinkSync(path.join(ROOT, "node_modules"), path.join(directory, "node_modules"));
    const { code, stderr } = await cli(["definition"], directory);
    assert.equal(stderr, "RangeError: Out of bounds.\nRun it again with --verbose to see the stack trace.\n");
    assert.equal(code, 1);
    const verbose = await cli(["definition", "--verbose"], directory);
    assert.match(verbose.stderr, /^RangeError: Out of bounds\.\n {4}at .*index\.js:1/);
  });
});
