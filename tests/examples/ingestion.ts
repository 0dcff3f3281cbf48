import { strict as assert } from "node:assert";

import type { Json, JsonObject } from "../../contract/asl";
import { resourceOf } from "../../contract/serviceCalls";
import { rejectOnAbort } from "../../runner/clock/rejectOnAbort";
import { VirtualClock } from "../../runner/clock/clock";
import { ExecutionService } from "../../runner/executions/service";
import { withModels } from "../../runner/integrations/serviceModel";
import { type QueueMessage, sendMessage } from "../../runner/integrations/sqs";
import { startExecution } from "../../runner/integrations/startExecution";
import type { StatesError } from "../../runner/stateMachine/errors";
import type { TaskHandler } from "../../runner/stateMachine/task";
import { type DeployedStateMachine, readStateMachines } from "../../runner/synthesis/deployment";
import type { Synthesis } from "../../testing";

const START = resourceOf("states:startExecution");
const SEND = resourceOf("sqs:sendMessage");

/** Seconds that the pipeline takes for a video here. */
export const ENCODING_SECONDS = 3600;

/** One upload of a key. */
export interface Upload {
  key: string;
  sequencer: string;
}

/** S3's event as EventBridge delivers it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
export function objectCreated({ key, sequencer }: Upload, id = "17793124-05d4-b198-2fde-7ededc63b103"): JsonObject {
  return {
    ...{ "version": "0", id, "detail-type": "Object Created", "source": "aws.s3", "account": "123456789012" },
    ...{ time: "2026-11-29T00:00:00Z", region: "us-east-1", resources: ["arn:aws:s3:::videos-bucket"] },
    detail: {
      ...{ "version": "0", "bucket": { name: "videos-bucket" }, "request-id": "N4N7GDK58NMKJ12R" },
      object: { key, size: 5_000_000, etag: "b1946ac92492d2347c6235b4d2611184", sequencer },
      ...{ "requester": "123456789012", "source-ip-address": "192.0.2.4", "reason": "PutObject" },
    },
  };
}

export function ingestOf(synthesis: Synthesis): DeployedStateMachine {
  return readStateMachines(synthesis).find(({ name }) => name === "ingest")!;
}

/** What happens to a call of a service, numbered from 1, instead of success. */
type Trouble = (call: number) => StatesError | "no answer" | undefined;

export interface Troubles {
  start?: Trouble;
  send?: Trouble;
  /** How often the workflow runs for its deliveries, numbered from 1. Defaults to once. */
  runs?: (delivery: number) => number;
}

/** The workflow of `examples/express-ingest`, on a clock that jumps. In place of the pipeline's states there is an hour's wait. */
export class Ingestion {
  readonly clock = new VirtualClock();
  readonly messages: QueueMessage[] = [];
  /** How often the workflow entered each of its states. */
  readonly entered: Record<string, number> = {};
  /** How each of its executions ended. */
  readonly ends: { status: string; error?: string; cause?: string; seconds: number }[] = [];
  readonly calls = { start: 0, send: 0 };
  readonly #executions: ExecutionService;
  readonly #machine: DeployedStateMachine;
  #deliveries = 0;

  /** @param started The state machine that the workflow starts. */
  constructor(synthesis: Synthesis, { start, send, runs = () => 1 }: Troubles = {}, started = "videos-state-machine") {
    this.#machine = ingestOf(synthesis);
    this.#executions = new ExecutionService({
      clock: this.clock,
      // The longest that jitter makes a retry wait.
      random: () => 1 - Number.EPSILON,
      expressRuns: () => runs(++this.#deliveries),
      onEvent: (event, { stateMachineArn, started: began }) => {
        if (stateMachineArn !== this.#machine.arn) return;
        if (event.type === "stateEntered") this.entered[event.visit.state] = (this.entered[event.visit.state] ?? 0) + 1;
        if (event.type !== "executionEnded") return;
        const { status, error, cause, time } = event;
        const failure = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
        this.ends.push({ status, ...failure, seconds: (time - began) / 1000 });
      },
    });
    const handlers = withModels({
      [START]: this.#troubled("start", startExecution(this.#executions), start),
      [SEND]: this.#troubled(
        "send",
        sendMessage((message) => this.messages.push(message)),
        send,
      ),
    });
    this.#executions.deploy({ ...this.#machine, handlers });
    const Encode = { Type: "Wait", Seconds: ENCODING_SECONDS, End: true };
    this.#executions.deploy({
      ...{ arn: this.#machine.arn.replace(/[^:]+$/, started), name: started, roleArn: "", handlers: {} },
      definition: { QueryLanguage: "JSONata", StartAt: "Encode", States: { Encode } },
    });
  }

  #troubled(kind: "start" | "send", handler: TaskHandler, trouble: Trouble = () => undefined): TaskHandler {
    return {
      ...handler,
      run: async (args, context) => {
        const found = trouble(++this.calls[kind]);
        if (found === "no answer") return rejectOnAbort(context.signal);
        if (found) throw found;
        return handler.run(args, context);
      },
    };
  }

  /** Delivers an event when the clock gets to a time, in milliseconds. */
  async deliver(event: Json, time = this.clock.now()): Promise<void> {
    await this.clock.sleep(time - this.clock.now());
    this.#executions.start({ stateMachineArn: this.#machine.arn, input: JSON.stringify(event) });
  }

  /** The executions of the pipeline, once all have ended. */
  async executions(): Promise<{ name: string; upload: string; started: number }[]> {
    await this.#executions.whenIdle();
    return this.#executions.executions.map(({ name, input, started, result }) => {
      assert.equal(result?.status, "SUCCEEDED");
      return { name, upload: uploadIn(input), started };
    });
  }
}

/** The key and the sequencer of an event. */
export function uploadIn(event: Json): string {
  const { key, sequencer } = (event as unknown as { detail: { object: Upload } }).detail.object;
  return `${key} ${sequencer}`;
}

/**
 * Uploads a number of videos, 60 ms apart. Of them, 5 % have their event delivered twice and 5 % are uploaded twice, while the first is
 * encoded or after that. Returns every upload.
 */
export async function uploadMany(ingestion: Ingestion, count: number): Promise<string[]> {
  const later = (index: number): number => (index % 40 < 20 ? 5000 : 2 * ENCODING_SECONDS * 1000);
  const deliveries = Array.from({ length: count }, (_, index) => {
    const time = index * 60;
    const first = { key: `uploads/camera-${index % 7}/clip ${index}.mp4`, sequencer: `${index.toString(16)}A` };
    const event = objectCreated(first);
    // The same event again, or another one about the same upload.
    const again = { time: time + later(index), event: index % 60 === 0 ? event : objectCreated(first, "another") };
    const anew = { time: time + later(index), event: objectCreated({ ...first, sequencer: `${first.sequencer}B` }) };
    return [{ time, event }, ...(index % 20 === 0 ? [again] : []), ...(index % 20 === 10 ? [anew] : [])];
  }).flat();
  assert.equal(deliveries.length, count * 1.1);
  for (const { time, event } of deliveries.sort((a, b) => a.time - b.time)) await ingestion.deliver(event, time);
  return [...new Set(deliveries.map(({ event }) => uploadIn(event)))].sort();
}
