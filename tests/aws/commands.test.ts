import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PassThrough } from "node:stream";

import { Account } from "../../aws/account";
import { ExecutionReader } from "../../aws/execution";
import { commandLine } from "../../cli/commandLine";
import { RecordKeeper } from "../../runner/record/recordKeeper";
import { cli } from "../support/commandLine";
import { at } from "../view/machine";
import { answers, EXECUTION, FIRST_LOOK, IN_GOVCLOUD, MACHINE } from "./recording";
import { Refusal, startService } from "./service";
import { useAws } from "./useAws";

describe("the commands for AWS", () => {
  const aws = useAws();

  it("read an execution into the same record as a local run", async () => {
    await aws().serve();
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
    await aws().serve(answers({ looks: [FIRST_LOOK, FIRST_LOOK, 30] }));
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
    await aws().serve(answers({ looks: [FIRST_LOOK] }));
    const output = { stdout: new PassThrough(), stderr: new PassThrough(), closed: AbortSignal.abort() };
    assert.equal(await commandLine(["watch", EXECUTION, "--interval", "0.1"], output), 0);
    assert.equal(output.stderr.read() instanceof Buffer, true);
  });

  it("watch --json: progress of running jobs comes from their logs", async () => {
    await aws().serve(answers({ looks: [FIRST_LOOK, 30] }));
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
    await aws().serve();
    const file = path.join(aws().directory, "one.html");
    // The option also enables path style, which emulators require.
    const { code, stdout, stderr } = await cli(["report", EXECUTION, "-o", file, "--endpoint-url", aws().endpoint]);
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
    await cli(["report", IN_GOVCLOUD, "-o", file, "--endpoint-url", aws().endpoint]);
    const govCloud = "https://us-gov-west-1.console.amazonaws-us-gov.com/cloudwatch/home?region=us-gov-west-1";
    assert.ok(readFileSync(file, "utf8").includes(`"${govCloud}${log}"`));
  });

  it("report: says why it goes without the data in S3", async () => {
    const denied = () => {
      throw new Refusal("AccessDenied", "Access Denied");
    };
    const given = answers();
    for (const operation of Object.keys(given)) if (operation.startsWith("GET ")) given[operation] = denied;
    await aws().serve(given);
    const file = path.join(aws().directory, "one.html");
    const { code, stderr } = await cli(["report", EXECUTION, "-o", file, "--endpoint-url", aws().endpoint]);
    assert.equal(code, 0);
    // Whichever is answered first.
    assert.match(
      stderr,
      /^s3:\/\/out\/clip\/features\/[a-z.]+ can't be read: AWS denied access: Access Denied\. Use credentials with that permission\.\n$/,
    );
    assert.doesNotMatch(readFileSync(file, "utf8"), /class="poster"/);
  });

  it("list: shows the deployed stacks when there is none of that name", async () => {
    writeFileSync(path.join(aws().directory, "Pulumi.yaml"), "name: videos\nruntime: nodejs\n");
    process.env["PATH"] = `${aws().directory}:${process.env["PATH"]}`;
    const unknown = "echo \"error: no stack named 'prdo' found\" >&2; exit 255";
    const remedies: [listed: string, remedy: string][] = [
      [`echo '[{"name":"dev"},{"name":"prod"}]'`, "Did you mean prod? Choose one of: dev, prod."],
      ["echo '[]'", "Deploy it with `pulumi up --stack prdo`."],
      ["exit 1", "Deploy it with `pulumi up --stack prdo`."],
    ];
    for (const [listed, remedy] of remedies) {
      const script = `#!/bin/sh\ncase "$*" in "stack ls --json --non-interactive") ${listed};; *) ${unknown};; esac\n`;
      writeFileSync(path.join(aws().directory, "pulumi"), script, { mode: 0o755 });
      const { code, stderr } = await cli(["list", "--stack", "prdo", "--program", aws().directory]);
      assert.equal(
        stderr,
        `There is no deployed stack prdo of the program in ${aws().directory}. ${remedy} Or name the state machine with --state-machine ARN.\n`,
      );
      assert.equal(code, 2);
    }
  });

  it("list: prints the newest first", async () => {
    await aws().serve();
    const { stdout } = await cli(["list", "--state-machine", MACHINE, "--status", "FAILED", "--limit", "5"]);
    assert.equal(
      stdout,
      "SUCCEEDED  2026-01-02 03:04:05      1:15  one-b  without 720p, with 0.1 s damaged at 2:03\nFAILED     2026-01-02 03:04:05      0:21  one\n",
    );
    assert.deepEqual(aws().calls[0]?.request, { stateMachineArn: MACHINE, maxResults: 5, statusFilter: "FAILED" });
  });

  it("list: has what executions lack, and what is damaged, for programs too", async () => {
    await aws().serve();
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
    const asked = aws().calls.filter(({ operation }) => operation === "AWSStepFunctions.DescribeExecution");
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
      await aws().serve({ ...answers(), "AWSStepFunctions.DescribeExecution": describe });
      const { code, stdout, stderr } = await cli(["list", "--state-machine", MACHINE]);
      assert.deepEqual([code, stdout.split("\n")[0]?.slice(42), stderr], [0, line, ""]);
    });
  }

  it("list: prints the rest although outcomes can't be read", async () => {
    const denied = () => {
      throw new Refusal("AccessDeniedException", "You are not authorized to perform: states:DescribeExecution");
    };
    await aws().serve({ ...answers(), "AWSStepFunctions.DescribeExecution": denied });
    const { code, stdout, stderr } = await cli(["list", "--state-machine", MACHINE]);
    assert.equal(code, 0);
    assert.equal(stdout.split("\n")[0], "SUCCEEDED  2026-01-02 03:04:05      1:15  one-b");
    assert.equal(
      stderr,
      "From here on, the list doesn't show what is missing or damaged: AWS denied access: You are not authorized to perform: states:DescribeExecution. Use credentials with that permission.\n",
    );
  });

  it("logs: prints those of one state, attempt by attempt", async () => {
    await aws().serve();
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
    await aws().serve();
    const { code, stderr } = await cli(["stop", EXECUTION, "--cause", "Wrong file."]);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: `Stopped ${EXECUTION}\n` });
    const { request } = aws().calls[0]!;
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
      await aws().serve();
      const { code, stdout, stderr } = await cli(args);
      assert.match(stderr, message);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
    });
  }

  it("name the remedy for missing credentials", async () => {
    await aws().serve();
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
