import { spawn } from "node:child_process";
import path from "node:path";

export const ROOT = path.resolve(__dirname, "..");

export interface Measurement {
  seconds: number;
  /** Peak resident memory. Only for Node programs. */
  peakMiB?: number;
}

/** Runs a command to its end and measures it. A command that fails ends the benchmark with what it printed. */
export async function measure(command: string, args: string[]): Promise<Measurement> {
  const started = performance.now();
  const child = spawn(command, args, { cwd: ROOT, stdio: ["ignore", "ignore", "pipe", "pipe"] });
  const printed: Buffer[] = [];
  const reported: Buffer[] = [];
  child.stderr!.on("data", (data: Buffer) => printed.push(data));
  child.stdio[3]!.on("data", (data: Buffer) => reported.push(data));
  const exitCode = await new Promise<number | null>((resolve, reject) =>
    child.on("error", reject).on("close", resolve),
  );
  if (exitCode !== 0)
    throw new Error(`${command} ${args.join(" ")} exited ${exitCode}:\n${Buffer.concat(printed).toString()}`);
  const peak = Buffer.concat(reported).toString();
  return {
    seconds: (performance.now() - started) / 1000,
    ...(peak === "" ? {} : { peakMiB: Number(peak) / 1024 }),
  };
}

/** Runs TypeScript as the command line in this repository does, and has it report its peak memory. */
export function measureNode(...args: string[]): Promise<Measurement> {
  const preload = [path.join(ROOT, "scripts", "typescript.cjs"), path.join(__dirname, "peakMemory.ts")];
  return measure(process.execPath, [...preload.flatMap((module) => ["-r", module]), ...args]);
}
