import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { cli } from "../support/commandLine";
import { answers, EXECUTION, MACHINE } from "./recording";
import type { Answers, BucketAnswer, RecordedCall } from "./service";
import { useAws } from "./useAws";

const isStart = ({ operation }: RecordedCall): boolean => operation === "AWSStepFunctions.StartExecution";

describe("the start command", () => {
  const aws = useAws();

  it("takes the ARN from the stack's outputs, and sends only the given values", async () => {
    await aws().serve();
    writeFileSync(path.join(aws().directory, "Pulumi.yaml"), "name: videos\nruntime: nodejs\n");
    const script = `#!/bin/sh\n[ "$*" = "stack output --json --stack prod --non-interactive" ] || exit 9\necho '{"bucket":"b","stateMachineArn":"${MACHINE}"}'\n`;
    writeFileSync(path.join(aws().directory, "pulumi"), script, { mode: 0o755 });
    process.env["PATH"] = `${aws().directory}:${process.env["PATH"]}`;
    const { code, stdout, stderr } = await cli([
      "start",
      "s3://in/my clip.mp4",
      "--stack",
      "prod",
      "--program",
      aws().directory,
    ]);
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: `${EXECUTION}\n`, stderr: "" });
    const { operation, request } = aws().calls.find(isStart)!;
    const { name, ...others } = request as Record<string, string>;
    assert.deepEqual(
      [operation, others],
      ["AWSStepFunctions.StartExecution", { stateMachineArn: MACHINE, input: '{"input":"s3://in/my clip.mp4"}' }],
    );
    assert.match(name!, /^my-clip\.mp4-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}$/);
  });

  it("refuses a name that Step Functions or CloudWatch would not take, with one that they take", async () => {
    await aws().serve();
    const start = ["start", "s3://in/a.mp4", "--state-machine", MACHINE, "--name"];
    const refused = await cli([...start, "Übung 1"]);
    assert.equal(refused.code, 2);
    assert.match(
      refused.stderr,
      /The name of an execution must have 1 to 80 characters of ASCII, without spaces and without any of .*\. Received "Übung 1"\. Use, for example, Ubung-1\./,
    );
    assert.equal(aws().calls.length, 0);
    assert.equal((await cli([...start, "nightly-1"])).code, 0);
    assert.equal((aws().calls.find(isStart)?.request as { name: string }).name, "nightly-1");
  });

  const READS_ACROSS =
    "The bucket in is in us-west-2, and the pipeline in eu-west-1: every job reads the video across regions, at 0.01 to 0.15 USD per GB, about once for each rendition. A copy in eu-west-1 costs that only once.\n";
  const FAILS = (bucket: string): string =>
    `The bucket ${bucket} is in us-west-2, and the pipeline in eu-west-1: Step Functions reads the plan only in its own region, so the execution will fail. Name an output in eu-west-1.\n`;
  const places: [what: string, of: Record<string, BucketAnswer>, output: string | undefined, stderr: string][] = [
    ["of the video elsewhere", { in: { status: 301, region: "us-west-2" } }, undefined, READS_ACROSS],
    ["elsewhere since 2019", { in: { status: 400, region: "us-west-2" } }, undefined, READS_ACROSS],
    ["elsewhere that denies access", { in: { status: 403, region: "us-west-2" } }, undefined, READS_ACROSS],
    ["here that denies access", { in: { status: 403, region: "eu-west-1" } }, undefined, ""],
    ["of the output elsewhere", { out: { status: 200, region: "us-west-2" } }, "s3://out/x", FAILS("out")],
    ["of both elsewhere", { in: { status: 200, region: "us-west-2" } }, "s3://in/x", READS_ACROSS + FAILS("in")],
    ["that does not exist", { in: { status: 404 } }, undefined, "There is no bucket in: the execution will fail.\n"],
  ];
  for (const [what, buckets, target, expected] of places) {
    it(`begins with a bucket ${what}, and says what that means`, async () => {
      const heads = Object.entries(buckets).map(([name, answer]) => [`HEAD /${name}`, () => answer]);
      await aws().serve({ ...answers(), ...(Object.fromEntries(heads) as Answers) });
      const args = ["start", "s3://in/clip.mp4", "--state-machine", MACHINE, ...(target ? ["--output", target] : [])];
      const { code, stdout, stderr } = await cli(args);
      assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: `${EXECUTION}\n`, stderr: expected });
    });
  }

  it("passes the share that may be damaged on, and refuses another value", async () => {
    await aws().serve();
    const start = (share: string) =>
      cli(["start", "s3://in/clip.mp4", "--state-machine", MACHINE, "--max-damaged-share", share]);
    assert.equal((await start("0.1")).code, 0);
    const { request } = aws().calls.find(isStart)!;
    assert.deepEqual(JSON.parse(request["input"] as string), { input: "s3://in/clip.mp4", maxDamagedShare: 0.1 });
    for (const value of ["5%", "1.1", " "]) {
      const { code, stderr } = await start(value);
      assert.equal(code, 2);
      const rule = "--max-damaged-share must be a number from 0 to 1.";
      assert.equal(stderr.split("\n")[0], `${rule} Received ${JSON.stringify(value)}.`);
    }
  });

  it("begins although S3 does not answer", async () => {
    await aws().serve({ ...answers(), "HEAD /in": () => ({ status: 500 }) });
    const { code, stdout, stderr } = await cli(["start", "s3://in/clip.mp4", "--state-machine", MACHINE]);
    assert.deepEqual([code, stdout], [0, `${EXECUTION}\n`]);
    assert.equal(stderr, "The region of the bucket in could not be determined: S3 answered with 500.\n");
  });
});
