import assert from "node:assert/strict";

import type { JsonObject } from "../../../contract/asl";
import type { Notification } from "../../../contract/events";
import { VirtualClock } from "../../../runner/clock/clock";
import { publish } from "../../../runner/integrations/sns";
import { context, failureOf } from "./support";

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
