import { randomUUID } from "node:crypto";

import type { Clock } from "../clock";
import type { Json, JsonObject } from "../stateMachine/definition";
import { StatesError } from "../stateMachine/errors";
import type { TaskHandler } from "../stateMachine/task";

/** A message that would have been published. */
export interface Notification {
  time: number;
  /** ARN of the topic. */
  topic: string;
  subject?: string;
  message: string;
  attributes: JsonObject;
}

/** A topic may be the program's own or one that was there before it, so its form is all that can be checked. */
const TOPIC_ARN = /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/;
const LONGEST_MESSAGE = 262_144;
/** Printable ASCII that begins with a letter, digit or punctuation mark, below 100 characters. */
const SUBJECT = /^[!-~][ -~]{0,98}$/;

/**
 * `arn:aws:states:::sns:publish`: records the message. It is held to the service's rules, because a subject with a file
 * name in it would be refused there only on the day that somebody uploads `Ümlaut.mp4`.
 */
export function publish(clock: Clock, onNotification: (notification: Notification) => void): TaskHandler {
  return {
    fields: ["TopicArn", "Message", "Subject", "MessageAttributes"],
    // eslint-disable-next-line @typescript-eslint/require-await -- a handler may wait, this one has nothing to wait for
    async run(args) {
      const topic = args["TopicArn"];
      if (typeof topic !== "string" || !TOPIC_ARN.test(topic)) {
        throw invalid(`TopicArn must be the ARN of an SNS topic. Received ${show(topic)}.`);
      }
      const notification = {
        time: clock.now(),
        topic,
        ...subject(args["Subject"]),
        message: message(args["Message"]),
        attributes: attributes(args["MessageAttributes"]),
      };
      onNotification(notification);
      return { MessageId: randomUUID() };
    },
  };
}

/** Step Functions turns any message that is not a string into JSON. */
function message(value: Json | undefined): string {
  if (value === undefined || value === "") throw invalid("Message is required, and must not be empty.");
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const bytes = Buffer.byteLength(text);
  if (bytes > LONGEST_MESSAGE) {
    throw invalid(`Message must have at most ${LONGEST_MESSAGE} bytes. Received ${bytes}.`);
  }
  return text;
}

function subject(value: Json | undefined): { subject?: string } {
  if (value === undefined) return {};
  if (typeof value !== "string" || !SUBJECT.test(value)) {
    throw invalid(
      `Subject must be 1 to 99 printable ASCII characters, and not begin with a blank. Received ${show(value)}.`,
    );
  }
  return { subject: value };
}

function attributes(value: Json | undefined): JsonObject {
  if (value === undefined) return {};
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw invalid(`MessageAttributes must be an object. Received ${show(value)}.`);
}

function invalid(cause: string): StatesError {
  return new StatesError("SNS.InvalidParameterException", cause);
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}
