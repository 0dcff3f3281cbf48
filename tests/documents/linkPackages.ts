import path from "node:path";

import { ROOT } from "../support/commandLine";

interface Script {
  linkPackages: (repository: string, clone: string) => void;
}

/** Gives a clone the packages of this repository. */
export async function linkPackages(clone: string): Promise<void> {
  const script = (await import(path.join(ROOT, "scripts", "linkPackages.mjs"))) as Script;
  script.linkPackages(ROOT, clone);
}
