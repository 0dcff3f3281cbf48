import { copyFileSync, existsSync, readdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import * as path from "node:path";

import { cliOnPath } from "../cli/findCli";
import { build, go, type GoProgram } from "../cli/goProgram";
import { BIN } from "../cli/installation";

const PYTHON = path.join(__dirname, "python");
const SCRIPT = "pulumi-language-python-exec";

const HOSTS: Record<"python" | "yaml", GoProgram> = {
  python: {
    name: "pulumi-language-python",
    module: PYTHON,
    // The host starts programs with it.
    complete: (folder) => {
      const sdk = go(["list", "-m", "-f", "{{.Dir}}", "github.com/pulumi/pulumi/sdk/v3"], PYTHON).trim();
      copyFileSync(path.join(sdk, "python", "cmd", SCRIPT), path.join(folder, SCRIPT));
    },
  },
  // Pulumi's own, the newest that the Go proxy has with everything that it requires.
  yaml: {
    name: "pulumi-language-yaml",
    module: path.join(__dirname, "yaml"),
    source: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
  },
};

/** Puts a language host beside the CLI that was built here. An installed CLI has those of all languages. */
export function installHost(language: keyof typeof HOSTS): void {
  if (cliOnPath() !== undefined) return;
  const folder = build(HOSTS[language]);
  for (const file of readdirSync(folder)) {
    const [target, link] = [path.join(folder, file), path.join(BIN, file)];
    if (existsSync(link) && readlinkSync(link) === target) continue;
    rmSync(link, { force: true });
    symlinkSync(target, link);
  }
}
