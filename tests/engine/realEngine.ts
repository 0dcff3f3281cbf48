import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation";

import { requireCli } from "./cli/requireCli";
import { asPulumi, EngineStack, type Program } from "./stack";
import type { Account } from "./standIns/account";
import { startStandIns, type StandIns } from "./standIns/standIns";

export interface InlineStack {
  name: string;
  program: Program;
  project?: string;
  /** By full key. Defaults to us-east-1. */
  config?: Record<string, string>;
}

export interface Printed {
  status: number | null;
  stdout: string;
  stderr: string;
}

interface CommandOptions {
  cwd: string;
  env?: NodeJS.ProcessEnv;
}

/** Pulumi's own engine with a backend on disk, and with stand-ins instead of AWS. */
export class RealEngine {
  /** A folder for programs, which is removed in the end. */
  readonly directory: string;

  constructor(
    private readonly root: string,
    private readonly cliFolder: string,
    private readonly standIns: StandIns,
    private readonly command: PulumiCommand,
  ) {
    this.directory = path.join(root, "work");
  }

  get account(): Account {
    return this.standIns.account;
  }

  /** A stack of a program in this process. */
  async stack({
    name,
    program,
    project = "test",
    config = { "aws:region": "us-east-1" },
  }: InlineStack): Promise<EngineStack> {
    const workDir = path.join(this.directory, `${project}-${name}`);
    mkdirSync(workDir, { recursive: true });
    const args = { stackName: name, projectName: project, program: asPulumi(program) };
    const stack = await LocalWorkspace.createOrSelectStack(args, { ...this.options(), workDir });
    for (const [key, value] of Object.entries(config)) await stack.setConfig(key, { value });
    return new EngineStack(stack);
  }

  /** A stack of the program in a folder. The CLI writes into its stack files: give it a copy. */
  async stackIn({ name, directory }: { name: string; directory: string }): Promise<EngineStack> {
    const args = { stackName: name, workDir: directory };
    return new EngineStack(await LocalWorkspace.createOrSelectStack(args, this.options()));
  }

  /** Runs the CLI as a person would. */
  cli(args: string[], options: CommandOptions): Promise<Printed> {
    return this.run(path.join(this.cliFolder, "pulumi"), args, options);
  }

  /** Runs a line of a document in Bash, where `pulumi`, also by npx, is this CLI, and nobody has to confirm anything. */
  shell(line: string, options: CommandOptions): Promise<Printed> {
    return this.run("bash", ["-euo", "pipefail", "-c", line], options);
  }

  private run(command: string, args: string[], { cwd, env: more }: CommandOptions): Promise<Printed> {
    // The settings of the npm that started the tests are not those of whoever types the command.
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("npm_"));
    const env = { ...Object.fromEntries(inherited), HOME: this.root, ...this.environment(), ...more };
    return new Promise((resolve) => {
      // Not in sync with this process, which has to answer for the stand-ins.
      const child = execFile(command, args, { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
        resolve({ status: error ? child.exitCode : 0, stdout, stderr }),
      );
      child.stdin!.end();
    });
  }

  stop(): void {
    this.standIns.stop();
    rmSync(this.root, { recursive: true, force: true });
  }

  private options(): { pulumiCommand: PulumiCommand; envVars: Record<string, string> } {
    // The state is written once, when an operation ends. Otherwise all of it is twice for each step. Not for what people type, whose `up`
    // would hold to the plan of its preview.
    const once = { PULUMI_SKIP_CHECKPOINTS: "true", PULUMI_EXPERIMENTAL: "true" };
    return { pulumiCommand: this.command, envVars: { ...this.environment(), ...once } };
  }

  private environment(): Record<string, string> {
    return {
      PATH: [this.cliFolder, process.env["PATH"]].join(path.delimiter),
      PULUMI_VERSION: LAUNCHED,
      PULUMI_HOME: path.join(this.root, "home"),
      PULUMI_BACKEND_URL: `file://${path.join(this.root, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "",
      PULUMI_SKIP_CONFIRMATIONS: "true",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      NPM_CONFIG_UPDATE_NOTIFIER: "false",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_DEBUG_PROVIDERS: this.standIns.providers,
    };
  }
}

/** What the program of npm's package `pulumi` takes for the version of the CLI that it is to start. */
const LAUNCHED = "tested";

/** For `before`: skips the suite without a CLI. Where there is none yet, building it takes minutes. */
export async function startRealEngine(test: { skip: () => never; timeout: (ms: number) => void }): Promise<RealEngine> {
  test.timeout(1_800_000);
  const cliFolder = requireCli(test);
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "engine-")));
  for (const folder of ["home/versions", "state", "work"]) mkdirSync(path.join(root, folder), { recursive: true });
  // The program of npm's package `pulumi` looks here for the CLI that it would otherwise download.
  symlinkSync(path.dirname(cliFolder), path.join(root, "home", "versions", LAUNCHED));
  const command = await PulumiCommand.get({ root: path.dirname(cliFolder), skipVersionCheck: true });
  return new RealEngine(root, cliFolder, await startStandIns(), command);
}
