import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as engine from "@pulumi/pulumi/proto/engine_pb";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as resource from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import { mockedCall, mockedState } from "../../runner/synthesis/mockedAws";
import { readRegistration, unwrapSecrets, type SynthesisedResource } from "../../runner/synthesis/synthesis";

/** A resource to be made. */
export interface Registration {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

/** What a program asked the engine for. */
export type RecordedRegistration = Omit<SynthesisedResource, "outputs">;

/** The two services of the Pulumi engine that programs and plugins talk to, on loopback. */
export interface Engine {
  /** Address of the resource monitor and of the engine itself. */
  address: string;
  registrations: RecordedRegistration[];
  /** What the stack exports. */
  exports: Record<string, unknown>;
  /** What was logged as an error. */
  logged: string[];
  warnings: string[];
  stop: () => void;
}

/** What the engine knows of the stack, and what it says that it can do. */
export interface EngineSettings {
  /** Defaults to `project`. */
  project?: string;
  /** Defaults to `stack`. */
  stack?: string;
  /** Of the mocked AWS. Defaults to `us-east-1`. */
  region?: string;
  /** https://github.com/pulumi/pulumi/blob/v3.248.0/sdk/nodejs/runtime/settings.ts. Defaults to what programs can't do without. */
  supports?: (feature: string) => boolean;
}

const STACK = "pulumi:pulumi:Stack";

/** What programs can't do without. */
function isNeeded(feature: string): boolean {
  return ["resourceHooks", "errorHooks", "transforms"].includes(feature);
}

type Recording = Pick<Engine, "registrations" | "exports" | "logged" | "warnings">;

/** Components of other packages are mocked like resources. */
export async function startEngine(settings: EngineSettings = {}): Promise<Engine> {
  const recording: Recording = { registrations: [], exports: {}, logged: [], warnings: [] };
  const server = new grpc.Server();
  server.addService(ResourceMonitorService, monitor(recording, settings));
  server.addService(EngineService, engineThatLogs(recording));
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { ...recording, address: `127.0.0.1:${port}`, stop: () => server.forceShutdown() };
}

/** `type::name` of every resource, in order. */
export function typesAndNames(registrations: Pick<Registration, "type" | "name">[]): string[] {
  return registrations.map(({ type, name }) => `${type}::${name}`).sort();
}

type Call<Request> = { request: Request };
type Answer = (error: Partial<grpc.ServiceError> | null, response?: unknown) => void;

function monitor(
  recording: Recording,
  { project = "project", stack = "stack", region = "us-east-1", supports = isNeeded }: EngineSettings,
): grpc.UntypedServiceImplementation {
  return {
    supportsFeature: ({ request }: Call<resource.SupportsFeatureRequest>, answer: Answer) => {
      const response = new resource.SupportsFeatureResponse();
      response.setHassupport(supports(request.getId()));
      answer(null, response);
    },
    // It makes every resource for the first time, so that it never runs a hook.
    registerResourceHook: (_call: unknown, answer: Answer) => answer(null, new Empty()),
    registerErrorHook: (_call: unknown, answer: Answer) => answer(null, new Empty()),
    invoke: ({ request }: Call<resource.ResourceInvokeRequest>, answer: Answer) => {
      const call = { token: request.getTok(), inputs: request.getArgs()?.toJavaScript() ?? {} };
      const response = new InvokeResponse();
      response.setReturn(structOf(mockedCall(call, region)));
      answer(null, response);
    },
    registerResource: ({ request }: Call<resource.RegisterResourceRequest>, answer: Answer) => {
      const asked = readRegistration(request);
      const registration = { ...asked, urn: `urn:pulumi:${stack}::${project}::${qualifiedType(asked)}::${asked.name}` };
      recording.registrations.push(registration);
      answer(null, registered(registration, request.getCustom(), mockedState(registration, region)));
    },
    registerResourceOutputs: ({ request }: Call<resource.RegisterResourceOutputsRequest>, answer: Answer) => {
      if (request.getUrn().includes(`::${STACK}::`))
        Object.assign(recording.exports, unwrapSecrets(request.getOutputs()?.toJavaScript()));
      answer(null, new Empty());
    },
    registerPackage: (_call: unknown, answer: Answer) => {
      const response = new resource.RegisterPackageResponse();
      response.setRef("ref");
      answer(null, response);
    },
    signalAndWaitForShutdown: (_call: unknown, answer: Answer) => answer(null, new Empty()),
  };
}

/** As the SDK's mocks have it: the type behind that of the parent. */
function qualifiedType({ type, parent }: Pick<RecordedRegistration, "type" | "parent">): string {
  return parent === "" ? type : `${parent.split("::")[2]?.split("$").at(-1)}$${type}`;
}

function registered(
  { urn, name }: RecordedRegistration,
  custom: boolean,
  state: Record<string, unknown>,
): resource.RegisterResourceResponse {
  const response = new resource.RegisterResourceResponse();
  response.setUrn(urn);
  if (custom) response.setId(`${name}-id`);
  response.setObject(structOf(state));
  return response;
}

function structOf(value: Record<string, unknown>): Struct {
  return Struct.fromJavaScript(value as Record<string, JavaScriptValue>);
}

function engineThatLogs(recording: Recording): grpc.UntypedServiceImplementation {
  let root = "";
  return {
    log: ({ request }: Call<engine.LogRequest>, answer: Answer) => {
      if (request.getSeverity() === engine.LogSeverity.ERROR) recording.logged.push(request.getMessage());
      if (request.getSeverity() === engine.LogSeverity.WARNING) recording.warnings.push(request.getMessage());
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
