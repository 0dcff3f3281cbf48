import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";

import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import { startEngine, type Registration } from "./engine";

export interface ComponentPlugin {
  /** The schema from which SDKs of other languages are made. */
  schema(): Promise<PackageSchema>;
  /** Makes a component for a program in another language. */
  construct(component: Registration): Promise<Constructed>;
  stop(): void;
}

export interface Constructed {
  outputs: Record<string, unknown>;
  /** The component and its children, as they were registered. */
  registrations: Registration[];
}

export interface PackageSchema {
  name: string;
  version: string;
  resources: Record<string, { isComponent: boolean; inputProperties: object; properties: object }>;
  types: Record<string, { properties: object }>;
}

/** Starts a package as the Pulumi CLI does for `pulumi package add FOLDER`, with the SDK that lies beside the package. */
export async function startPlugin(directory: string, sdk: string): Promise<ComponentPlugin> {
  const engine = await startEngine();
  const runPlugin = path.join(sdk, "cmd", "run-plugin");
  const child = spawn(process.execPath, [runPlugin, "--pwd", directory, directory, engine.address], {
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"] },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const errors: Buffer[] = [];
  child.stderr.on("data", (data: Buffer) => errors.push(data));
  const port = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    child.once("close", () => reject(new Error(Buffer.concat(errors).toString() + engine.logged.join("\n"))));
  });
  // Schemas are large.
  const options = { "grpc.max_receive_message_length": 1 << 28 };
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), options);
  return {
    schema: async () => {
      const request = new provider.GetSchemaRequest();
      const response = await new Promise<provider.GetSchemaResponse>((resolve, reject) =>
        client.getSchema(request, (error, answer) => (error ? reject(error) : resolve(answer))),
      );
      return JSON.parse(response.getSchema()) as PackageSchema;
    },
    construct: async ({ type, name, inputs }) => {
      const request = new provider.ConstructRequest();
      request.setType(type);
      request.setName(name);
      request.setProject("project");
      request.setStack("stack");
      request.setMonitorendpoint(engine.address);
      request.setInputs(Struct.fromJavaScript(inputs as Record<string, JavaScriptValue>));
      const response = await new Promise<provider.ConstructResponse>((resolve, reject) =>
        client.construct(request, (error, answer) => (error ? reject(error) : resolve(answer))),
      );
      const outputs = (response.getState()?.toJavaScript() ?? {}) as Constructed["outputs"];
      return { outputs, registrations: engine.registrations.splice(0) };
    },
    stop: () => {
      client.close();
      child.kill();
      engine.stop();
    },
  };
}
