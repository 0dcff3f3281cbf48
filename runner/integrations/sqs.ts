import { createHash, randomUUID } from "node:crypto";

import type { Json, JsonObject } from "../../contract/asl";
import { StatesError } from "../stateMachine/errors";
import type { TaskHandler } from "../stateMachine/task";

/** A message that a state machine sends to a queue. */
export interface QueueMessage {
  queueUrl: string;
  body: string;
  /** Attributes by name, with their text. */
  attributes: Record<string, string>;
}

/** A queue may exist outside the program, so only the form of its URL can be checked. */
const QUEUE_URL = /^https:\/\/sqs\.[\w-]+\.amazonaws\.com(\.cn)?\/\d{12}\/[\w-]{1,80}(\.fifo)?$/;
const MAX_BYTES = 1_048_576;
const MAX_ATTRIBUTES = 10;
/** The characters of XML, as SQS has them. */
const REFUSED = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const ATTRIBUTE_NAME = /^(?!\.)(?!.*\.\.)(?!(?:aws|amazon)\.)[\w.-]{1,256}(?<!\.)$/i;

/**
 * `arn:aws:states:::sqs:sendMessage`: hands on the message. It applies the service's rules: otherwise an empty attribute would only be
 * rejected in AWS, when something has gone wrong already.
 */
export function sendMessage(onMessage: (message: QueueMessage) => void): TaskHandler {
  return {
    fields: [
      "QueueUrl",
      "MessageBody",
      "MessageAttributes",
      "DelaySeconds",
      "MessageGroupId",
      "MessageDeduplicationId",
    ],
    // eslint-disable-next-line @typescript-eslint/require-await -- a handler may wait, this one has nothing to wait for
    async run(args) {
      const message = readMessage(args);
      onMessage(message);
      return {
        MD5OfMessageBody: createHash("md5").update(message.body).digest("hex"),
        MessageId: randomUUID(),
      };
    },
  };
}

function readMessage({ QueueUrl, MessageBody, MessageAttributes, ...ordering }: JsonObject): QueueMessage {
  if (typeof QueueUrl !== "string" || !QUEUE_URL.test(QueueUrl)) {
    throw new StatesError("SQS.QueueDoesNotExistException", `There is no queue ${display(QueueUrl)}.`);
  }
  checkOrdering(QueueUrl, ordering);
  const body = typeof MessageBody === "string" ? MessageBody : JSON.stringify(MessageBody);
  if (body === "") throw invalid("MessageBody must not be empty.");
  checkCharacters("MessageBody", body);
  const attributes = readAttributes((MessageAttributes ?? {}) as Record<string, Attribute>);
  const bytes = [body, ...Object.entries(attributes).flat()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > MAX_BYTES) {
    throw invalid(`A message must have at most ${MAX_BYTES} bytes, attributes included. Received ${bytes}.`);
  }
  return { queueUrl: QueueUrl, body, attributes };
}

/** Only queues with an order take groups, and only the others a delay for one message. */
function checkOrdering(url: string, { DelaySeconds, MessageGroupId, MessageDeduplicationId }: JsonObject): void {
  const isFifo = url.endsWith(".fifo");
  if (isFifo && MessageGroupId === undefined) throw invalid("A FIFO queue needs a MessageGroupId.");
  if (!isFifo && MessageDeduplicationId !== undefined) {
    throw invalid("MessageDeduplicationId is for FIFO queues. Leave it out.");
  }
  if (DelaySeconds === undefined) return;
  if (isFifo) throw invalid("A FIFO queue takes no DelaySeconds for one message. Leave it out.");
  if ((DelaySeconds as number) < 0 || (DelaySeconds as number) > 900) {
    throw invalid(`DelaySeconds must be between 0 and 900. Received ${display(DelaySeconds)}.`);
  }
}

interface Attribute {
  DataType?: Json;
  StringValue?: Json;
}

function readAttributes(attributes: Record<string, Attribute>): Record<string, string> {
  const entries = Object.entries(attributes);
  if (entries.length > MAX_ATTRIBUTES) {
    throw invalid(`A message must have at most ${MAX_ATTRIBUTES} attributes. Received ${entries.length}.`);
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, readAttribute(name, value)]));
}

function readAttribute(name: string, { DataType, StringValue }: Attribute): string {
  if (!ATTRIBUTE_NAME.test(name)) {
    throw invalid(
      `The name of an attribute must have 1 to 256 letters, digits, underscores, hyphens and single dots between them, and not begin with AWS. or Amazon.. Received ${display(name)}.`,
    );
  }
  if (typeof DataType !== "string" || !/^(String|Number)(\..+)?$/.test(DataType)) {
    throw invalid(`The DataType of attribute ${name} must be String or Number here. Received ${display(DataType)}.`);
  }
  if (typeof StringValue !== "string" || StringValue === "") {
    throw invalid(`The StringValue of attribute ${name} must not be empty. Received ${display(StringValue)}.`);
  }
  checkCharacters(`The StringValue of attribute ${name}`, StringValue);
  return StringValue;
}

function checkCharacters(what: string, text: string): void {
  const [refused] = REFUSED.exec(text) ?? [];
  if (refused !== undefined) throw invalid(`${what} must have no control characters. Received ${display(refused)}.`);
}

/** SQS has no name for most of its errors that Step Functions knows. */
function invalid(cause: string): StatesError {
  return new StatesError("SQS.AmazonSQSException", cause);
}

function display(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}
