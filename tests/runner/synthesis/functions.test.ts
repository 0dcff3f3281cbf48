import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { readFunctions } from "../../../runner/synthesis/functions";
import { type Synthesis, synthesise } from "../../../testing";

const ARN = "arn:aws:lambda:us-east-1:123456789012:function:";

describe("the Lambda functions of a program", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "functions-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const program = (args: Partial<aws.lambda.FunctionArgs> = {}): Promise<Synthesis> =>
    synthesise(() => {
      new aws.lambda.Function("one", {
        ...{ role: "arn:aws:iam::123456789012:role/one", runtime: "nodejs22.x", handler: "index.handler" },
        code: new pulumi.asset.FileArchive(folder),
        ...args,
      });
    });

  it("are read with the settings that Lambda chooses where the program has none", async () => {
    assert.deepEqual(readFunctions(await program(), {}), [
      {
        ...{ arn: `${ARN}one`, name: "one", code: folder, handler: "index.handler", runtime: "nodejs22.x" },
        ...{ versions: [], timeoutSeconds: 3, memoryMiB: 128, environment: {} },
      },
    ]);
  });

  it("are read with the program's own settings, and a path that is relative to its folder", async () => {
    const synthesis = await program({
      ...{ name: "catalogue", timeout: 30, memorySize: 256, publish: true },
      environment: { variables: { BUCKET: "videos" } },
      code: new pulumi.asset.FileArchive(path.relative(process.cwd(), folder)),
    });
    assert.deepEqual(readFunctions(synthesis, {}), [
      {
        ...{ arn: `${ARN}catalogue`, name: "catalogue", code: folder, handler: "index.handler", runtime: "nodejs22.x" },
        ...{ versions: ["1"], timeoutSeconds: 30, memoryMiB: 256, environment: { BUCKET: "videos" } },
      },
    ]);
  });

  const PROBLEMS: [what: string, args: () => Partial<aws.lambda.FunctionArgs>, problem: () => string][] = [
    [
      "another language",
      () => ({ runtime: "python3.13" }),
      () =>
        'Lambda function one must have a runtime of Node.js, such as nodejs22.x, to run here. Received "python3.13".',
    ],
    [
      "a container image",
      () => ({ runtime: undefined, packageType: "Image", imageUri: "image" }),
      () =>
        "Lambda function one must have a runtime of Node.js, such as nodejs22.x, to run here. Received a container image.",
    ],
    [
      "code in S3",
      () => ({ code: undefined, s3Bucket: "code", s3Key: "one.zip" }),
      () =>
        'The code of Lambda function one must be a folder, as in new pulumi.asset.FileArchive("./function"), to run here. Received undefined.',
    ],
    [
      "a file",
      () => ({ code: new pulumi.asset.FileArchive(__filename) }),
      () =>
        `The code of Lambda function one must be a folder, as in new pulumi.asset.FileArchive("./function"), to run here. Received "${__filename}".`,
    ],
  ];
  for (const [what, args, problem] of PROBLEMS) {
    it(`are refused with ${what}, if the state machine calls them`, async () => {
      const synthesis = await program(args());
      const message = problem();
      for (const FunctionName of ["one", `${ARN}one`, `${ARN}one:1`]) {
        assert.throws(() => readFunctions(synthesis, { Arguments: { FunctionName } }), { name: "UsageError", message });
      }
      for (const Arguments of [{ FunctionName: "another" }, { FunctionName: "one-more" }, { Name: "one" }]) {
        assert.deepEqual(readFunctions(synthesis, { Arguments }), []);
      }
    });
  }
});
