import { type Banner, parseBanner } from "./banner";
import type { ProgramExit } from "./failure";
import type { ProgramName } from "./program";
import type { RunningProgram } from "./run";
import { start } from "./run";

/** A short run of a program, with everything that it printed. */
export interface CapturedRun {
  program: RunningProgram;
  stdout: string;
  exit: ProgramExit;
}

/** Large enough for builds that begin with a long list of what they were configured with. */
const STDERR_BYTES = 65_536;

/** Runs a program to its end, and returns what it printed. */
export async function capture(name: ProgramName, args: readonly string[]): Promise<CapturedRun> {
  const program = start(name, args, { stderrBytes: STDERR_BYTES });
  program.side.resume();
  let stdout = "";
  for await (const piece of program.output.setEncoding("utf8")) stdout += piece as string;
  return { program, stdout, exit: await program.ended };
}

/** Asks a program for its version. Returns undefined when it is neither ffmpeg nor ffprobe. */
export async function readBanner(name: ProgramName): Promise<Banner | undefined> {
  return parseBanner((await capture(name, ["-version"])).stdout);
}
