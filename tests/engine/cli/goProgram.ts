import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";

import { version } from "@pulumi/pulumi/version";

const CACHE = path.join(process.env["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache"), "video-batch-pipeline");

/** What Pulumi publishes as Go only. */
export interface GoProgram {
  name: string;
  /** The folder with go.mod. */
  module: string;
  /** The package with the program. Defaults to the one in the module's folder. */
  source?: string;
  ldflags?: string;
  /** Adds what belongs beside the program to its folder. */
  complete?: (folder: string) => void;
}

/** The folder with the program, which Go builds once for each version of its sources. */
export function build(program: GoProgram): string {
  const folder = path.join(CACHE, `${program.name}-${hashOf(program.module)}`);
  if (fs.existsSync(folder)) return folder;
  process.stderr.write(`Building ${program.name}, which takes some minutes once …\n`);
  const partial = `${folder}.${process.pid}.partial`;
  fs.mkdirSync(partial, { recursive: true });
  const { module, source = ".", ldflags = "" } = program;
  const flags = ["-p", "2", "-trimpath", "-buildvcs=false", `-ldflags=-s -w ${ldflags}`.trimEnd()];
  go(["build", ...flags, "-o", path.join(partial, program.name), source], module);
  program.complete?.(partial);
  // The folder appears when all of it is there.
  fs.renameSync(partial, folder);
  return folder;
}

/** Runs Go in the folder of a module, and gives what it prints. */
export function go(args: string[], module: string): string {
  const env = { ...process.env, GOFLAGS: "-mod=readonly", GOWORK: "off", GOTOOLCHAIN: "auto" };
  return execFileSync("go", args, { cwd: module, env, encoding: "utf8", stdio: ["ignore", "pipe", 2] });
}

function hashOf(module: string): string {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch} ${version}`);
  const sources = fs.readdirSync(module).filter((file) => /^go\.(mod|sum)$|\.go$/.test(file));
  for (const file of sources.sort()) hash.update(fs.readFileSync(path.join(module, file)));
  return hash.digest("hex").slice(0, 16);
}
