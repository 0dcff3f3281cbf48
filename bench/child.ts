import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

export const ROOT = path.resolve(__dirname, "..");
/** Folder of clips and outputs. */
export const OUT = path.join(ROOT, "out", "bench");

export interface Measurement {
  seconds: number;
  /** Processor time of the command and all its child processes. Only on Linux. */
  cpuSeconds?: number;
  /** Peak resident memory. Only for Node.js programs. */
  peakMiB?: number;
}

/** Runs a command and measures it. If the command fails, the benchmark ends with its error output. */
export async function measure(command: string, args: string[], env = process.env): Promise<Measurement> {
  const started = performance.now();
  const cpuBefore = cpuOfChildren();
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ["ignore", "ignore", "pipe", "pipe"] });
  const printed: Buffer[] = [];
  const reported: Buffer[] = [];
  child.stderr!.on("data", (data: Buffer) => printed.push(data));
  child.stdio[3]!.on("data", (data: Buffer) => reported.push(data));
  const exitCode = await new Promise<number | null>((resolve, reject) =>
    child.on("error", reject).on("close", resolve),
  );
  if (exitCode !== 0)
    throw new Error(`${command} ${args.join(" ")} exited ${exitCode}:\n${Buffer.concat(printed).toString()}`);
  const seconds = (performance.now() - started) / 1000;
  const peak = Buffer.concat(reported).toString();
  return {
    seconds,
    ...(cpuBefore === undefined ? {} : { cpuSeconds: cpuOfChildren()! - cpuBefore }),
    ...(peak === "" ? {} : { peakMiB: Number(peak) / 1024 }),
  };
}

/** Processor time of all ended child processes and their descendants. */
function cpuOfChildren(): number | undefined {
  if (process.platform !== "linux") return undefined;
  // The name in brackets can contain spaces. Times are in hundredths of a second.
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ").at(-1)!.split(" ");
  const [user, system] = [fields[13], fields[14]];
  return (Number(user) + Number(system)) / 100;
}

/** Runs a Node.js program that reports its peak memory. */
export function measureNode(...args: string[]): Promise<Measurement> {
  return measure(process.execPath, ["-r", path.join(__dirname, "peakMemory.cjs"), ...args]);
}

/** Runs the command line of this repository as `npm run vbp` does. */
export function measureCli(...args: string[]): Promise<Measurement> {
  return measureNode(path.join(ROOT, "scripts", "vbp.mjs"), ...args);
}
