import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as engine from "@pulumi/pulumi/proto/engine_pb";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as resource from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import { mockedCall, mockedState } from "../../runner/synthesis/mockedAws";

/** What a program asked the engine for. */
export interface Registration {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

/** Makes a component that is in another package. Returns its outputs. */
export type Construct = (component: Registration) => Promise<Record<string, unknown>>;

/** The two services of the Pulumi engine that programs and plugins talk to, on loopback. */
export interface Engine {
  /** Address of the resource monitor and of the engine itself. */
  address: string;
  registrations: Registration[];
  /** What the stack exports. */
  exports: Record<string, unknown>;
  /** What was logged as an error. */
  logged: string[];
  warnings: string[];
  stop: () => void;
}

const REGION = "us-east-1";
const STACK = "pulumi:pulumi:Stack";

/** What programs can't do without. */
const FEATURES = ["resourceHooks", "errorHooks", "transforms"];

type Recording = Pick<Engine, "registrations" | "exports" | "logged" | "warnings">;

/** Components of other packages are mocked like resources, unless something constructs them. */
export async function startEngine(construct?: Construct): Promise<Engine> {
  const recording: Recording = { registrations: [], exports: {}, logged: [], warnings: [] };
  const server = new grpc.Server();
  server.addService(ResourceMonitorService, monitor(recording, construct));
  server.addService(EngineService, engineThatLogs(recording));
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { ...recording, address: `127.0.0.1:${port}`, stop: () => server.forceShutdown() };
}

/** `type::name` of every resource, in order. */
export function typesAndNames(registrations: Registration[]): string[] {
  return registrations.map(({ type, name }) => `${type}::${name}`).sort();
}

type Call<Request> = { request: Request };
type Answer = (error: Partial<grpc.ServiceError> | null, response?: unknown) => void;

function monitor(recording: Recording, construct?: Construct): grpc.UntypedServiceImplementation {
  return {
    supportsFeature: ({ request }: Call<resource.SupportsFeatureRequest>, answer: Answer) => {
      const response = new resource.SupportsFeatureResponse();
      response.setHassupport(FEATURES.includes(request.getId()));
      answer(null, response);
    },
    // It makes every resource for the first time, so that it never runs a hook.
    registerResourceHook: (_call: unknown, answer: Answer) => answer(null, new Empty()),
    registerErrorHook: (_call: unknown, answer: Answer) => answer(null, new Empty()),
    invoke: ({ request }: Call<resource.ResourceInvokeRequest>, answer: Answer) => {
      const call = { token: request.getTok(), inputs: request.getArgs()?.toJavaScript() ?? {} };
      const response = new InvokeResponse();
      response.setReturn(structOf(mockedCall(call, REGION)));
      answer(null, response);
    },
    registerResource: ({ request }: Call<resource.RegisterResourceRequest>, answer: Answer) => {
      const registration = registrationIn(request);
      recording.registrations.push(registration);
      const made =
        request.getRemote() && construct ? construct(registration) : Promise.resolve(mockedState(registration, REGION));
      made.then(
        (state) => answer(null, registered(registration, request.getCustom(), state)),
        (error: Error) => answer({ code: grpc.status.UNKNOWN, details: error.message }),
      );
    },
    registerResourceOutputs: ({ request }: Call<resource.RegisterResourceOutputsRequest>, answer: Answer) => {
      if (request.getUrn().includes(`::${STACK}::`))
        Object.assign(recording.exports, request.getOutputs()?.toJavaScript());
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

function registrationIn(request: resource.RegisterResourceRequest): Registration {
  const inputs = (request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>;
  return { type: request.getType(), name: request.getName(), inputs };
}

function registered(
  { type, name }: Registration,
  custom: boolean,
  state: Record<string, unknown>,
): resource.RegisterResourceResponse {
  const response = new resource.RegisterResourceResponse();
  response.setUrn(`urn:pulumi:stack::project::${type}::${name}`);
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
