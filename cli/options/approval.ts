import { userInfo } from "node:os";

import { InvalidArgumentError, Option, type Command } from "commander";

import { approval, rejectionError } from "../../runner/integrations/answers";
import type { Answer } from "../../runner/integrations/sns";
import type { JsonObject } from "../../contract/asl";
import type { Output } from "../output/output";
import { askAtTerminal } from "./askAtTerminal";

export interface ApprovalOptions {
  approve?: boolean;
  /** The reason; true if none is given. */
  reject?: string | true;
}

/** Adds the options that answer a run's request for approval. */
export function withApproval(command: Command): Command {
  return command
    .addOption(new Option("--approve", "approve when the pipeline asks for approval").conflicts("reject"))
    .option("--reject [reason]", "reject when the pipeline asks for approval");
}

/**
 * Answers from the options, or from the person at the terminal. Without either it never answers, and the pipeline's default
 * answer applies when the time is up. `pause` keeps the progress from drawing over the question.
 */
export function createAnswer(
  { approve, reject }: ApprovalOptions,
  { stderr }: Output,
  pause: () => void,
  stdin: NodeJS.ReadableStream & { isTTY?: boolean } = process.stdin,
): Answer {
  if (approve) return () => Promise.resolve(approval("--approve"));
  if (reject !== undefined)
    return () => Promise.reject(rejectionError("--reject", reject === true ? undefined : reject));
  if (!(stderr.isTTY && stdin.isTTY)) return () => new Promise<never>(() => undefined);
  return async (notification, signal): Promise<JsonObject> => {
    pause();
    const text = notification.email ?? notification.message;
    const decision = await askAtTerminal(text, { input: stdin, output: stderr }, signal);
    if (decision.publish) return approval(userName());
    throw rejectionError(userName(), decision.reason);
  };
}

export function userName(): string {
  try {
    return userInfo().username;
  } catch (error) {
    // In a container the user may have a number and no name.
    if ((error as NodeJS.ErrnoException).code !== "ERR_SYSTEM_ERROR") throw error;
    return "unknown user";
  }
}

/** Checks a name or reason on the command line against the length that Step Functions allows. */
export function parseShortText(value: string): string {
  if (value.length >= 1 && value.length <= 1000) return value;
  throw new InvalidArgumentError("It must have 1 to 1,000 characters.");
}
