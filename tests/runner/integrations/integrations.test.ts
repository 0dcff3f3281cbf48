import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { submitJobSync } from "../../../runner/integrations/batch";
import { getObject, listObjectsV2, putObject } from "../../../runner/integrations/s3";
import type { Notification } from "../../../contract/events";
import { publish } from "../../../runner/integrations/sns";
import { VirtualClock } from "../../../runner/clock/clock";
import type { JobDetail } from "../../../runner/batch/jobs/detail";
import type { JsonObject } from "../../../contract/asl";
import { Cancelled, StatesError } from "../../../runner/stateMachine/errors";
import { bench } from "../batch/support";

const context = (signal = new AbortController().signal) => ({
  signal,
  visit: { id: 1, state: "S", type: "Task", path: [] },
});

async function failureOf(promise: Promise<unknown>): Promise<[string | undefined, string | undefined]> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof StatesError, String(error));
    return [error.error, error.cause];
  }
  return assert.fail("It did not fail.");
}

describe("batch:submitJob.sync", () => {
  const args = { JobName: "a", JobQueue: "high", JobDefinition: "job" };

  it("returns the job once it has succeeded, and marks it as Step Functions does", async () => {
    const { batch, launcher } = bench();
    const result = (await submitJobSync(batch).run(args, context())) as unknown as JobDetail;
    assert.deepEqual([result.Status, result.JobId, result.StoppedAt], ["SUCCEEDED", "job-1", 10_000]);
    assert.equal(launcher.launches[0]?.environment["MANAGED_BY_AWS"], "STARTED_BY_STEP_FUNCTIONS");
  });

  it("fails with States.TaskFailed and the whole job as the cause", async () => {
    const { batch } = bench(() => ({ seconds: 1, exitCode: 2 }));
    const [error, cause] = await failureOf(submitJobSync(batch).run(args, context()));
    assert.equal(error, "States.TaskFailed");
    assert.deepEqual(JSON.parse(cause as string), JSON.parse(JSON.stringify(batch.describe("job-1"))));
  });

  it("fails with Batch.AWSBatchException when the call is refused", async () => {
    const { batch } = bench();
    const failure = await failureOf(submitJobSync(batch).run({ ...args, JobQueue: "x" }, context()));
    assert.deepEqual(failure, ["Batch.AWSBatchException", "There is no job queue x. The program has: high, low."]);
  });

  it("terminates the job when it is cancelled, and ends after its processes have", async () => {
    const { batch, clock, log } = bench(() => ({ seconds: 100, secondsToStop: 4 }));
    const abort = new AbortController();
    const run = submitJobSync(batch).run(args, context(abort.signal));
    await clock.sleep(3_000).then(() => abort.abort(new Cancelled("Another branch failed.")));
    await assert.rejects(run, { name: "Cancelled", message: "Another branch failed." });
    assert.deepEqual(log, ["0s a runs 1", "7s a FAILED"]);
    assert.equal(batch.describe("job-1").StatusReason, "Another branch failed.");
  });
});

describe("sns:publish", () => {
  const topic = "arn:aws:sns:us-east-1:123456789012:topic";
  const run = async (args: JsonObject): Promise<Notification[]> => {
    const published: Notification[] = [];
    const clock = new VirtualClock(5);
    await publish(clock, (one) => published.push(one)).run({ TopicArn: topic, ...args }, context());
    return published;
  };

  it("records the message with its subject, attributes and time", async () => {
    const attributes = { status: { DataType: "String", StringValue: "ok" } };
    assert.deepEqual(await run({ Message: "Hello", Subject: "Done", MessageAttributes: attributes }), [
      { time: 5, topic, subject: "Done", message: "Hello", attributes },
    ]);
  });

  it("turns any message that is not a string into JSON", async () => {
    assert.deepEqual((await run({ Message: { a: [1, null] } }))[0]?.message, '{"a":[1,null]}');
  });

  const REFUSED: [JsonObject, string, string][] = [
    [
      { TopicArn: "arn:other", Message: "x" },
      "SNS.InvalidParameterException",
      'TopicArn must be the ARN of an SNS topic. Received "arn:other".',
    ],
    [{}, "SNS.InvalidParameterException", "Message is required, and must not be empty."],
    [
      { Message: "é".repeat(131_073) },
      "SNS.InvalidParameterException",
      "Message must have at most 262144 bytes. Received 262146.",
    ],
    [
      { Message: "x", Subject: "Ümlaut.mp4" },
      "SNS.InvalidParameterException",
      'Subject must be 1 to 99 printable ASCII characters, and must not begin with a space. Received "Ümlaut.mp4".',
    ],
    [
      { Message: "x", Subject: "two\nlines" },
      "SNS.InvalidParameterException",
      'Subject must be 1 to 99 printable ASCII characters, and must not begin with a space. Received "two\\nlines".',
    ],
    [
      { Message: "x", Subject: "s".repeat(100) },
      "SNS.InvalidParameterException",
      `Subject must be 1 to 99 printable ASCII characters, and must not begin with a space. Received "${"s".repeat(100)}".`,
    ],
  ];
  for (const [args, error, cause] of REFUSED) {
    it(`refuses: ${cause.slice(0, 60)}`, async () => assert.deepEqual(await failureOf(run(args)), [error, cause]));
  }
});

