import { InvalidArgumentError, type Command } from "commander";

export interface DamagedShareOptions {
  maxDamagedShare?: number;
}

/** Adds the option that becomes a member of the execution's input. */
export function withDamagedShare(command: Command): Command {
  return command.option(
    "--max-damaged-share <share>",
    "the share of the video that may be damaged, 0 to 1, instead of the pipeline's",
    parseShare,
  );
}

function parseShare(value: string): number {
  const number = value.trim() === "" ? NaN : Number(value);
  if (!(number >= 0 && number <= 1)) throw new InvalidArgumentError("It must be a number from 0 to 1.");
  return number;
}
