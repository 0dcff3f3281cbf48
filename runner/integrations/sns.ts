import { randomUUID } from "node:crypto";

import type { Notification } from "../../contract/events";
import type { Clock } from "../clock/clock";
import { rejectOnAbort } from "../clock/rejectOnAbort";
import type { Json, JsonObject } from "../../contract/asl";
import { StatesError } from "../stateMachine/errors";
import type { TaskHandler } from "../stateMachine/task";

/** A topic may exist outside the program, so only the form of its ARN can be checked. */
const TOPIC_ARN = /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/;
const MAX_MESSAGE_BYTES = 262_144;
/** Printable ASCII that begins with a letter, digit or punctuation mark, below 100 characters. */
const SUBJECT = /^[!-~][ -~]{0,98}$/;

/**
 * `arn:aws:states:::sns:publish`: records the message. It applies the service's rules. Otherwise a subject with a file name would
 * only be rejected in AWS, when somebody uploads `Ümlaut.mp4`.
 */
export function publish(clock: Clock, onNotification: (notification: Notification) => void): TaskHandler {
  return {
    fields: FIELDS,
    // eslint-disable-next-line @typescript-eslint/require-await -- a handler may wait, this one has nothing to wait for
    async run(args) {
      onNotification(readNotification(args, clock.now()));
      return { MessageId: randomUUID() };
    },
  };
}

/** Answers a notification. It may never resolve. It rejects when the signal is aborted. */
export type Answer = (notification: Notification, signal: AbortSignal) => Promise<JsonObject>;

/**
 * `arn:aws:states:::sns:publish.waitForTaskToken`: records the message and waits for an answer. A rejection is a `StatesError`.
 */
export function publishAndWait(
  clock: Clock,
  onNotification: (notification: Notification) => void,
  answer: Answer,
): TaskHandler {
  return {
    fields: FIELDS,
    async run(args, { signal }) {
      const notification = readNotification(args, clock.now());
      onNotification(notification);
      const stopped = rejectOnAbort(signal);
      return Promise.race([stopped, answer(notification, signal)]);
    },
  };
}

const FIELDS = ["TopicArn", "Message", "MessageStructure", "Subject", "MessageAttributes"];

function readNotification(args: JsonObject, time: number): Notification {
  const topic = args["TopicArn"];
  if (typeof topic !== "string" || !TOPIC_ARN.test(topic)) {
    throw invalid(`TopicArn must be the ARN of an SNS topic. Received ${display(topic)}.`);
  }
  const text = readMessage(args["Message"]);
  return {
    time,
    topic,
    ...readSubject(args["Subject"]),
    ...readMessages(text, args["MessageStructure"]),
    attributes: readAttributes(args["MessageAttributes"]),
  };
}

/** Reads the message. If its structure is `json`, it is an object of messages by protocol, with a default. */
export function readMessages(text: string, structure: Json | undefined): { message: string; email?: string } {
  if (structure === undefined) return { message: text };
  if (structure !== "json") throw invalid(`MessageStructure must be "json". Received ${display(structure)}.`);
  let messages: Record<string, unknown>;
  try {
    messages = JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw invalid("Message must be JSON when MessageStructure is json.");
  }
  const { default: otherwise, email } = messages;
  if (typeof otherwise !== "string") throw invalid("Message must have a default that is a string.");
  return { message: otherwise, ...(typeof email === "string" ? { email } : {}) };
}

/** Step Functions converts a message that is not a string to JSON. */
function readMessage(value: Json | undefined): string {
  if (value === undefined || value === "") throw invalid("Message is required, and must not be empty.");
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_MESSAGE_BYTES) {
    throw invalid(`Message must have at most ${MAX_MESSAGE_BYTES} bytes. Received ${bytes}.`);
  }
  return text;
}

function readSubject(value: Json | undefined): { subject?: string } {
  if (value === undefined) return {};
  if (typeof value !== "string" || !SUBJECT.test(value)) {
    throw invalid(
      `Subject must be 1 to 99 printable ASCII characters, and must not begin with a space. Received ${display(value)}.`,
    );
  }
  return { subject: value };
}

function readAttributes(value: Json | undefined): JsonObject {
  if (value === undefined) return {};
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw invalid(`MessageAttributes must be an object. Received ${display(value)}.`);
}

function invalid(cause: string): StatesError {
  return new StatesError("SNS.InvalidParameterException", cause);
}

function display(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}
