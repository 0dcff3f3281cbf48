import { synthesiseProgram } from "../runner/synthesis/evaluation";
import { loadProgram } from "../runner/synthesis/program";
import type { Synthesis } from "../runner/synthesis/synthesis";

/**
 * Evaluates the Pulumi program in a folder with a stack's configuration, as `pulumi preview` would, but with mocked
 * resources. The program's own Pulumi SDK finds, compiles and loads it again on each call. The program sees placeholders for
 * encrypted configuration values.
 *
 * @param directory Folder of Pulumi.yaml, or a folder below it.
 * @param stack Name of the stack. Defaults to `dev`, with its configuration if there is one.
 */
export async function synthesiseFolder(directory: string, stack?: string): Promise<Synthesis> {
  return synthesiseProgram(loadProgram({ directory, ...(stack === undefined ? {} : { stack }) }));
}
