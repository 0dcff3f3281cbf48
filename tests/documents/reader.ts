import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { MACHINE } from "../aws/recording";
import { copyRepository, type RepositoryCopy } from "../support/repositoryCopy";
import { linkPackages } from "./linkPackages";

export interface Typed {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** What the documents leave to the reader. */
const BUCKET = "videos";
const EXECUTION = "clip.mp4-5f0c3a9e-7b1d-4c2a";

/** Answers for the stack's outputs. What deploys a stack runs on Pulumi's own engine, in another suite. */
const PULUMI = `#!/bin/sh
case "$*" in
  "stack output --json --stack dev --non-interactive") echo '{"stateMachineArn":"${MACHINE}"}';;
  "stack output bucketName") echo ${BUCKET};;
  *) echo "pulumi $* has no answer" >&2; exit 9;;
esac
`;

/** Somebody who follows a document: a clone with its packages, the package's command, and a stack that is deployed. */
export class Reader {
  /** Where the commands of a block begin. */
  private home: string;
  private here: string;

  private constructor(
    private readonly root: string,
    private readonly repository: RepositoryCopy,
  ) {
    this.home = repository.directory;
    this.here = this.home;
  }

  static async begin(): Promise<Reader> {
    const reader = new Reader(realpathSync(mkdtempSync(path.join(tmpdir(), "reader-"))), copyRepository());
    await reader.installPackages(reader.home);
    reader.writeProgram("bin/pulumi", PULUMI);
    return reader;
  }

  /** The folder of the clone. */
  get clone(): string {
    return this.home;
  }

  /** Begins with an empty folder, and with a repository to clone: without what is installed and made, as git has it. */
  withoutClone(): void {
    rmSync(path.join(this.home, "clip.mp4"));
    const git = (...args: string[]): void =>
      void execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd: this.home });
    git("init", "--quiet");
    git("add", "--all");
    git("commit", "--quiet", "--message", "All");
    this.home = path.join(this.root, "empty");
    mkdirSync(this.home);
  }

  /** In a project of the reader's own, which has no command of this name: npx would build the project for it, and install it anew. */
  inOwnProject(): void {
    const file = path.join(this.home, "package.json");
    const manifest = JSON.parse(readFileSync(file, "utf8")) as object;
    writeFileSync(file, JSON.stringify({ ...manifest, name: "archive", bin: undefined }));
  }

  beginBlock(): void {
    this.here = this.home;
  }

  /** Types a line. `while` looks at what doesn't end by itself, and Ctrl-C ends it. */
  async type(line: string, env: NodeJS.ProcessEnv, meanwhile?: (printed: string) => Promise<void>): Promise<Typed> {
    const known = line
      .replaceAll("REPOSITORY", this.repository.directory)
      .replaceAll("BUCKET", BUCKET)
      .replaceAll("EXECUTION", EXECUTION);
    const folder = path.join(this.root, "folder");
    const child = spawn("bash", ["-euo", "pipefail", "-c", `${known}\npwd > '${folder}'`], {
      cwd: this.here,
      env: { ...this.environment(), ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const typed = await this.wait(child, meanwhile);
    if (typed.status === 0) await this.moveTo(execFileSync("cat", [folder], { encoding: "utf8" }).trim(), line);
    return typed;
  }

  end(): void {
    this.repository.remove();
    rmSync(this.root, { recursive: true, force: true });
  }

  private async moveTo(folder: string, line: string): Promise<void> {
    this.here = folder;
    if (!line.startsWith("git clone ")) return;
    // Every later block begins here. Packages are not downloaded again.
    this.home = folder;
    await this.installPackages(folder);
  }

  private wait(child: ChildProcess, meanwhile?: (printed: string) => Promise<void>): Promise<Typed> {
    const printed = { stdout: "", stderr: "" };
    let looked: Promise<void> | undefined;
    child.stderr!.setEncoding("utf8").on("data", (text: string) => (printed.stderr += text));
    child.stdout!.setEncoding("utf8").on("data", (text: string) => {
      printed.stdout += text;
      if (meanwhile) looked ??= meanwhile(text).finally(() => process.kill(-child.pid!, "SIGINT"));
    });
    const closed = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
    return closed.then(async (status) => {
      await looked;
      return { status, ...printed };
    });
  }

  /** The repository's packages, and beside them the programs that a reader would have with these. */
  private async installPackages(clone: string): Promise<void> {
    await linkPackages(clone);
    const programs = path.join(clone, "node_modules", ".bin");
    rmSync(path.join(programs, "pulumi"));
    writeFileSync(path.join(programs, "pulumi"), PULUMI, { mode: 0o755 });
    const main = `#!/bin/sh\nexec node -r '${clone}/scripts/ts-node.cjs' '${clone}/cli/main.ts' "$@"\n`;
    writeFileSync(path.join(programs, "video-batch-pipeline"), main, { mode: 0o755 });
  }

  private writeProgram(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.root, file)), { recursive: true });
    writeFileSync(path.join(this.root, file), text, { mode: 0o755 });
  }

  /** Without what the npm that started the tests sets, without a screen, and with credentials that nobody has. */
  private environment(): NodeJS.ProcessEnv {
    const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|AWS_|DISPLAY$|WAYLAND_DISPLAY$)/i.test(name));
    return {
      ...Object.fromEntries(kept),
      HOME: this.root,
      PATH: [path.join(this.root, "bin"), process.env["PATH"]].join(path.delimiter),
      NPM_CONFIG_UPDATE_NOTIFIER: "false",
      NPM_CONFIG_OFFLINE: "true",
      ...{ AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret", AWS_EC2_METADATA_DISABLED: "true" },
      ...{ AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-1", AWS_MAX_ATTEMPTS: "1" },
    };
  }
}
