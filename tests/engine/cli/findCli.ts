import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";

import { version } from "@pulumi/pulumi/version";

const CACHE = path.join(process.env["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache"), "video-batch-pipeline");

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
  const hash = createHash("sha256").update(`${process.platform} ${process.arch} ${version}`);
  for (const file of ["go.mod", "go.sum"]) hash.update(fs.readFileSync(path.join(__dirname, file)));
  const folder = path.join(CACHE, `pulumi-${hash.digest("hex").slice(0, 16)}`);
  if (!fs.existsSync(folder)) build(folder);
  return path.join(folder, "pulumi");
}

/** The folder appears when all of it is there. */
function build(folder: string): void {
  process.stderr.write(`Building the Pulumi CLI ${version}, which takes some minutes once …\n`);
  const partial = `${folder}.${process.pid}.partial`;
  fs.mkdirSync(partial, { recursive: true });
  const module = "github.com/pulumi/pulumi";
  const ldflags = `-s -w -X ${module}/sdk/v3/go/common/version.Version=${version}`;
  const flags = ["-p", "2", "-trimpath", "-buildvcs=false", `-ldflags=${ldflags}`, "-o", path.join(partial, "pulumi")];
  const env = { ...process.env, GOFLAGS: "-mod=readonly", GOWORK: "off", GOTOOLCHAIN: "auto" };
  execFileSync("go", ["build", ...flags, `${module}/pkg/v3/cmd/pulumi`], {
    cwd: __dirname,
    env,
    stdio: ["ignore", 2, 2],
  });
  fs.renameSync(partial, folder);
}
