import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import type { Account } from "./account";
import { invoke } from "./invokes";
import { checked, created, diffed, found, propertiesIn, structOf, updated } from "./messages";
import { check, create, diff, typeOf, update } from "./resources";
import { textOf, type Properties } from "./resourceType";
import { typesOf } from "./types/types";

export interface StandIn {
  port: number;
  stop: () => void;
}

/** A provider that the engine attaches to instead of starting a plugin, with an account in this process instead of AWS. */
export async function startProvider(name: string, version: string, account: Account): Promise<StandIn> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
  const regions = new Regions();
  server.addService(ResourceProviderService, {
    ...describing(name, version),
    ...configuring(regions),
    ...managing(account, regions),
  });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { port, stop: () => server.forceShutdown() };
}

/** The region of each provider resource. All of them are this process, and each has a connection of its own. */
class Regions {
  private readonly byPeer = new Map<string, string>();

  configure(peer: string, region: unknown): void {
    if (typeof region === "string") this.byPeer.set(peer, region);
  }

  of(peer: string, ...given: Properties[]): string {
    const region = given.map((properties) => textOf(properties["region"])).find((value) => value !== undefined);
    return region ?? this.byPeer.get(peer) ?? "us-east-1";
  }
}

/** Answers a call with what a function returns, or with the message of what it throws. */
function answering<Request, Response>(
  answer: (request: Request, peer: string) => Response,
): grpc.handleUnaryCall<Request, Response> {
  return (call, done) => {
    try {
      done(null, answer(call.request, call.getPeer()));
    } catch (error) {
      done({ code: grpc.status.UNKNOWN, details: (error as Error).message });
    }
  };
}

function describing(name: string, version: string): grpc.UntypedServiceImplementation {
  return {
    handshake: answering(() => new proto.ProviderHandshakeResponse()),
    attach: answering(() => new Empty()),
    cancel: answering(() => new Empty()),
    getPluginInfo: answering(() => {
      const info = new PluginInfo();
      info.setVersion(version);
      return info;
    }),
    getSchema: answering(() => {
      const response = new proto.GetSchemaResponse();
      // Programs in YAML look up the types that they name.
      const resources = Object.fromEntries(typesOf(name).map((type) => [type, {}]));
      response.setSchema(JSON.stringify({ name, version, resources }));
      return response;
    }),
  };
}

function configuring(regions: Regions): grpc.UntypedServiceImplementation {
  return {
    checkConfig: answering((request: proto.CheckRequest) => checked(propertiesIn(request.getNews()))),
    diffConfig: answering((request: proto.DiffRequest) => {
      const [old, now] = [request.getOldInputs(), request.getNews()].map(propertiesIn);
      const same = JSON.stringify(old) === JSON.stringify(now);
      const changed = { path: "region", kind: "UPDATE" as const, replaces: false };
      return diffed({ differences: same ? [] : [changed], deleteBeforeReplace: false });
    }),
    configure: answering((request: proto.ConfigureRequest, peer) => {
      regions.configure(peer, propertiesIn(request.getArgs())["region"]);
      const response = new proto.ConfigureResponse();
      response.setSupportspreview(true);
      return response;
    }),
    invoke: answering((request: proto.InvokeRequest, peer) => {
      const inputs = propertiesIn(request.getArgs());
      const response = new proto.InvokeResponse();
      response.setReturn(structOf(invoke(request.getTok(), inputs, regions.of(peer, inputs))));
      return response;
    }),
  };
}

function managing(account: Account, regions: Regions): grpc.UntypedServiceImplementation {
  return {
    check: answering((request: proto.CheckRequest) => {
      const [old, now] = [propertiesIn(request.getOlds()), propertiesIn(request.getNews())];
      return checked(check(request.getUrn(), old, now, request.getRandomseed_asU8()));
    }),
    diff: answering((request: proto.DiffRequest) => {
      const [old, now] = [propertiesIn(request.getOldInputs()), propertiesIn(request.getNews())];
      return diffed(diff(request.getUrn(), old, now, request.getIgnorechangesList()));
    }),
    create: answering((request: proto.CreateRequest, peer) => {
      const inputs = propertiesIn(request.getProperties());
      const call = { urn: request.getUrn(), region: regions.of(peer, inputs), preview: request.getPreview() };
      return created(create(account, call, inputs));
    }),
    update: answering((request: proto.UpdateRequest, peer) => {
      const [old, now] = [propertiesIn(request.getOlds()), propertiesIn(request.getNews())];
      const [urn, id, preview] = [request.getUrn(), request.getId(), request.getPreview()];
      return updated(update(account, { urn, id, preview, region: regions.of(peer, now, old) }, old, now));
    }),
    delete: answering((request: proto.DeleteRequest, peer) => {
      const region = regions.of(peer, propertiesIn(request.getProperties()));
      account.delete(typeOf(request.getUrn()), request.getId(), region);
      return new Empty();
    }),
    read: answering((request: proto.ReadRequest, peer) => {
      const region = regions.of(peer, propertiesIn(request.getProperties()));
      return found(account.find(typeOf(request.getUrn()), request.getId(), region));
    }),
  };
}
