import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

const SOURCE = path.join(__dirname, "generator");
const CACHE = path.resolve(__dirname, "../../../node_modules/.cache");

/** What Pulumi publishes as Go only, built once for each version. */
export interface GoTools {
  /** Writes the Python SDK of a package to a folder. */
  generateSdk: (schema: object, folder: string) => void;
  /** The script that the CLI's language host for Python starts programs with. */
  exec: string;
}

export function goTools(): GoTools {
  const folder = path.join(CACHE, `python-sdk-generator-${hashOf("go.mod", "go.sum", "main.go")}`);
  if (!fs.existsSync(folder)) build(folder);
  return {
    generateSdk: (schema, target) =>
      void execFileSync(path.join(folder, "generator"), [target], { input: JSON.stringify(schema) }),
    exec: path.join(folder, "pulumi-language-python-exec"),
  };
}

function hashOf(...files: string[]): string {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}`);
  for (const file of files) hash.update(fs.readFileSync(path.join(SOURCE, file)));
  return hash.digest("hex").slice(0, 16);
}

/** The folder appears when all of it is there. */
function build(folder: string): void {
  process.stderr.write("Building Pulumi's generator of Python SDKs, which takes a few minutes once …\n");
  const partial = `${folder}.${process.pid}.partial`;
  fs.mkdirSync(partial, { recursive: true });
  go("build", "-p", "2", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", path.join(partial, "generator"), ".");
  const sdk = go("list", "-m", "-f", "{{.Dir}}", "github.com/pulumi/pulumi/sdk/v3").trim();
  const exec = "pulumi-language-python-exec";
  fs.copyFileSync(path.join(sdk, "python", "cmd", exec), path.join(partial, exec));
  fs.renameSync(partial, folder);
}

function go(...args: string[]): string {
  const env = { ...process.env, GOFLAGS: "-mod=readonly", GOWORK: "off", GOTOOLCHAIN: "auto" };
  return execFileSync("go", args, { cwd: SOURCE, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
