import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";

import type { Json, JsonObject } from "../../contract/asl";
import type { EventRecord } from "../../contract/run";
import { resourceOf } from "../../contract/serviceCalls";
import { rejectOnAbort } from "../../runner/clock/rejectOnAbort";
import { VirtualClock } from "../../runner/clock/clock";
import { invokeFunction } from "../../runner/integrations/lambda";
import { withModels } from "../../runner/integrations/serviceModel";
import type { StatesError } from "../../runner/stateMachine/errors";
import { execute } from "../../runner/stateMachine/execution";
import type { TaskHandler } from "../../runner/stateMachine/task";
import { type DeployedStateMachine, readStateMachines } from "../../runner/synthesis/deployment";
import { readFunctions } from "../../runner/synthesis/functions";
import { resourceNamed, type Synthesis } from "../../testing";
import { makeS3Client } from "../../worker/storage/s3Client";
import type { Call } from "../support/aws/iam";
import { fits } from "../support/aws/eventPattern";
import { recordS3 } from "../support/s3Recorder";
import { startStrictS3 } from "../support/strictS3";

const BUCKET = "videos-bucket";

/** An S3 on loopback with the pipeline's bucket, which writes down the permissions that requests need. */
export interface CatalogueBucket {
  endpoint: string;
  calls: Call[];
  put: (uri: string, value: object) => Promise<void>;
  /** The object with a URI. Fails if there is none. */
  get: (uri: string) => Promise<JsonObject>;
  remove: (uri: string) => Promise<void>;
  stop: () => Promise<void>;
}

export async function startBucket(): Promise<CatalogueBucket> {
  const s3 = await startStrictS3({ [BUCKET]: "us-east-1" });
  const recorder = await recordS3(Number(new URL(s3.endpoint).port));
  const client = makeS3Client({ AWS_ENDPOINT_URL_S3: s3.endpoint, AWS_REGION: "us-east-1" });
  return {
    endpoint: recorder.endpoint,
    calls: recorder.calls,
    put: async (uri, value) => {
      await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: keyOf(uri), Body: JSON.stringify(value) }));
    },
    get: async (uri) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: keyOf(uri) }));
      return JSON.parse(await Body!.transformToString()) as JsonObject;
    },
    remove: async (uri) => {
      await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: keyOf(uri) }));
    },
    stop: async () => {
      client.destroy();
      await recorder.stop();
      await s3.stop();
    },
  };
}

function keyOf(uri: string): string {
  return uri.slice(`s3://${BUCKET}/`.length);
}

/** Stands before a bucket, and lets something happen before each answer to a GET of a key that begins with a prefix. */
export async function startBefore(
  endpoint: string,
  prefix: string,
  happen: () => Promise<void>,
): Promise<{ endpoint: string; stop: () => void }> {
  const server = createServer((incoming, answer) => {
    const { method, url = "", headers } = incoming;
    const onward = request(`${endpoint}${url}`, { method, headers }, (response) => {
      const isRead = method === "GET" && url.startsWith(`/${BUCKET}/${prefix}`);
      void (isRead ? happen() : Promise.resolve()).then(() => {
        answer.writeHead(response.statusCode!, response.headers);
        response.pipe(answer);
      });
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What happens to a call of the function, numbered from 1, instead of its run. */
export type Trouble = (call: number) => StatesError | "no answer" | undefined;

/** How an execution of the second state machine ended. */
export interface Kept {
  status: string;
  output?: Json | undefined;
  error?: string | undefined;
  cause?: string | undefined;
  states: string[];
  calls: number;
  seconds: number;
}

export function catalogueOf(synthesis: Synthesis): DeployedStateMachine {
  return readStateMachines(synthesis).find(({ name }) => name === "catalogue")!;
}

/** Runs the second state machine of `examples/event-bus` for an event, with the function's own code, on a clock that jumps. */
export async function keep(synthesis: Synthesis, event: Json, trouble: Trouble = () => undefined): Promise<Kept> {
  const { definition, ...stateMachine } = catalogueOf(synthesis);
  const clock = new VirtualClock();
  const states: string[] = [];
  let calls = 0;
  const invoke = invokeFunction({ functions: readFunctions(synthesis, definition), clock });
  const troubled: TaskHandler = {
    ...invoke,
    run: async (args, context) => {
      const found = trouble(++calls);
      if (found === "no answer") return rejectOnAbort(context.signal);
      if (found) throw found;
      return invoke.run(args, context);
    },
  };
  const { status, output, error, cause } = await execute(definition, event, {
    handlers: withModels({ [resourceOf("lambda:invoke")]: troubled }),
    ...{ clock, stateMachine },
    // The longest that jitter makes a retry wait.
    random: () => 1 - Number.EPSILON,
    onEvent: (happened) => {
      if (happened.type === "stateEntered") states.push(happened.visit.state);
    },
  });
  return { status, output, error, cause, states, calls, seconds: clock.now() / 1000 };
}

/** Whether a rule of the program is on a bus and matches an event. */
export function matches(synthesis: Synthesis, rule: string, bus: string, event: Json): boolean {
  const { eventBusName, eventPattern } = resourceNamed(synthesis, rule, "aws:cloudwatch/eventRule:EventRule").inputs;
  return eventBusName === bus.replace(/^.*event-bus\//, "") && fits(JSON.parse(String(eventPattern)), event);
}

/** A sent event as EventBridge delivers it: times are in whole seconds. */
export function delivered({ source, detailType, detail, resources, time }: EventRecord, id: string): JsonObject {
  return {
    ...{ "version": "0", id, "detail-type": detailType, source, "account": "123456789012", "region": "us-east-1" },
    ...{ time: time.replace(/\.\d+Z$/, "Z"), resources, detail },
  };
}
