import * as fs from "node:fs";
import * as path from "node:path";

import { buildSync } from "esbuild";

import { builtCli, cliOnPath } from "./findCli";

/** The folder with a CLI that was built here, and with its language hosts. */
export const BIN = path.resolve(__dirname, "../../../node_modules/.cache/pulumi/bin");
const HOST = path.resolve(__dirname, "../hosts/nodejs.ts");

/** The folder `bin` with the CLI and, beside it, where it looks for them, the language hosts. Nothing where there is no way to have one. */
export function installCli(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const installed = cliOnPath(env);
  if (installed !== undefined) return path.dirname(installed);
  const built = builtCli(env);
  if (built === undefined) return undefined;
  fs.mkdirSync(BIN, { recursive: true });
  const cli = path.join(BIN, "pulumi");
  if (!fs.existsSync(cli) || fs.statSync(cli).mtimeMs !== fs.statSync(built).mtimeMs) copy(built, cli);
  bundleHost(path.join(BIN, "pulumi-language-nodejs"));
  return BIN;
}

/** A symbolic link would do for the hosts, but the CLI looks for them where it is itself. */
function copy(from: string, to: string): void {
  const partial = `${to}.${process.pid}.partial`;
  fs.copyFileSync(from, partial);
  const { atime, mtime } = fs.statSync(from);
  fs.utimesSync(partial, atime, mtime);
  fs.renameSync(partial, to);
}

/** As JavaScript, because the CLI starts it several times in a command. */
function bundleHost(file: string): void {
  const outfile = `${file}.${process.pid}.partial`;
  buildSync({
    entryPoints: [HOST],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "error",
  });
  fs.chmodSync(outfile, 0o755);
  fs.renameSync(outfile, file);
}
