import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { RunRecord } from "../../contract/run";
import { runPipeline } from "../../runner/run";
import { resource, stateMachine, synthesis } from "./support";

const ARN = "arn:aws:lambda:us-east-1:123456789012:function:describe";

/** A state machine that has a function describe the video. */
const DEFINITION = {
  QueryLanguage: "JSONata",
  StartAt: "Describe",
  States: {
    Describe: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Arguments: { FunctionName: ARN, Payload: "{% $states.input %}" },
      Output: "{% $states.result.Payload %}",
      Retry: [{ ErrorEquals: ["Lambda.TooManyRequestsException"], MaxAttempts: 1, IntervalSeconds: 1 }],
      End: true,
    },
  },
};

describe("a run with a Lambda function", () => {
  let folder: string;
  let outDir: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "lambda-run-"));
    outDir = path.join(folder, "out");
    mkdirSync(path.join(folder, "function"));
    writeFileSync(path.join(folder, "video.mp4"), "video");
    writeFileSync(
      path.join(folder, "function", "index.mjs"),
      'export async function handler({ input }) { console.log("described"); return input.split("/").at(-1); }',
    );
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = (fail: string[], runtime = "nodejs22.x"): Promise<RunRecord> => {
    const inputs = { runtime, handler: "index.handler", code: path.join(folder, "function") };
    const describeVideo = resource("aws:lambda/function:Function", "describe", inputs, { arn: ARN });
    const program = synthesis(stateMachine(DEFINITION), describeVideo);
    return runPipeline({ synthesis: program, video: path.join(folder, "video.mp4"), outDir, fail });
  };

  it("runs its code, again after a fault, and keeps what it prints", async () => {
    const { status, output, states } = await run(["Describe:kind=throttle,attempt=1"]);
    assert.deepEqual([status, output], ["SUCCEEDED", "video.mp4"]);
    assert.deepEqual(
      states.map(({ name, retries }) => [name, retries]),
      [["Describe", 1]],
    );
    assert.equal(readFileSync(path.join(outDir, "logs", "describe.log"), "utf8"), "described\n");
  });

  const FAULTS: [kind: string, error: string, cause: string][] = [
    [
      "unavailable",
      "Lambda.ServiceException",
      "The service encountered an internal error. (Service: Lambda, Status Code: 500)",
    ],
    [
      "denied",
      "Lambda.AWSLambdaException",
      "The role of the state machine is not authorized to perform: lambda:InvokeFunction (Service: Lambda, Status Code: 403)",
    ],
    ["timeout", "States.Timeout", ""],
  ];
  for (const [kind, error, cause] of FAULTS) {
    it(`fails with ${error} where --fail has kind=${kind}`, async () => {
      const { status, error: found, cause: why = "" } = await run([`Describe:kind=${kind}`]);
      assert.deepEqual([status, found, why], ["FAILED", error, cause]);
    });
  }

  it("refuses a function of another language before anything runs", async () => {
    await assert.rejects(run([], "python3.13"), {
      name: "UsageError",
      message:
        'Lambda function describe must have a runtime of Node.js, such as nodejs22.x, to run here. Received "python3.13".',
    });
  });
});
