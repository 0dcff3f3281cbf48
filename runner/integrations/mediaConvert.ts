import type { Json, JsonObject } from "../../contract/asl";
import { resourceOf } from "../../contract/serviceCalls";
import { untilAborted } from "../clock/untilAborted";
import { refusal } from "../faults/serviceErrors";
import { describeJob, type MediaConvertJob, type MediaConvertOutcome } from "../mediaConvert/job";
import { findProblems } from "../mediaConvert/rules";
import type { MediaConvertService } from "../mediaConvert/service";
import type { JobRequest } from "../mediaConvert/settings";
import { findViolations } from "../mediaConvert/violations";
import { shapeOf } from "../serviceModels/shapes";
import type { Shape } from "../serviceModels/shape";
import { StatesError } from "../stateMachine/errors";
import type { TaskContext, TaskHandler, TaskHandlers } from "../stateMachine/task";
import { sizedResult } from "./resultSize";

/** Decides what becomes of a call of CreateJob, numbered from 1: success by default, and if it returns nothing. */
export type DecideOutcome = (request: JsonObject, call: number) => MediaConvertOutcome | undefined;

/**
 * `arn:aws:states:::mediaconvert:createJob`, which doesn't wait for the job, and `.sync`, which waits and tries to cancel the job if the
 * state is cancelled. As in other integrations, a job that fails or is canceled causes `States.TaskFailed` with its description as the cause.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-mediaconvert.html
 */
export function createJobHandlers(service: MediaConvertService, decide: DecideOutcome = () => undefined): TaskHandlers {
  let calls = 0;
  const create = (args: JsonObject, { execution }: TaskContext): MediaConvertJob => {
    const request = args as unknown as JobRequest;
    const { refused, ...outcome } = decide(args, ++calls) ?? {};
    const error = refused && refusal("mediaconvert", refused);
    if (error) throw error;
    refuseWrong(request);
    return service.create(request, placeOf(execution.id), outcome);
  };
  const handler = (run: TaskHandler["run"]): TaskHandler => ({
    fields: Object.keys(requestShape().members ?? {}),
    run,
  });
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- a handler may wait, this one has nothing to wait for
    [resourceOf("mediaconvert:createJob")]: handler(async (args, context) => answer(create(args, context))),
    [resourceOf("mediaconvert:createJob.sync")]: handler(async (args, context) => {
      const job = create(args, context);
      await waitFor(service, job, context.signal);
      if (job.status !== "COMPLETE") throw new StatesError("States.TaskFailed", JSON.stringify(answer(job)));
      return answer(job);
    }),
  };
}

async function waitFor(service: MediaConvertService, job: MediaConvertJob, signal: AbortSignal): Promise<void> {
  const cancel = (): void => service.cancel(job);
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  await untilAborted(service.whenEnded(job), signal);
  signal.removeEventListener("abort", cancel);
}

function answer(job: MediaConvertJob): Json {
  return sizedResult("mediaconvert:createJob", { Job: describeJob(job) });
}

function requestShape(): Shape {
  return shapeOf("mediaconvert:createJob") as Shape;
}

function refuseWrong(request: JobRequest): void {
  const { Settings, ...rest } = request as unknown as Record<string, JsonObject>;
  const { Settings: settings } = requestShape().members as Record<string, Shape>;
  const { JobTemplate } = request;
  if (JobTemplate !== undefined) {
    throw refused("NotFound", 404, `There is no job template ${JobTemplate} here. Give its settings in the call`);
  }
  const problems = [
    ...findViolations(rest, requestShape()),
    // The service's messages begin at the settings.
    ...findViolations(Settings as JsonObject, settings as Shape),
    ...findProblems(request),
  ];
  if (problems.length > 0) throw refused("BadRequest", 400, problems.join(". "));
}

function refused(name: string, status: number, message: string): StatesError {
  return new StatesError(`MediaConvert.${name}Exception`, `${message} (Service: MediaConvert, Status Code: ${status})`);
}

/** What the ARN of a job begins with, for the execution that creates it. */
function placeOf(execution: string): string {
  const [arn, partition, , region, account] = execution.split(":");
  return [arn, partition, "mediaconvert", region, account].join(":");
}
