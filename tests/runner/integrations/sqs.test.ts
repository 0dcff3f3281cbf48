import assert from "node:assert/strict";
import { createHash } from "node:crypto";

import type { Json, JsonObject } from "../../../contract/asl";
import { type QueueMessage, sendMessage } from "../../../runner/integrations/sqs";
import { context, failureOf } from "./support";

const QueueUrl = "https://sqs.us-east-1.amazonaws.com/123456789012/failures";
const text = (StringValue: Json): JsonObject => ({ DataType: "String", StringValue });

describe("sqs:sendMessage", () => {
  const run = async (args: JsonObject): Promise<{ sent: QueueMessage[]; output: JsonObject }> => {
    const sent: QueueMessage[] = [];
    const output = await sendMessage((one) => sent.push(one)).run({ QueueUrl, ...args }, context());
    return { sent, output: output as JsonObject };
  };

  it("hands on the message with its attributes", async () => {
    const { sent, output } = await run({
      MessageBody: "é",
      MessageAttributes: { "ERROR_CODE": text("E"), "a.b": text("1") },
    });
    assert.deepEqual(sent, [{ queueUrl: QueueUrl, body: "é", attributes: { "ERROR_CODE": "E", "a.b": "1" } }]);
    assert.equal(output["MD5OfMessageBody"], createHash("md5").update("é").digest("hex"));
    assert.match(output["MessageId"] as string, /^[0-9a-f-]{36}$/);
  });

  it("turns any body that is not a string into JSON", async () => {
    assert.equal((await run({ MessageBody: { a: [1, "\u0000"] } })).sent[0]?.body, '{"a":[1,"\\u0000"]}');
  });

  it("takes a FIFO queue with a group, a queue with a delay, and a message at the limit", async () => {
    const fifo = { QueueUrl: `${QueueUrl}.fifo`, MessageGroupId: "g", MessageDeduplicationId: "d" };
    assert.equal((await run({ ...fifo, MessageBody: "x" })).sent.length, 1);
    assert.equal((await run({ DelaySeconds: 900, MessageGroupId: "g", MessageBody: "x" })).sent.length, 1);
    assert.equal((await run({ MessageBody: "x".repeat(1_048_576) })).sent.length, 1);
  });

  const INVALID = "SQS.AmazonSQSException";
  const REFUSED: [JsonObject, string, string?][] = [
    [{ QueueUrl: "failures", MessageBody: "x" }, 'There is no queue "failures".', "SQS.QueueDoesNotExistException"],
    [{ MessageBody: "" }, "MessageBody must not be empty."],
    [{ MessageBody: "a\u0001" }, 'MessageBody must have no control characters. Received "\\u0001".'],
    [
      { MessageBody: "x".repeat(1_048_575), MessageAttributes: { a: text("1") } },
      "A message must have at most 1048576 bytes, attributes included. Received 1048577.",
    ],
    [
      { MessageBody: "x", MessageAttributes: { a: text("") } },
      'The StringValue of attribute a must not be empty. Received "".',
    ],
    [
      { MessageBody: "x", MessageAttributes: { a: text("\u0000") } },
      'The StringValue of attribute a must have no control characters. Received "\\u0000".',
    ],
    [
      { MessageBody: "x", MessageAttributes: { a: { DataType: "Text", StringValue: "x" } } },
      'The DataType of attribute a must be String or Number here. Received "Text".',
    ],
    ...["AWS.a", "amazon.a", ".a", "a.", "a..b", "a b", ""].map((name): [JsonObject, string] => [
      { MessageBody: "x", MessageAttributes: { [name]: text("x") } },
      `The name of an attribute must have 1 to 256 letters, digits, underscores, hyphens and single dots between them, and not begin with AWS. or Amazon.. Received ${JSON.stringify(name)}.`,
    ]),
    [
      { MessageBody: "x", MessageAttributes: Object.fromEntries([..."abcdefghijk"].map((name) => [name, text("x")])) },
      "A message must have at most 10 attributes. Received 11.",
    ],
    [{ MessageBody: "x", DelaySeconds: 901 }, "DelaySeconds must be between 0 and 900. Received 901."],
    [{ MessageBody: "x", MessageDeduplicationId: "d" }, "MessageDeduplicationId is for FIFO queues. Leave it out."],
    [{ QueueUrl: `${QueueUrl}.fifo`, MessageBody: "x" }, "A FIFO queue needs a MessageGroupId."],
    [
      { QueueUrl: `${QueueUrl}.fifo`, MessageGroupId: "g", DelaySeconds: 1, MessageBody: "x" },
      "A FIFO queue takes no DelaySeconds for one message. Leave it out.",
    ],
  ];
  for (const [args, cause, error = INVALID] of REFUSED) {
    it(`refuses: ${cause.slice(0, 60)}${cause.slice(-6)}`, async () =>
      assert.deepEqual(await failureOf(run(args)), [error, cause]));
  }
});
