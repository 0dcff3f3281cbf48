import * as fs from "node:fs";
import * as path from "node:path";

import { version } from "@pulumi/pulumi/version";

import { build } from "./goProgram";

/** The Pulumi CLI of this machine. The one in node_modules/.bin only loads another from the network. */
export function cliOnPath(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return onPath("pulumi", env);
}

function onPath(command: string, env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env["PATH"] ?? "").split(path.delimiter);
  return folders
    .filter((folder) => path.basename(path.dirname(folder)) !== "node_modules")
    .map((folder) => path.join(folder, command))
    .find((file) => fs.existsSync(file));
}

/** The CLI of the SDK's version, which Go builds once in some minutes. Nothing without Go. */
export function builtCli(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (onPath("go", env) === undefined) return undefined;
  const module = "github.com/pulumi/pulumi";
  const folder = build({
    name: "pulumi",
    module: __dirname,
    source: `${module}/pkg/v3/cmd/pulumi`,
    ldflags: `-X ${module}/sdk/v3/go/common/version.Version=${version}`,
  });
  return path.join(folder, "pulumi");
}
