import { lendProcess } from "./borrowedProcess";
import { evaluate } from "./evaluate";
import { evaluateApart } from "./ownProcess";
import type { Program } from "./program";
import { hasLoadedEsModules, isEsPackage, withFreshModules } from "./programModules";
import type { Synthesis } from "./synthesis";

/** The evaluation that has this process. */
let current: Promise<unknown> = Promise.resolve();

/** Types decide nothing about what a program registers, and checking those of AWS's packages takes longer than all the rest. */
const WITHOUT_TYPE_CHECKS = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };

/**
 * Evaluates the program as `pulumi up` would run it: the SDK finds, compiles and loads it. That happens in this process, which is
 * much faster, unless the program needs what this process can't give it. Programs get this process one after the other.
 */
export async function synthesiseProgram(given: Program): Promise<Synthesis> {
  const program = { ...given, environment: { ...WITHOUT_TYPE_CHECKS, ...given.environment } };
  if (needsOwnProcess(program)) return evaluateApart(program);
  const { environment, workingDirectory } = program;
  const next = current.then(() =>
    lendProcess(environment, () => withFreshModules(workingDirectory, () => evaluate(program))),
  );
  // Whoever waits for it gets its error.
  current = next.then(nothing, nothing);
  return next;
}

function nothing(): void {
  // The next program can have the process.
}

function needsOwnProcess({ environment, nodeArguments, workingDirectory }: Program): boolean {
  // Without the SDK's compiler a program gets whatever this version of Node.js does with TypeScript.
  const compiled = "PULUMI_NODEJS_TYPESCRIPT" in environment;
  return nodeArguments.length > 0 || !compiled || isEsPackage(workingDirectory) || hasLoadedEsModules(workingDirectory);
}
