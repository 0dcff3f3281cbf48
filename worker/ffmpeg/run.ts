import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";

import { InputError, JobError } from "../errors/errors";
import { endingSignal } from "./endingSignal";
import { isTransient, type ProgramExit } from "./failure";
import type { MediaInput } from "./input";
import { commandOf, type ProgramName } from "./program";
import { type OnLine, Remarks } from "./remarks";
import { remedy } from "./remedy";

export interface RunningProgram {
  name: ProgramName;
  args: readonly string[];
  /** Standard input, if it is piped. */
  stdin: Writable | null;
  /** Standard output. */
  output: Readable;
  /** Standard output, followed by the file descriptors from 4 on. */
  outputs: Readable[];
  /** File descriptor 3, for a second stream such as ffmpeg's progress. */
  side: Readable;
  /**
   * Settles when the program has ended and its output has been read or closed. Rejects with the reason if a part of its input couldn't be
   * delivered.
   */
  ended: Promise<ProgramExit>;
  /** Kills the program when its output is no longer wanted. */
  stop(): void;
}

const running = new Set<ChildProcess>();

export interface StartOptions {
  /** What it reads, for programs that read the source. */
  input?: MediaInput;
  directory?: string;
  /** Whether its standard input is written to. Defaults to false. */
  piped?: boolean;
  /** The number of its outputs. Defaults to 1. */
  outputs?: number;
  /** How many of the last bytes of its standard error are kept. Defaults to 8,192. */
  stderrBytes?: number;
  /** Takes each of its own lines, if it marks them (`WITH_REMARKS`). */
  onLine?: OnLine;
}

/** The file descriptor of an output, counted from 0. */
export function outputDescriptor(output: number): number {
  return output === 0 ? 1 : output + 3;
}

/** Starts ffmpeg or ffprobe with a list of arguments, without a shell. */
export function start(
  program: ProgramName,
  args: readonly string[],
  { input, directory, piped = false, outputs = 1, stderrBytes = 8192, onLine }: StartOptions = {},
): RunningProgram {
  const path = commandOf(program);
  const further = new Array<"pipe">(outputs - 1).fill("pipe");
  const env = withoutProxies(process.env);
  const stdin = piped ? "pipe" : "ignore";
  const child = spawn(path, args, { stdio: [stdin, "pipe", "pipe", "pipe", ...further], cwd: directory, env });
  running.add(child);
  const stop = (): void => void child.kill("SIGKILL");
  // At once, before it makes anything of an input that seems to end here.
  input?.failed.addEventListener("abort", stop);
  if (input?.failed.aborted) stop();
  const tail = new TextTail(stderrBytes);
  const remarks = onLine && new Remarks(onLine);
  child.stderr?.setEncoding("utf8").on("data", (piece: string) => tail.add(remarks?.errorsIn(piece) ?? piece));
  const ended = new Promise<ProgramExit>((resolve, reject) => {
    child.on("error", (error: NodeJS.ErrnoException) => {
      running.delete(child);
      if (error.code === "ENOENT") reject(new InputError(`${path} wasn't found: ${remedy("missing", program)}`));
      else reject(new JobError(`${path} couldn't be started: ${error.message}.`));
    });
    child.on("close", (code, signal) => {
      running.delete(child);
      tail.add(remarks?.flush() ?? "");
      input?.failed.removeEventListener("abort", stop);
      if (input?.failed.aborted) reject(input.failed.reason as Error);
      else {
        const stderr = input ? withoutAddress(tail.text(), input) : tail.text();
        resolve({ program, code, signal: endingSignal(program, { code, signal, stderr }), stderr });
      }
    });
  });
  // eslint-disable-next-line no-restricted-syntax -- it is awaited when the output has been read
  ended.catch(() => undefined);
  const [, output, , side, ...others] = child.stdio as Readable[];
  return {
    ...{ name: program, args, stdin: child.stdin },
    output: output as Readable,
    outputs: [output as Readable, ...others],
    side: side as Readable,
    ended,
    stop,
  };
}

/** Kills every program that is still running, so that none outlives this process. */
export function stopAll(): void {
  for (const child of running) child.kill("SIGKILL");
}

/** ffmpeg would connect to a proxy even for an address on this machine. */
function withoutProxies(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(?:https?|all|no)_proxy$/i.test(name)));
}

/** Calls the input by its name wherever a program mentions where it read it. */
function withoutAddress(text: string, { url, name }: MediaInput): string {
  return text.replaceAll(url, name).replaceAll(`tcp://${new URL(url).host}`, name);
}

/** Keeps the last lines of a long text, and the first of the machine's errors, which many of the decoder's may follow. */
class TextTail {
  private kept = "";
  private transient = "";

  constructor(private readonly length: number) {}

  add(piece: string): void {
    this.kept += piece;
    const excess = this.kept.length - this.length;
    if (excess <= 0) return;
    // A line without its beginning could show a part of the input's address.
    const end = this.kept.indexOf("\n", excess - 1);
    const dropped = end < 0 ? this.kept : this.kept.slice(0, end + 1);
    this.transient ||= dropped.split(/(?<=\n)/).find(isTransient) ?? "";
    this.kept = this.kept.slice(dropped.length);
  }

  text(): string {
    return this.transient + this.kept;
  }
}
