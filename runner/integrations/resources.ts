import { resourceOf } from "../../contract/serviceCalls";
import type { SubmittedJob, BatchService } from "../batch/service";
import type { Clock } from "../clock/clock";
import type { Notification, StateVisit } from "../../contract/events";
import type { TaskHandlers } from "../stateMachine/task";
import { submitJobSync } from "./batch";
import { getObject } from "./s3";
import { withModels } from "./serviceModel";
import type { Answer } from "./sns";
import { publish, publishAndWait } from "./sns";

export interface ResourceOptions {
  batch: BatchService;
  clock: Clock;
  onSubmitted?: (job: SubmittedJob, visit: StateVisit) => void;
  onNotification?: (notification: Notification) => void;
  /** Answers tasks that wait for an answer. By default nobody answers. */
  answer?: Answer;
}

/** The resources that Task states can call in a local run. */
export function taskHandlers(options: ResourceOptions): TaskHandlers {
  const { batch, clock, onSubmitted, onNotification = () => undefined } = options;
  const answer = options.answer ?? (() => new Promise<never>(() => undefined));
  return withModels({
    [resourceOf("batch:submitJob.sync")]: submitJobSync(batch, onSubmitted),
    [resourceOf("sns:publish")]: publish(clock, onNotification),
    [resourceOf("sns:publish.waitForTaskToken")]: publishAndWait(clock, onNotification, answer),
    [resourceOf("aws-sdk:s3:getObject")]: {
      ...getObject,
      run: (args, context) => clock.during(getObject.run(args, context)),
    },
  });
}
