import type { EngineEvent, PulumiFn, Stack, StepEventMetadata } from "@pulumi/pulumi/automation";

/** What an operation did and said. */
export interface Operation {
  /** Each step that changed something, in the engine's order, such as `update JobQueue videos-high-queue [priority]`. */
  steps: string[];
  /** What the engine, the providers and the program said: `warning: …`, `error: …`. */
  messages: string[];
  /** Why the operation failed. */
  error?: string;
  /** Of `up`. */
  outputs: Record<string, unknown>;
}

type Options = Record<string, unknown>;

/** A program of this process. */
export type Program = () => unknown;

export function asPulumi(program: Program): PulumiFn {
  return async () => (await program()) as Record<string, unknown>;
}

/** A stack on the real engine. */
export class EngineStack {
  constructor(readonly stack: Stack) {}

  /** Each operation can have another program of this process, as after an edit. */
  preview(program?: Program, options: Options = {}): Promise<Operation> {
    return this.operate("preview", program, options);
  }

  up(program?: Program, options: Options = {}): Promise<Operation> {
    return this.operate("up", program, options);
  }

  refresh(options: Options = {}): Promise<Operation> {
    return this.operate("refresh", undefined, options);
  }

  destroy(options: Options = {}): Promise<Operation> {
    return this.operate("destroy", undefined, options);
  }

  private async operate(
    operation: "preview" | "up" | "refresh" | "destroy",
    program: Program | undefined,
    options: Options,
  ): Promise<Operation> {
    if (program) this.stack.workspace.program = asPulumi(program);
    const done: Operation = { steps: [], messages: [], outputs: {} };
    const onEvent = (event: EngineEvent): void => record(done, event, operation === "preview");
    try {
      await this.stack[operation]({ ...options, onEvent, color: "never" });
      if (operation === "up") done.outputs = plain(await this.stack.outputs());
    } catch (error) {
      done.error = (error as Error).message;
    }
    return done;
  }
}

function record(done: Operation, event: EngineEvent, preview: boolean): void {
  const step = preview ? event.resourcePreEvent : event.resOutputsEvent;
  if (step && !["same", "read", "refresh"].includes(step.metadata.op)) done.steps.push(describeStep(step.metadata));
  const message = event.diagnosticEvent;
  if (message && (message.severity as string) !== "debug")
    done.messages.push(`${message.severity}: ${message.message.trim()}`);
}

function describeStep({ op, type, urn, detailedDiff, diffs }: StepEventMetadata): string {
  const changed = Object.keys(detailedDiff ?? {}).join(",") || (diffs ?? []).join(",");
  const what = `${op} ${type.split(":").at(-1)} ${urn.split("::").at(-1)}`;
  return changed !== "" && (op === "update" || op === "replace") ? `${what} [${changed}]` : what;
}

function plain(outputs: Awaited<ReturnType<Stack["outputs"]>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value as unknown]));
}
