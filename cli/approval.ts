import { userInfo } from "node:os";
import { createInterface } from "node:readline/promises";

import { InvalidArgumentError, Option, type Command } from "commander";

import { approved, rejected } from "../runner/integrations/answers";
import type { Answer } from "../runner/integrations/sns";
import type { JsonObject } from "../contract/asl";
import type { Output } from "./output";

export interface ApprovalOptions {
  approve?: boolean;
  /** Why; true without a reason. */
  reject?: string | true;
}

/** How a run that asks for approval is answered. */
export function withApproval(command: Command): Command {
  return command
    .addOption(new Option("--approve", "approve when the pipeline asks for approval").conflicts("reject"))
    .option("--reject [reason]", "reject when the pipeline asks for approval");
}

/**
 * The answer of the options, of somebody at the terminal, or nobody's: then the pipeline's default is the answer when the time is
 * up. `pause` keeps the progress from drawing over the question.
 */
export function answering(
  { approve, reject }: ApprovalOptions,
  { stderr }: Output,
  pause: () => void,
  stdin: NodeJS.ReadableStream & { isTTY?: boolean } = process.stdin,
): Answer {
  if (approve) return () => Promise.resolve(approved("--approve"));
  if (reject !== undefined) return () => Promise.reject(rejected("--reject", reject === true ? undefined : reject));
  if (!(stderr.isTTY && stdin.isTTY)) return () => new Promise<never>(() => undefined);
  return async (notification, signal): Promise<JsonObject> => {
    pause();
    const terminal = createInterface({ input: stdin, output: stderr });
    try {
      stderr.write(`\n${notification.email ?? notification.message}\n`);
      const answer = await terminal.question("Publish it? [y/N] ", { signal });
      if (/^y(es)?$/i.test(answer.trim())) return approved(userName());
      throw rejected(userName(), (await terminal.question("Reason: ", { signal })).trim());
    } finally {
      terminal.close();
    }
  };
}

export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "somebody";
  }
}

/** A name or reason on the command line, which Step Functions takes up to this length. */
export function shortText(value: string): string {
  if (value.length >= 1 && value.length <= 1000) return value;
  throw new InvalidArgumentError("It must have 1 to 1,000 characters.");
}
