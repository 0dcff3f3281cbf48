import { spawn } from "node:child_process";
import path from "node:path";

import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as engine from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import * as resource from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import { mockedCall, mockedState } from "../../runner/mockedAws";

export interface HostedRun {
  exitCode: number | null;
  /** `type::name` of every registered resource. */
  registered: string[];
  /** What the program logged as an error, and what it printed. */
  errors: string;
  warnings: string[];
}

export interface HostedProgram {
  /** What the CLI makes the working directory and the program, from Pulumi.yaml's `main`. */
  workingDirectory: string;
  program: string;
  project: string;
  stack: string;
  config: Record<string, string>;
}

const REGION = "us-east-1";
const RUN = path.resolve(__dirname, "../../node_modules/@pulumi/pulumi/cmd/run");

/**
 * Runs a program with the script that the Pulumi CLI's Node.js language host starts, in the same working directory, with
 * the same environment, against a resource monitor on loopback. Nothing of ours loads the program.
 */
export async function runAsPulumiDoes(hosted: HostedProgram): Promise<HostedRun> {
  const { address, registered, logged, warnings, stop } = await startEngine();
  try {
    const child = spawn(
      process.execPath,
      [
        RUN,
        ...["--monitor", address, "--engine", address, "--project", hosted.project, "--stack", hosted.stack],
        ...["--pwd", hosted.workingDirectory, "--parallel", "16", hosted.program],
      ],
      {
        env: {
          PATH: process.env["PATH"],
          HOME: process.env["HOME"],
          PULUMI_NODEJS_TYPESCRIPT: "true",
          PULUMI_CONFIG: JSON.stringify(hosted.config),
          PULUMI_CONFIG_SECRET_KEYS: "[]",
        },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    const printed: Buffer[] = [];
    child.stdout.on("data", (data: Buffer) => printed.push(data));
    child.stderr.on("data", (data: Buffer) => printed.push(data));
    const exitCode = await new Promise<number | null>((resolve) => child.on("close", resolve));
    return {
      exitCode,
      registered: registered.sort(),
      errors: [...logged, Buffer.concat(printed).toString()].join("\n"),
      warnings,
    };
  } finally {
    stop();
  }
}

export interface Engine {
  /** Of the resource monitor and of the engine itself. */
  address: string;
  /** `type::name` of every registered resource. */
  registered: string[];
  /** What was logged as an error. */
  logged: string[];
  warnings: string[];
  stop: () => void;
}

/** The two services of the Pulumi engine that programs and plugins talk to, on loopback. */
export async function startEngine(): Promise<Engine> {
  const registered: string[] = [];
  const logged: string[] = [];
  const warnings: string[] = [];
  const server = new grpc.Server();
  server.addService(ResourceMonitorService, monitor(registered));
  server.addService(EngineService, engineThatLogs(logged, warnings));
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { address: `127.0.0.1:${port}`, registered, logged, warnings, stop: () => server.forceShutdown() };
}

type Call<Request> = { request: Request };
type Answer = (error: grpc.ServiceError | null, response?: unknown) => void;

function monitor(registered: string[]): grpc.UntypedServiceImplementation {
  return {
    supportsFeature: (_call: unknown, answer: Answer) => {
      const response = new resource.SupportsFeatureResponse();
      response.setHassupport(false);
      answer(null, response);
    },
    invoke: ({ request }: Call<resource.ResourceInvokeRequest>, answer: Answer) => {
      const call = { token: request.getTok(), inputs: request.getArgs()?.toJavaScript() ?? {} };
      const response = new InvokeResponse();
      response.setReturn(Struct.fromJavaScript(mockedCall(call, REGION) as Record<string, JavaScriptValue>));
      answer(null, response);
    },
    registerResource: ({ request }: Call<resource.RegisterResourceRequest>, answer: Answer) => {
      const type = request.getType();
      const name = request.getName();
      registered.push(`${type}::${name}`);
      const inputs = (request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>;
      const response = new resource.RegisterResourceResponse();
      response.setUrn(`urn:pulumi:stack::project::${type}::${name}`);
      if (request.getCustom()) response.setId(`${name}-id`);
      const state = mockedState({ type, name, inputs }, REGION) as Record<string, JavaScriptValue>;
      response.setObject(Struct.fromJavaScript(state));
      answer(null, response);
    },
    registerResourceOutputs: (_call: unknown, answer: Answer) => answer(null, new Empty()),
    registerPackage: (_call: unknown, answer: Answer) => {
      const response = new resource.RegisterPackageResponse();
      response.setRef("ref");
      answer(null, response);
    },
    signalAndWaitForShutdown: (_call: unknown, answer: Answer) => answer(null, new Empty()),
  };
}

function engineThatLogs(logged: string[], warnings: string[]): grpc.UntypedServiceImplementation {
  let root = "";
  return {
    log: ({ request }: Call<engine.LogRequest>, answer: Answer) => {
      if (request.getSeverity() === engine.LogSeverity.ERROR) logged.push(request.getMessage());
      if (request.getSeverity() === engine.LogSeverity.WARNING) warnings.push(request.getMessage());
      answer(null, new Empty());
    },
    getRootResource: (_call: unknown, answer: Answer) => {
      const response = new engine.GetRootResourceResponse();
      response.setUrn(root);
      answer(null, response);
    },
    setRootResource: ({ request }: Call<engine.SetRootResourceRequest>, answer: Answer) => {
      root = request.getUrn();
      answer(null, new engine.SetRootResourceResponse());
    },
  };
}
