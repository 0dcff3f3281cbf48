import { createInterface, type Interface } from "node:readline/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds for what was typed before the question to arrive. */
const TYPED_AHEAD = 50;
const CTRL_C = "\x03";

export interface Terminal {
  input: NodeJS.ReadableStream & { setRawMode?: (raw: boolean) => unknown };
  output: NodeJS.WritableStream;
}

/** What a person decides about a video. */
export type Decision = { publish: true } | { publish: false; reason: string };

/**
 * Asks until the answer is yes or no. Text that was typed before the question is no answer to it. Ctrl-C stops the run, as at any other
 * time. Rejects when the signal is aborted. Never resolves if the person closes the input.
 */
export async function askAtTerminal(text: string, { input, output }: Terminal, signal: AbortSignal): Promise<Decision> {
  await discardTypedAhead(input);
  const terminal = createInterface({ input, output });
  let decided = false;
  terminal.on("SIGINT", interrupt);
  terminal.once("close", () => {
    if (decided || signal.aborted) return;
    output.write("\nNobody answered: the pipeline's default answer applies when the time is up.\n");
  });
  try {
    output.write(`\n${text}\n`);
    const decision = await decide(terminal, output, signal);
    decided = true;
    return decision;
  } finally {
    terminal.close();
  }
}

async function decide(terminal: Interface, output: NodeJS.WritableStream, signal: AbortSignal): Promise<Decision> {
  for (;;) {
    const answer = (await terminal.question("Publish it? [y/n] ", { signal })).trim();
    if (/^y(es)?$/i.test(answer)) return { publish: true };
    if (/^no?$/i.test(answer)) {
      return { publish: false, reason: (await terminal.question("Reason: ", { signal })).trim() };
    }
    output.write("Type y to publish it, or n to reject it.\n");
  }
}

/** In raw mode even a line that isn't finished arrives, and Ctrl-C is a character. */
async function discardTypedAhead(input: Terminal["input"]): Promise<void> {
  const discard = (text: Buffer | string): void => {
    if (text.toString().includes(CTRL_C)) interrupt();
  };
  input.setRawMode?.(true);
  input.on("data", discard);
  await sleep(TYPED_AHEAD);
  input.off("data", discard);
  input.setRawMode?.(false);
}

function interrupt(): void {
  process.kill(process.pid, "SIGINT");
}
