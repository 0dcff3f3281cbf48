import { loadProgram, synthesiseProgram } from "../runner/synthesis/program";
import type { Synthesis } from "../runner/synthesis/synthesis";

/**
 * Evaluates the Pulumi program of a folder with one stack's configuration, as `pulumi preview` would, but with mocked
 * resources. Encrypted configuration values arrive as placeholders.
 *
 * @param directory Folder of Pulumi.yaml, or one below it.
 * @param stack Name of the stack. Defaults to `dev`, with its configuration if there is any.
 */
export async function synthesiseFolder(directory: string, stack?: string): Promise<Synthesis> {
  return synthesiseProgram(loadProgram({ directory, ...(stack === undefined ? {} : { stack }) }));
}
