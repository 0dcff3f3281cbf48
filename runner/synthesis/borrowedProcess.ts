import { Module } from "node:module";

import { rememberListeners } from "./listeners";

/** What Node.js compiles without help. `.ts` is not here, because a test runner may have put its own compiler there. */
const BUILT_IN = [".js", ".json", ".node"];

type Extensions = Record<string, unknown>;

/**
 * Lends this process to a program: with the environment that Pulumi would give it, and without compilers that others registered.
 * Afterwards folder, environment, arguments, compilers and listeners are again as they were.
 */
export async function lendProcess<T>(environment: Record<string, string>, use: () => Promise<T>): Promise<T> {
  const { _extensions: extensions } = Module as unknown as { _extensions: Extensions };
  const before = {
    directory: process.cwd(),
    environment: { ...process.env },
    arguments: process.argv,
    extensions: { ...extensions },
  };
  const restoreListeners = rememberListeners(["exit", "beforeExit"]);
  replace(extensions, Object.fromEntries(BUILT_IN.map((extension) => [extension, extensions[extension]])));
  Object.assign(process.env, environment);
  try {
    return await use();
  } finally {
    process.chdir(before.directory);
    replace(process.env, before.environment);
    process.argv = before.arguments;
    replace(extensions, before.extensions);
    restoreListeners();
  }
}

/** Makes an object, whose identity others rely on, have exactly these members. */
function replace(object: Record<string, unknown>, members: Record<string, unknown>): void {
  for (const name of Object.keys(object)) if (!(name in members)) delete object[name];
  Object.assign(object, members);
}
