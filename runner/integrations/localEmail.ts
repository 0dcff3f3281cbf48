import { shellWord } from "../../contract/shellWord";

/** A line of an e-mail with a command for an execution: `To reject: npx video-batch-pipeline reject arn:… --cause "Why"`. */
const COMMAND = /^(.*: npx video-batch-pipeline )([\w-]+) arn:[\w-]+:states:.*$/;

/**
 * The e-mail of a notice for this machine, where AWS commands do not find the execution. A run is resumed instead of
 * redriven, and the person at the terminal is asked for approval.
 *
 * @param folder The folder of the run.
 */
export function localEmail(email: string, folder: string): string {
  const lines = email.split("\n").flatMap((line) => {
    const [, begin, command] = COMMAND.exec(line) ?? [];
    if (begin === undefined) return [line];
    return command === "redrive" ? [`${begin}run --resume ${shellWord(folder)}`] : [];
  });
  return lines.join("\n").replace(/\n{3,}/g, "\n\n");
}
