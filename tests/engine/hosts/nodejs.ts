import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { version } from "@pulumi/pulumi/version";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { installPlugin, interrupt, runPlugin, runProgram } from "./nodePrograms";

/**
 * The language host for Node.js, `pulumi-language-nodejs ENGINE`, where Pulumi's own isn't installed. It prints the port of its gRPC
 * server and then does what Pulumi's does: the SDK's cmd/run and cmd/run-plugin find and load programs and component packages.
 */
let engine = process.argv.slice(2).find((word) => /^[\w.]+:\d+$/.test(word)) ?? "";

type InstallationCall = grpc.ServerWritableStream<
  language.InstallDependenciesRequest,
  language.InstallDependenciesResponse
>;
type Answer<Response> = (error: null, response: Response) => void;

function answering<Response>(response: () => Response): (call: unknown, answer: Answer<Response>) => void {
  return (_call, answer) => answer(null, response());
}

function pluginInfo(): PluginInfo {
  const info = new PluginInfo();
  info.setVersion(version);
  return info;
}

const server = new grpc.Server();
server.addService(LanguageRuntimeService, {
  handshake: ({ request }: { request: language.LanguageHandshakeRequest }, answer: Answer<unknown>) => {
    engine = request.getEngineAddress();
    answer(null, new language.LanguageHandshakeResponse());
  },
  getPluginInfo: answering(pluginInfo),
  // None, because the tests attach stand-ins: the engine has nothing to look for.
  getRequiredPackages: answering(() => new language.GetRequiredPackagesResponse()),
  getRequiredPlugins: answering(() => new language.GetRequiredPluginsResponse()),
  // Programs have theirs: tests run copies, beside the node_modules of this repository.
  installDependencies: (call: InstallationCall) => (call.request.getIsPlugin() ? installPlugin(call) : call.end()),
  runtimeOptionsPrompts: answering(() => new language.RuntimeOptionsResponse()),
  about: answering(() => new language.AboutResponse()),
  getProgramDependencies: answering(() => new language.GetProgramDependenciesResponse()),
  run: ({ request }: { request: language.RunRequest }, answer: Answer<unknown>) => {
    void runProgram(request, engine).then((response) => answer(null, response));
  },
  runPlugin: (call: grpc.ServerWritableStream<language.RunPluginRequest, language.RunPluginResponse>) =>
    runPlugin(call),
  cancel: (_call: unknown, answer: Answer<Empty>) => {
    interrupt();
    answer(null, new Empty());
  },
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
// The CLI ends a host with SIGINT, and waits five seconds for it.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
