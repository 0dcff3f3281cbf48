import type { Json } from "../../contract/asl";
import type { Notification, PipelineEvent, SentEvent } from "../../contract/events";
import type { Launcher } from "../../runner/batch/launchers/launcher";
import { BatchService } from "../../runner/batch/service";
import type { Clock } from "../../runner/clock/clock";
import { ExecutionService, type StartedExecution } from "../../runner/executions/service";
import type { DecideOutcome } from "../../runner/integrations/mediaConvert";
import { taskHandlers } from "../../runner/integrations/resources";
import type { QueueMessage } from "../../runner/integrations/sqs";
import type { MediaConvertService } from "../../runner/mediaConvert/service";
import type { ExecutionResult } from "../../runner/stateMachine/execution";
import type { TaskHandlers } from "../../runner/stateMachine/task";
import { readDeployment, readStateMachines } from "../../runner/synthesis/deployment";
import { readFunctions } from "../../runner/synthesis/functions";
import type { Synthesis } from "../../testing";

export interface LocalServices {
  clock: Clock;
  /** Runs the jobs of Batch. */
  launcher: Launcher;
  mediaConvert?: { service: MediaConvertService; decide: DecideOutcome };
  /** What answers calls besides the runner's own services, or in their place. */
  handlers?: TaskHandlers;
}

/** Every state machine of a program, with the services that they call. */
export class LocalAccount {
  readonly events: SentEvent[] = [];
  readonly notifications: Notification[] = [];
  readonly messages: QueueMessage[] = [];
  readonly #executions: ExecutionService;
  readonly #machines: ReturnType<typeof readStateMachines>;

  constructor(synthesis: Synthesis, { clock, launcher, mediaConvert, handlers = {} }: LocalServices) {
    this.#machines = readStateMachines(synthesis);
    this.#executions = new ExecutionService({ clock, random: () => 0 });
    const onBatchEvent = (event: PipelineEvent): void => {
      if (event.type === "eventSent") this.events.push(event.event);
    };
    const { batch: configuration } = readDeployment(synthesis, { stateMachine: this.#machines[0]!.name });
    const batch = new BatchService({ configuration, launcher, clock, onEvent: onBatchEvent });
    for (const machine of this.#machines) {
      const services = taskHandlers({
        ...{ batch, clock, executions: this.#executions, functions: readFunctions(synthesis, machine.definition) },
        ...(mediaConvert ? { mediaConvert } : {}),
        onEvent: (event) => this.events.push(event),
        onNotification: (notification) => this.notifications.push(notification),
        onMessage: (message) => this.messages.push(message),
      });
      this.#executions.deploy({ ...machine, handlers: { ...services, ...handlers } });
    }
  }

  start(stateMachine: string, input: Json): StartedExecution {
    return this.#executions.start({ stateMachineArn: this.#arnOf(stateMachine), input: JSON.stringify(input) });
  }

  /** The result of an execution, once it has ended. */
  whenEnded(execution: StartedExecution): Promise<ExecutionResult> {
    return this.#executions.whenEnded(execution);
  }

  /** Starts an execution, and waits for everything that it starts. */
  async run(stateMachine: string, input: Json): Promise<ExecutionResult> {
    const execution = this.start(stateMachine, input);
    await this.#executions.whenIdle();
    return this.whenEnded(execution);
  }

  /** The executions of a Standard state machine, in the order of their starts. */
  executionsOf(stateMachine: string): StartedExecution[] {
    const arn = this.#arnOf(stateMachine);
    return this.#executions.executions.filter(({ stateMachineArn }) => stateMachineArn === arn);
  }

  /** As `StopExecution`. */
  stop(execution: StartedExecution): void {
    this.#executions.stop(execution, "");
  }

  async whenIdle(): Promise<void> {
    await this.#executions.whenIdle();
  }

  #arnOf(stateMachine: string): string {
    return this.#machines.find(({ name }) => name === stateMachine)!.arn;
  }
}
