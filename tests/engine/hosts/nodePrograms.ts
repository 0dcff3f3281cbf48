import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

import { status, type ServerWritableStream } from "@grpc/grpc-js";
import { RunPluginResponse, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import type {
  InstallDependenciesRequest,
  InstallDependenciesResponse,
  ProgramInfo,
  RunPluginRequest,
  RunRequest,
} from "@pulumi/pulumi/proto/language_pb";

/** Exit code of programs that have told the user about their error. */
const TOLD = 32;

const running = new Set<ChildProcess>();

export function interrupt(): void {
  for (const child of running) child.kill("SIGINT");
}

/** Runs a program, and says how it ended. */
export function runProgram(request: RunRequest, engine: string): Promise<RunResponse> {
  const info = request.getInfo()!;
  const sdk = sdkFile("run", info);
  if (sdk === undefined) {
    return Promise.resolve(ended("The Pulumi SDK has not been installed. Have you run pulumi install?"));
  }
  const env = {
    ...optionsOf(info),
    PULUMI_CONFIG: JSON.stringify(configurationOf(request)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
  const args = [...nodeArguments(info), sdk, ...argumentsOf(request, info, engine)];
  // What the host prints to stdout is the program's output to the CLI.
  const child = track(spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ["ignore", 1, 2] }));
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(ended(error.message)));
    child.on("exit", (code, signal) => {
      const response = ended(code === 0 || code === TOLD ? "" : `Program exited with ${signal ?? `exit code ${code}`}`);
      response.setBail(code === TOLD);
      resolve(response);
    });
  });
}

function ended(error: string): RunResponse {
  const response = new RunResponse();
  response.setError(error);
  return response;
}

function argumentsOf(request: RunRequest, info: ProgramInfo, engine: string): string[] {
  const flags = {
    "monitor": request.getMonitorAddress(),
    "engine": engine,
    "organization": request.getOrganization(),
    "project": request.getProject(),
    "root-directory": info.getRootDirectory(),
    "stack": request.getStack(),
    "pwd": info.getProgramDirectory(),
    "parallel": String(request.getParallel()),
  };
  const given = Object.entries(flags).flatMap(([flag, value]) => (value ? [`--${flag}`, value] : []));
  return [...given, ...(request.getDryrun() ? ["--dry-run"] : []), info.getEntryPoint(), ...request.getArgsList()];
}

/** Keys as `project:config:key`, the form that all versions of the SDK read. */
function configurationOf(request: RunRequest): Record<string, string> {
  const entries = [...request.getConfigMap().entries()] as [string, string][];
  return Object.fromEntries(entries.map(([key, value]) => [key.replace(/^([^:]+):(?:config:)?/, "$1:config:"), value]));
}

interface Options {
  typescript?: boolean;
  tsconfig?: string;
  nodeargs?: string;
}

function runtimeOptions(info: ProgramInfo): Options {
  return info.getOptions()?.toJavaScript() ?? {};
}

/** `runtime.options` of Pulumi.yaml. TypeScript is on unless it is switched off. */
function optionsOf(info: ProgramInfo): NodeJS.ProcessEnv {
  const { typescript, tsconfig } = runtimeOptions(info);
  return {
    ...(typescript === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
  };
}

function nodeArguments(info: ProgramInfo): string[] {
  return runtimeOptions(info).nodeargs?.split(/\s+/) ?? [];
}

/** A script of the SDK that the program itself finds. */
function sdkFile(script: "run" | "run-plugin", info: ProgramInfo): string | undefined {
  try {
    return createRequire(path.join(info.getProgramDirectory(), "noop.js")).resolve(`@pulumi/pulumi/cmd/${script}`);
  } catch {
    return undefined;
  }
}

type InstallationCall = ServerWritableStream<InstallDependenciesRequest, InstallDependenciesResponse>;

/** Installs what a component package depends on, as Pulumi does before it starts one: with npm, in the package's folder. */
export function installPlugin(call: InstallationCall): void {
  const cwd = call.request.getInfo()!.getProgramDirectory();
  const child = track(spawn("npm", ["install", "--loglevel=error"], { cwd, stdio: ["ignore", 2, 2] }));
  child.on("exit", (code) => {
    if (code === 0) call.end();
    else call.emit("error", { code: status.UNKNOWN, details: `npm install ended with exit code ${code} in ${cwd}.` });
  });
}

type PluginCall = ServerWritableStream<RunPluginRequest, RunPluginResponse>;

/** Runs a component package, and passes on what it prints. */
export function runPlugin(call: PluginCall): void {
  const { request } = call;
  const info = request.getInfo()!;
  const sdk = sdkFile("run-plugin", info) ?? "@pulumi/pulumi/cmd/run-plugin";
  const directory = info.getProgramDirectory();
  const child = track(
    spawn(process.execPath, [sdk, directory, ...request.getArgsList()], {
      cwd: request.getPwd() || directory,
      env: { ...Object.fromEntries(request.getEnvList().map(nameAndValue)), ...optionsOf(info) },
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );
  child.stdout!.on("data", (data: Buffer) => write(call, (response) => response.setStdout(data)));
  child.stderr!.on("data", (data: Buffer) => write(call, (response) => response.setStderr(data)));
  call.on("cancelled", () => child.kill());
  child.on("close", (code) => {
    write(call, (response) => response.setExitcode(code ?? 1));
    call.end();
  });
}

function write(call: PluginCall, fill: (response: RunPluginResponse) => void): void {
  const response = new RunPluginResponse();
  fill(response);
  call.write(response);
}

function nameAndValue(variable: string): [string, string] {
  const at = variable.indexOf("=");
  return [variable.slice(0, at), variable.slice(at + 1)];
}

function track(child: ChildProcess): ChildProcess {
  running.add(child);
  child.on("close", () => running.delete(child));
  return child;
}
