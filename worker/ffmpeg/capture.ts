import { type Banner, bannerIn } from "./banner";
import type { Ending } from "./failure";
import type { ProgramName } from "./program";
import type { RunningProgram } from "./run";
import { start } from "./run";

/** A short run, and all that it wrote. */
export interface Printed {
  program: RunningProgram;
  stdout: string;
  ending: Ending;
}

/** Complete builds list at the beginning all that they were configured with. */
const STDERR_BYTES = 65_536;

export async function printed(name: ProgramName, args: readonly string[]): Promise<Printed> {
  const program = start(name, args, { stderrBytes: STDERR_BYTES });
  program.side.resume();
  let stdout = "";
  for await (const piece of program.output.setEncoding("utf8")) stdout += piece as string;
  return { program, stdout, ending: await program.ended };
}

/** What a program says of itself when it is asked for nothing else. Nothing when it is none of ffmpeg's. */
export async function askedBanner(name: ProgramName): Promise<Banner | undefined> {
  return bannerIn((await printed(name, ["-version"])).stdout);
}
