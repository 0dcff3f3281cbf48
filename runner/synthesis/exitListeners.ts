import { readFileSync } from "node:fs";
import path from "node:path";

type Listener = (code: number) => void;

/** Listeners of packages, which Node.js loads only once: they belong to every later evaluation too. */
const ofPackages = new Set<Listener>();

/** The one that registers resources at the very end: https://github.com/pulumi/pulumi-aws/blob/v7.48.0/sdk/nodejs/s3/s3Mixins.ts#L187 */
const AWS = path.join("node_modules", "@pulumi", "aws", "s3", "s3Mixins.js");

/** Collects who wants to hear that the process is about to exit. */
export class ExitListeners {
  readonly #ofProgram = new Set<Listener>();
  readonly #collect = (event: string | symbol, listener: Listener): void => {
    if (event !== "beforeExit") return;
    (isPackage(callerOf(this.#collect)) ? ofPackages : this.#ofProgram).add(listener);
  };

  constructor() {
    // The caller's own imports may have loaded it before.
    for (const listener of process.listeners("beforeExit")) if (isOfAws(listener)) ofPackages.add(listener);
    process.on("newListener", this.#collect);
  }

  call(): void {
    for (const listener of [...ofPackages, ...this.#ofProgram]) listener.call(process, 0);
  }

  stop(): void {
    process.off("newListener", this.#collect);
  }
}

function isOfAws(listener: Listener): boolean {
  const loaded = Object.keys(require.cache).filter((file) => file.endsWith(AWS));
  return loaded.some((file) => readFileSync(file, "utf8").includes(String(listener)));
}

/** The line of the stack trace that called `process.on`. Nothing of Node.js, which emits the event by several functions. */
function callerOf(listener: (...args: never[]) => void): string {
  const trace: { stack?: string } = {};
  Error.captureStackTrace(trace, listener);
  return trace.stack?.split("\n").find((line) => line.startsWith("    at ") && !line.includes("(node:")) ?? "";
}

function isPackage(line: string): boolean {
  return /[\\/]node_modules[\\/]/.test(line);
}
