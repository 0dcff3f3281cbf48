import path from "node:path";

import type * as pulumi from "@pulumi/pulumi";

import { rememberListeners } from "./listeners";
import { mockedCall, mockedState } from "./mockedAws";
import { loadSdk } from "./sdk";

/** A resource as the program registered it, with `Input`s resolved. */
export interface SynthesisedResource {
  type: string;
  name: string;
  urn: string;
  /** URN of the parent, which is the stack for resources without a parent. */
  parent: string;
  inputs: Record<string, unknown>;
  /** The state from the mocked AWS: the inputs, and the ARN if the type has one. */
  outputs: Record<string, unknown>;
  options: ResourceOptionsRecord;
}

/** The resource options that affect a deployment. */
export interface ResourceOptionsRecord {
  protect: boolean;
  retainOnDelete: boolean;
  deleteBeforeReplace: boolean;
  ignoreChanges: string[];
  dependencies: string[];
  provider: string;
}

export interface Synthesis {
  project: string;
  stack: string;
  resources: SynthesisedResource[];
  /** The stack's outputs. */
  outputs: Record<string, unknown>;
}

export interface SynthesisOptions {
  project?: string;
  stack?: string;
  /** Configuration by full key, for example `{"aws:region": "eu-west-1"}`. */
  config?: Record<string, string>;
  /** Keys of `config` that are secret. */
  secretKeys?: string[];
  /** The copy of the Pulumi SDK that the program itself loads. Defaults to our copy. */
  sdk?: typeof pulumi;
}

/**
 * Evaluates a Pulumi program in this process with mocked resources, and returns the resources that it registered. It sends nothing
 * to AWS and needs no provider plugin. The program's return value becomes the stack's outputs. Errors of the program are thrown
 * unchanged.
 */
export async function synthesise(program: () => unknown, options: SynthesisOptions = {}): Promise<Synthesis> {
  const { sdk = loadSdk() } = options;
  return record(sdk, options, {
    run: () => sdk.runtime.runInPulumiStack(() => Promise.resolve(program())),
    end: () => Promise.resolve(),
  });
}

/** What Pulumi calls the organization of a stack whose state is not in its cloud. */
const ORGANIZATION = "organization";

type Outputs = Record<string, unknown> | undefined;

/** What is recorded: the run of a program in its stack, and what follows before its process would exit. */
export interface RecordedRun {
  run: () => Promise<Outputs>;
  /** Called when everything that was registered so far has a response. Returns when nothing more will be registered. */
  end: () => Promise<void>;
}

/** Records what a run registers with the mocked AWS. */
export async function record(
  sdk: typeof pulumi,
  { project = "project", stack = "stack", config = {}, secretKeys = [] }: Omit<SynthesisOptions, "sdk">,
  recorded: RecordedRun,
): Promise<Synthesis> {
  const resources: SynthesisedResource[] = [];
  const region = config["aws:region"] ?? "us-east-1";

  sdk.runtime.setAllConfig(config, secretKeys);
  await sdk.runtime.setMocks(
    {
      newResource: (args) => ({ id: args.id || `${args.name}-id`, state: mockedState(args, region) }),
      call: (args) => mockedCall(args, region),
    },
    project,
    stack,
    false,
    ORGANIZATION,
  );
  recordRegistrations(sdk, resources);

  return { project, stack, resources, outputs: (await runToEnd(sdk, recorded, resources)) ?? {} };
}

const ERRORS = ["unhandledRejection", "uncaughtException"] as const;

/**
 * Runs a program until its last registration has a response. As in `pulumi up`, a failed registration surfaces as an unhandled
 * rejection, so unhandled rejections count as the program's errors while it runs, and so do exceptions that nobody catches.
 */
async function runToEnd(
  sdk: typeof pulumi,
  { run, end }: RecordedRun,
  resources: SynthesisedResource[],
): Promise<Outputs> {
  let fail!: (error: unknown) => void;
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const restoreListeners = rememberListeners(ERRORS);
  for (const event of ERRORS) process.removeAllListeners(event).on(event, fail);
  const toEnd = async (): Promise<void> => {
    let registered: number;
    do {
      registered = resources.length;
      await sdk.runtime.disconnect();
      await end();
      await sdk.runtime.disconnect();
    } while (resources.length > registered);
    await lateRejections();
  };
  try {
    const outputs = await Promise.race([failure, run()]);
    await Promise.race([failure, toEnd()]);
    return toPlainData(outputs) as Outputs;
  } finally {
    await lateRejections();
    restoreListeners();
  }
}

/** Node.js reports an unhandled rejection only after the microtasks of the turn in which it happened. */
async function lateRejections(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function toPlainData(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** Wraps the monitor, because mocks see a resource's inputs but not its options. */
function recordRegistrations(sdk: typeof pulumi, resources: SynthesisedResource[]): void {
  const monitor = sdk.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = async (request, callback) =>
    register(request, (error, response) => {
      if (response && request.getType() !== sdk.runtime.rootPulumiStackTypeName) {
        const outputs = unwrapSecrets(response.getObject().toJavaScript()) as Record<string, unknown>;
        resources.push({ ...readRegistration(request), urn: response.getUrn(), outputs });
      }
      callback(error, response);
    });
}

interface Monitor {
  registerResource(
    request: RegistrationRequest,
    callback: (error: unknown, response?: RegistrationResponse) => void,
  ): Promise<void>;
}

interface RegistrationResponse {
  getUrn(): string;
  getObject(): { toJavaScript(): unknown };
}

/** The parts that are read of the SDK's `RegisterResourceRequest`. */
export interface RegistrationRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getObject(): { toJavaScript(): unknown } | undefined;
  getProtect(): boolean | undefined;
  getRetainondelete(): boolean | undefined;
  getDeletebeforereplace(): boolean;
  getIgnorechangesList(): string[];
  getDependenciesList(): string[];
  getProvider(): string;
}

/** What a program asks the engine for. */
export function readRegistration(request: RegistrationRequest): Omit<SynthesisedResource, "urn" | "outputs"> {
  return {
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    inputs: unwrapSecrets(request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>,
    options: {
      protect: request.getProtect() ?? false,
      retainOnDelete: request.getRetainondelete() ?? false,
      deleteBeforeReplace: request.getDeletebeforereplace(),
      ignoreChanges: request.getIgnorechangesList(),
      dependencies: request.getDependenciesList(),
      provider: request.getProvider(),
    },
  };
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/**
 * Serialised secrets are objects with a signature, and so are resource references, which have the resource's URN, and assets and archives, whose
 * paths are relative to the program's folder, where the process is.
 */
export function unwrapSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapSecrets);
  if (typeof value !== "object" || value === null) return value;
  const object = value as Record<string, unknown>;
  if (object[SIGNATURE] === SECRET) return unwrapSecrets(object["value"]);
  if (SIGNATURE in object) {
    const { urn, text, path: file } = object;
    return urn ?? text ?? (typeof file === "string" ? path.resolve(file) : null);
  }
  return Object.fromEntries(Object.entries(object).map(([key, entry]) => [key, unwrapSecrets(entry)]));
}
