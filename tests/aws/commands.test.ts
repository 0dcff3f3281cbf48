import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";

import { Account } from "../../aws/account";
import { ExecutionReader } from "../../aws/execution";
import { commandLine } from "../../cli/commandLine";
import { RecordKeeper } from "../../runner/record/recordKeeper";
import { cli } from "../support/commandLine";
import { at } from "../view/machine";
import { answers, EXECUTION, FIRST_LOOK, IN_GOVCLOUD, MACHINE } from "./recording";
import { type Answers, type BucketAnswer, type RecordedCall, Refusal, startService } from "./service";

type Service = Awaited<ReturnType<typeof startService>>;

const isStart = ({ operation }: RecordedCall): boolean => operation === "AWSStepFunctions.StartExecution";

describe("the commands for AWS", () => {
  const environment = { ...process.env };
  let directory: string;
  let service: Service;

  async function serve(given = answers()): Promise<Service> {
    service = await startService(given);
    process.env["AWS_ENDPOINT_URL"] = service.endpoint;
    return service;
  }

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "aws-"));
    for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
    Object.assign(process.env, {
      ...{ AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret", AWS_EC2_METADATA_DISABLED: "true" },
      ...{ AWS_CONFIG_FILE: path.join(directory, "config"), AWS_SHARED_CREDENTIALS_FILE: path.join(directory, "keys") },
      ...{ AWS_MAX_ATTEMPTS: "1", HOME: directory },
    });
  });
  afterEach(() => {
    service?.close();
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, environment);
    rmSync(directory, { recursive: true, force: true });
  });

  it("read an execution into the same record as a local run", async () => {
    await serve();
    const reader = await ExecutionReader.open(new Account({ region: "eu-west-1" }), EXECUTION);
    const keeper = new RecordKeeper(reader.emptyRun(), "");
    for (const event of await reader.poll()) keeper.apply(event);
    const { status, failure, states, jobs, notifications, vcpus, input } = keeper.record;
    const { playable, secondsToFirstPlayable, secondsToComplete } = keeper.record;
    assert.equal(status, "FAILED");
    assert.deepEqual(playable, [{ rendition: "720p", time: new Date(at(14)).toISOString() }]);
    assert.deepEqual([secondsToFirstPlayable, secondsToComplete], [14, undefined]);
    assert.deepEqual(input, { input: "s3://in/clip.mp4" });
    assert.deepEqual(vcpus, { ce: 8 });
    assert.deepEqual(
      states.map(({ name, type, path: around, outcome, retries }) => [name, type, around.join(), outcome, retries]),
      [
        ["Probe", "Task", "", "succeeded", 0],
        ["Work", "Parallel", "", "caught", 0],
        ["Check", "Choice", "Work[0]", "succeeded", 0],
        ["Encode", "Task", "Work[0]", "caught", 1],
        ["Look", "Task", "Work[1]", "cancelled", 0],
        ["Encode Failed", "Fail", "Work[0]", "failed", 0],
        ["Tell", "Task", "", "succeeded", 0],
        ["Video Failed", "Fail", "", "failed", 0],
      ],
    );
    assert.deepEqual(
      jobs.map(({ id, state, queue, vcpus: cpus, status: how, attempts }) => {
        return [id, state, queue, cpus, how, attempts.map(({ exitCode }) => exitCode)];
      }),
      [
        ["job-probe", "Probe", "high", 2, "SUCCEEDED", [0]],
        ["job-encode", "Encode", "low", 2, "FAILED", []],
        ["job-look", "Look", "low", 2, "FAILED", []],
        ["job-encode:0", undefined, "low", 2, "SUCCEEDED", [0]],
        ["job-encode:1", undefined, "low", 2, "FAILED", [137, 1]],
      ],
    );
    assert.deepEqual(failure, {
      state: "Encode",
      job: "job-encode:1",
      explanation: "The disk is full.",
      log: "encode/1/2",
    });
    assert.equal(notifications[0]?.subject, "Video failed");
  });

  it("watch: prints the changes between two polls, and ends with the execution", async () => {
    await serve(answers({ looks: [FIRST_LOOK, FIRST_LOOK, 30] }));
    const { code, stdout, stderr } = await cli(["watch", EXECUTION, "--interval", "0.1"]);
    assert.equal(stdout, "");
    assert.equal(
      stderr,
      `   0.0 s  Probe                     waiting in high
   1.0 s  Probe                     running
   4.0 s  Encode                    Batch.ServerException, retrying in 2 s
   4.0 s  Probe                     succeeded in 3.0 s
   6.0 s  Encode                    waiting in low, 2 chunks
   6.0 s  Look                      waiting in low
   8.0 s  Encode[0]                 running
   8.0 s  Encode[1]                 running
  12.0 s  Encode[1]                 attempt 1 failed with exit code 137, retrying: Killed.
          | Encoding.
          | Killed.
  13.0 s  Encode[1]                 running, attempt 2
  14.0 s  720p                      playable so far
  15.0 s  Encode[0]                 succeeded in 7.0 s
  19.0 s  Encode[1]                 attempt 2 failed with exit code 1: The disk is full.
          | Encoding.
          | The disk is full.
  20.0 s  Look                      failed: Terminated by Step Functions
  20.0 s  Encode                    failed
  21.0 s  Notification              Video failed

Failed in Encode after 21.0 s: The disk is full.
`,
    );
    assert.equal(code, 1);
  });

  it("watch: ends when nobody reads it any more, before the execution does", async () => {
    await serve(answers({ looks: [FIRST_LOOK] }));
    const output = { stdout: new PassThrough(), stderr: new PassThrough(), closed: AbortSignal.abort() };
    assert.equal(await commandLine(["watch", EXECUTION, "--interval", "0.1"], output), 0);
    assert.equal(output.stderr.read() instanceof Buffer, true);
  });

  it("watch --json: progress of running jobs comes from their logs", async () => {
    await serve(answers({ looks: [FIRST_LOOK, 30] }));
    const { stdout } = await cli(["watch", "one", "--state-machine", MACHINE, "--interval", "0.1", "--json"]);
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const progress = events.filter(({ type }) => type === "attemptProgress");
    assert.deepEqual(
      progress.map(({ job, percent }) => [(job as { id: string }).id, percent]),
      [["job-encode:0", 40]],
    );
    assert.equal(events.at(-1)?.["type"], "executionEnded");
  });

  it("report: writes the same page, with a bar for each attempt and the data in S3", async () => {
    await serve();
    const file = path.join(directory, "one.html");
    // The option also enables path style, which emulators require.
    const { code, stdout, stderr } = await cli(["report", EXECUTION, "-o", file, "--endpoint-url", service.endpoint]);
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: `${file}\n`, stderr: "" });
    const page = readFileSync(file, "utf8");
    assert.equal(page.match(/class="attempt /g)?.length, 4);
    assert.match(page, /<h1>clip\.mp4<\/h1>/);
    assert.match(page, /<p>The disk is full\.<\/p>/);
    assert.match(page, /high <small>priority 10<\/small>/);
    assert.match(page, /1 scene change found/);
    assert.match(page, /<img class="poster" src="data:image\/jpeg;base64,cG9zdGVy"/);
    assert.doesNotMatch(page, /<script|<video/);
    const log = "#logsV2:log-groups/log-group/$252Fjobs/log-events/encode$252F1$252F2";
    const console_ = "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1";
    assert.ok(page.includes(`"${console_}${log}"`));
    await cli(["report", IN_GOVCLOUD, "-o", file, "--endpoint-url", service.endpoint]);
    const govCloud = "https://us-gov-west-1.console.amazonaws-us-gov.com/cloudwatch/home?region=us-gov-west-1";
    assert.ok(readFileSync(file, "utf8").includes(`"${govCloud}${log}"`));
  });

  it("report: says why it goes without the data in S3", async () => {
    const denied = () => {
      throw new Refusal("AccessDenied", "Access Denied");
    };
    const given = answers();
    for (const operation of Object.keys(given)) if (operation.startsWith("GET ")) given[operation] = denied;
    await serve(given);
    const file = path.join(directory, "one.html");
    const { code, stderr } = await cli(["report", EXECUTION, "-o", file, "--endpoint-url", service.endpoint]);
    assert.equal(code, 0);
    // Whichever is answered first.
    assert.match(
      stderr,
      /^s3:\/\/out\/clip\/features\/[a-z.]+ can't be read: AWS denied access: Access Denied\. Use credentials with that permission\.\n$/,
    );
    assert.doesNotMatch(readFileSync(file, "utf8"), /class="poster"/);
  });

  it("start: takes the ARN from the stack's outputs, and sends only the given values", async () => {
    await serve();
    writeFileSync(path.join(directory, "Pulumi.yaml"), "name: videos\nruntime: nodejs\n");
    const script = `#!/bin/sh\n[ "$*" = "stack output --json --stack prod --non-interactive" ] || exit 9\necho '{"bucket":"b","stateMachineArn":"${MACHINE}"}'\n`;
    writeFileSync(path.join(directory, "pulumi"), script, { mode: 0o755 });
    process.env["PATH"] = `${directory}:${process.env["PATH"]}`;
    const { code, stdout, stderr } = await cli([
      "start",
      "s3://in/my clip.mp4",
      "--stack",
      "prod",
      "--program",
      directory,
    ]);
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: `${EXECUTION}\n`, stderr: "" });
    const { operation, request } = service.calls.find(isStart)!;
    const { name, ...others } = request as Record<string, string>;
    assert.deepEqual(
      [operation, others],
      ["AWSStepFunctions.StartExecution", { stateMachineArn: MACHINE, input: '{"input":"s3://in/my clip.mp4"}' }],
    );
    assert.match(name!, /^my-clip\.mp4-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}$/);
  });

  it("start: lists the deployed stacks when there is none of that name", async () => {
    writeFileSync(path.join(directory, "Pulumi.yaml"), "name: videos\nruntime: nodejs\n");
    process.env["PATH"] = `${directory}:${process.env["PATH"]}`;
    const unknown = "echo \"error: no stack named 'prdo' found\" >&2; exit 255";
    const remedies: [listed: string, remedy: string][] = [
      [`echo '[{"name":"dev"},{"name":"prod"}]'`, "Did you mean prod? Choose one of: dev, prod."],
      ["echo '[]'", "Deploy it with `pulumi up --stack prdo`."],
      ["exit 1", "Deploy it with `pulumi up --stack prdo`."],
    ];
    for (const [listed, remedy] of remedies) {
      const script = `#!/bin/sh\ncase "$*" in "stack ls --json --non-interactive") ${listed};; *) ${unknown};; esac\n`;
      writeFileSync(path.join(directory, "pulumi"), script, { mode: 0o755 });
      const { code, stderr } = await cli(["list", "--stack", "prdo", "--program", directory]);
      assert.equal(
        stderr,
        `There is no deployed stack prdo of the program in ${directory}. ${remedy} Or name the state machine with --state-machine ARN.\n`,
      );
      assert.equal(code, 2);
    }
  });

  it("start: refuses a name that Step Functions or CloudWatch would not take, with one that they take", async () => {
    await serve();
    const start = ["start", "s3://in/a.mp4", "--state-machine", MACHINE, "--name"];
    const refused = await cli([...start, "Übung 1"]);
    assert.equal(refused.code, 2);
    assert.match(
      refused.stderr,
      /The name of an execution must have 1 to 80 characters of ASCII, without spaces and without any of .*\. Received "Übung 1"\. Use, for example, Ubung-1\./,
    );
    assert.equal(service.calls.length, 0);
    assert.equal((await cli([...start, "nightly-1"])).code, 0);
    assert.equal((service.calls.find(isStart)?.request as { name: string }).name, "nightly-1");
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
    it(`start: begins with a bucket ${what}, and says what that means`, async () => {
      const heads = Object.entries(buckets).map(([name, answer]) => [`HEAD /${name}`, () => answer]);
      await serve({ ...answers(), ...(Object.fromEntries(heads) as Answers) });
      const args = ["start", "s3://in/clip.mp4", "--state-machine", MACHINE, ...(target ? ["--output", target] : [])];
      const { code, stdout, stderr } = await cli(args);
      assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: `${EXECUTION}\n`, stderr: expected });
    });
  }

  it("start: passes the share that may be damaged on, and refuses another value", async () => {
    await serve();
    const start = (share: string) =>
      cli(["start", "s3://in/clip.mp4", "--state-machine", MACHINE, "--max-damaged-share", share]);
    assert.equal((await start("0.1")).code, 0);
    const { request } = service.calls.find(isStart)!;
    assert.deepEqual(JSON.parse(request["input"] as string), { input: "s3://in/clip.mp4", maxDamagedShare: 0.1 });
    for (const value of ["5%", "1.1", " "]) {
      const { code, stderr } = await start(value);
      assert.equal(code, 2);
      const rule = "--max-damaged-share must be a number from 0 to 1.";
      assert.equal(stderr.split("\n")[0], `${rule} Received ${JSON.stringify(value)}.`);
    }
  });

  it("start: begins although S3 does not answer", async () => {
    await serve({ ...answers(), "HEAD /in": () => ({ status: 500 }) });
    const { code, stdout, stderr } = await cli(["start", "s3://in/clip.mp4", "--state-machine", MACHINE]);
    assert.deepEqual([code, stdout], [0, `${EXECUTION}\n`]);
    assert.equal(stderr, "The region of the bucket in could not be determined: S3 answered with 500.\n");
  });

  it("list: prints the newest first", async () => {
    await serve();
    const { stdout } = await cli(["list", "--state-machine", MACHINE, "--status", "FAILED", "--limit", "5"]);
    assert.equal(
      stdout,
      "SUCCEEDED  2026-01-02 03:04:05      1:15  one-b  without 720p, with 0.1 s damaged at 2:03\nFAILED     2026-01-02 03:04:05      0:21  one\n",
    );
    assert.deepEqual(service.calls[0]?.request, { stateMachineArn: MACHINE, maxResults: 5, statusFilter: "FAILED" });
  });

  it("list: has what executions lack, and what is damaged, for programs too", async () => {
    await serve();
    const { stdout } = await cli(["list", "--state-machine", MACHINE, "--json"]);
    const [first, second] = JSON.parse(stdout) as Record<string, unknown>[];
    assert.deepEqual(first, {
      ...{ name: "one-b", executionArn: `${EXECUTION}-b`, status: "SUCCEEDED" },
      ...{ startDate: "2026-01-02T03:04:05.000Z", stopDate: "2026-01-02T03:05:20.000Z" },
      missing: ["720p"],
      damagedSeconds: 0.1,
      damage: [{ fromSeconds: 123.4, toSeconds: 123.5, what: "2 pictures can't be decoded" }],
    });
    assert.deepEqual(Object.keys(second ?? {}), ["name", "executionArn", "status", "startDate", "stopDate"]);
    const asked = service.calls.filter(({ operation }) => operation === "AWSStepFunctions.DescribeExecution");
    assert.deepEqual(
      asked.map(({ request }) => request),
      [{ executionArn: `${EXECUTION}-b` }],
    );
  });

  const outputs: [what: string, output: string | undefined, line: string][] = [
    ["of another program", "42", "one-b"],
    ["without trouble", '{"status":"SUCCEEDED","summary":"clip.mp4 is ready."}', "one-b"],
    ["that nobody may read", undefined, "one-b"],
    [
      "whose damage is unknown",
      '{"status":"SUCCEEDED","damageUnknown":"Access Denied."}',
      "one-b  and whether it is damaged is unknown",
    ],
  ];
  for (const [what, output, line] of outputs) {
    it(`list: prints an execution ${what}`, async () => {
      const describe = () => ({ output });
      await serve({ ...answers(), "AWSStepFunctions.DescribeExecution": describe });
      const { code, stdout, stderr } = await cli(["list", "--state-machine", MACHINE]);
      assert.deepEqual([code, stdout.split("\n")[0]?.slice(42), stderr], [0, line, ""]);
    });
  }

  it("list: prints the rest although outcomes can't be read", async () => {
    const denied = () => {
      throw new Refusal("AccessDeniedException", "You are not authorized to perform: states:DescribeExecution");
    };
    await serve({ ...answers(), "AWSStepFunctions.DescribeExecution": denied });
    const { code, stdout, stderr } = await cli(["list", "--state-machine", MACHINE]);
    assert.equal(code, 0);
    assert.equal(stdout.split("\n")[0], "SUCCEEDED  2026-01-02 03:04:05      1:15  one-b");
    assert.equal(
      stderr,
      "From here on, the list doesn't show what is missing or damaged: AWS denied access: You are not authorized to perform: states:DescribeExecution. Use credentials with that permission.\n",
    );
  });

  it("logs: prints those of one state, attempt by attempt", async () => {
    await serve();
    const { code, stdout } = await cli(["logs", EXECUTION, "Encode"]);
    assert.equal(code, 0);
    assert.equal(
      stdout,
      `==> Encode[0], attempt 1 <==
Encoding.
progress 40%
playable 720p
==> Encode[1], attempt 1 <==
Encoding.
Killed.
==> Encode[1], attempt 2 <==
Encoding.
progress 10%
The disk is full.
`,
    );
  });

  it("stop: sends the cause", async () => {
    await serve();
    const { code, stderr } = await cli(["stop", EXECUTION, "--cause", "Wrong file."]);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: `Stopped ${EXECUTION}\n` });
    const { request } = service.calls[0]!;
    assert.deepEqual(request, { executionArn: EXECUTION, error: "Stopped", cause: "Wrong file." });
  });

  const mistakes: [string, string[], RegExp][] = [
    [
      "an unknown execution",
      ["logs", `${EXECUTION}-x`],
      /^Execution Does Not Exist: '.*-x'\. See the executions with the list command\.\n$/,
    ],
    [
      "an unknown state",
      ["logs", EXECUTION, "Encod"],
      /^There is no state "Encod" with a job\. Did you mean Encode\? Choose one of: Probe, Encode, Look\.\n$/,
    ],
    [
      "no state machine's ARN",
      ["list", "--state-machine", "videos"],
      /^The state machine must be an ARN such as arn:aws:states:.* Received "videos"\.\n$/,
    ],
    [
      "another service's ARN",
      ["watch", "arn:aws:s3:::b"],
      /^The execution must be an ARN such as arn:aws:states:.*, or a name\. Received "arn:aws:s3:::b"\.\n$/,
    ],
    [
      "a video that is not in S3",
      ["start", "clip.mp4"],
      /^The video must be like s3:\/\/bucket\/key\. Received "clip\.mp4"\.\n$/,
    ],
    [
      "no program",
      ["list", "--program", "/"],
      /^There is no Pulumi\.yaml in \/ or above it\. .* Or name the state machine with --state-machine ARN\.\n$/,
    ],
  ];
  for (const [what, args, message] of mistakes) {
    it(`exit with 2 on ${what}`, async () => {
      await serve();
      const { code, stdout, stderr } = await cli(args);
      assert.match(stderr, message);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
    });
  }

  it("name the remedy for missing credentials", async () => {
    await serve();
    delete process.env["AWS_ACCESS_KEY_ID"];
    const { code, stderr } = await cli(["list", "--state-machine", MACHINE]);
    assert.match(stderr, /^No working AWS credentials were found: .* Run `aws configure` or `aws sso login`/);
    assert.equal(code, 2);
  });

  it("name the remedy for an endpoint that does not respond", async () => {
    const { endpoint, close } = await startService({});
    close();
    const { code, stderr } = await cli(["list", "--state-machine", MACHINE, "--endpoint-url", endpoint]);
    assert.match(stderr, /^http:\/\/127\.0\.0\.1:\d+ does not respond: .*ECONNREFUSED.* Check the network/);
    assert.equal(code, 2);
  });
});