describe("s3:getObject", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "s3-test-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const get = (path: string, Bucket = "") => getObject.run({ Bucket, Key: path.slice(1) }, context());

  it("reads a file whose path has anything in it", async () => {
    const path = join(folder, "a b#%20é.json");
    writeFileSync(path, '{"é":1}');
    utimesSync(path, 1e9, 1e9);
    assert.deepEqual(await get(path), {
      AcceptRanges: "bytes",
      Body: '{"é":1}',
      ContentLength: 8,
      ETag: '"5a278f779cec8fae6d58e7de58a4dd03"',
      LastModified: "2001-09-09T01:46:40.000Z",
      Metadata: {},
    });
  });

  it("names its errors as the service does", async () => {
    const missing = join(folder, "missing");
    assert.deepEqual(await failureOf(get(missing)), [
      "S3.NoSuchKeyException",
      `The specified key does not exist. (${missing})`,
    ]);
    assert.deepEqual((await failureOf(get(folder)))[0], "S3.NoSuchKeyException");
    assert.deepEqual(await failureOf(get("/")), [
      "S3.S3Exception",
      'Key must be a string that is not empty. Received "".',
    ]);
  });

  it("reads up to the payload quota and not a byte more", async () => {
    const path = join(folder, "large");
    writeFileSync(path, "x".repeat(262_144));
    assert.equal(((await get(path)) as { ContentLength: number }).ContentLength, 262_144);
    writeFileSync(path, "x".repeat(262_145));
    assert.deepEqual(await failureOf(get(path)), [
      "States.DataLimitExceeded",
      `The object ${path} has 262145 bytes. The result of a task can have at most 262144.`,
    ]);
  });
});

describe("s3:putObject and s3:listObjectsV2", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "s3-test-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const put = (path: string, more: object = {}) =>
    putObject.run({ Bucket: "", Key: path.slice(1), Body: "done", Tagging: "a=b", ...more }, context());
  const list = (path: string) => listObjectsV2.run({ Bucket: "", Prefix: path.slice(1) }, context());

  it("write files, and list those of a folder", async () => {
    assert.deepEqual(await put(join(folder, "a/b c/one")), { ETag: '"6b2ded51d81a4403d8a4bd25fa1e57ee"' });
    await put(join(folder, "a/b c/two"));
    assert.equal(readFileSync(join(folder, "a/b c/one"), "utf8"), "done");
    const keys = ["one", "two"].map((name) => ({ Key: join(folder, "a/b c", name).slice(1) }));
    assert.deepEqual(await list(join(folder, "a/b c/")), { Contents: keys, KeyCount: 2, IsTruncated: false });
    assert.deepEqual(await list(join(folder, "a/b c/t")), { Contents: [keys[1]], KeyCount: 1, IsTruncated: false });
    assert.deepEqual(await list(join(folder, "nothing/")), { KeyCount: 0, IsTruncated: false });
  });

  it("say what is wrong as the service does", async () => {
    const unreadable = "Body must be a string that is not empty. Received 1.";
    assert.deepEqual(await failureOf(put(join(folder, "x"), { Body: 1 })), ["S3.S3Exception", unreadable]);
    await put(join(folder, "file"));
    assert.equal((await failureOf(put(join(folder, "file/below"))))[0], "S3.S3Exception");
  });
});
