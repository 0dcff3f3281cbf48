import { resourceOf } from "../../contract/serviceCalls";
import type { SubmittedJob, BatchService } from "../batch/service";
import type { Clock } from "../clock/clock";
import type { Notification, SentEvent, StateVisit } from "../../contract/events";
import type { MediaConvertService } from "../mediaConvert/service";
import type { TaskHandler, TaskHandlers } from "../stateMachine/task";
import { submitJobSync } from "./batch";
import { putEvents } from "./eventBridge";
import { localEmail } from "./localEmail";
import type { ExecutionService } from "../executions/service";
import type { LocalFunction } from "../lambda/function";
import { invokeFunction } from "./lambda";
import { createJobHandlers, type DecideOutcome } from "./mediaConvert";
import { getObject, headObject, listObjectsV2 } from "./s3";
import { withModels } from "./serviceModel";
import type { Answer } from "./sns";
import { publish, publishAndWait } from "./sns";
import { type QueueMessage, sendMessage } from "./sqs";
import { startExecution, startExecutionSync } from "./startExecution";
import { startSyncExecution } from "./startSyncExecution";

export interface ResourceOptions {
  batch: BatchService;
  clock: Clock;
  onSubmitted?: (job: SubmittedJob, visit: StateVisit) => void;
  onNotification?: (notification: Notification) => void;
  onEvent?: (event: SentEvent) => void;
  /** Answers tasks that wait for an answer. By default nobody answers. */
  answer?: Answer;
  /** Where `states:startExecution` and the others start. Without it, those resources do not run. */
  executions?: ExecutionService;
  /** Where `mediaconvert:createJob` creates jobs, and what becomes of them. Without it, that resource does not run. */
  mediaConvert?: { service: MediaConvertService; decide?: DecideOutcome };
  /** Gets what `sqs:sendMessage` sends. Without it, that resource does not run. */
  onMessage?: (message: QueueMessage) => void;
  /** The program's Lambda functions. Without them, `lambda:invoke` does not run. */
  functions?: readonly LocalFunction[];
  /** Folder for what functions print. Without it, that gets lost. */
  logs?: string;
  /** Folder of the run. Without it, e-mails have the commands that AWS would send. */
  folder?: string;
}

/** The resources that Task states can call in a local run. */
export function taskHandlers(options: ResourceOptions): TaskHandlers {
  const { batch, clock, onSubmitted, folder, executions, onMessage, mediaConvert, functions, logs } = options;
  const onNotification = (sent: Notification): void => options.onNotification?.(asReceived(sent, folder));
  const { answer: given = () => new Promise<never>(() => undefined) } = options;
  const answer: Answer = (sent, signal) => given(asReceived(sent, folder), signal);
  return withModels({
    [resourceOf("batch:submitJob.sync")]: submitJobSync(batch, onSubmitted),
    [resourceOf("sns:publish")]: publish(clock, onNotification),
    [resourceOf("sns:publish.waitForTaskToken")]: publishAndWait(clock, onNotification, answer),
    ...(executions ? nestedHandlers(executions) : {}),
    ...(mediaConvert ? createJobHandlers(mediaConvert.service, mediaConvert.decide) : {}),
    ...(onMessage ? { [resourceOf("sqs:sendMessage")]: sendMessage(onMessage) } : {}),
    ...(functions ? { [resourceOf("lambda:invoke")]: invokeFunction({ functions, clock, logs }) } : {}),
    [resourceOf("events:putEvents")]: putEvents(clock, (event) => options.onEvent?.(event)),
    [resourceOf("aws-sdk:s3:getObject")]: duringRealTime(clock, getObject),
    [resourceOf("aws-sdk:s3:headObject")]: duringRealTime(clock, headObject),
    [resourceOf("aws-sdk:s3:listObjectsV2")]: duringRealTime(clock, listObjectsV2),
  });
}

/** What starts executions of other state machines. */
export function nestedHandlers(executions: ExecutionService): TaskHandlers {
  return {
    [resourceOf("states:startExecution")]: startExecution(executions),
    [resourceOf("states:startExecution.sync")]: startExecutionSync(executions, 1),
    [resourceOf("states:startExecution.sync:2")]: startExecutionSync(executions, 2),
    [resourceOf("aws-sdk:sfn:startSyncExecution")]: startSyncExecution(executions),
  };
}

function duringRealTime(clock: Clock, handler: TaskHandler): TaskHandler {
  return { ...handler, run: (args, context) => clock.during(handler.run(args, context)) };
}

function asReceived(sent: Notification, folder: string | undefined): Notification {
  if (folder === undefined || sent.email === undefined) return sent;
  return { ...sent, email: localEmail(sent.email, folder) };
}
