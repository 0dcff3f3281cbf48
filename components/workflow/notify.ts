import type { Catcher, TaskState, Template } from "./asl";
import { transition } from "./asl";
import { DESCRIBED, executionFailed, failureOf, NOTIFY_FAILURE } from "./failure";
import { expression, literal } from "./jsonata";
import { allow, placeOf } from "./permissions";
import { SNS_TROUBLE } from "./retry";
import type { WorkflowArns, WorkflowSettings } from "./settings";
import type { BuiltStates } from "./states";

export const NOTIFY_SUCCESS = "Notify Success";
const VIDEO_FAILED = "Video Failed";
const TIMEOUT_SECONDS = 60;

/** Which execution this is about; both notices begin like this. */
const ABOUT =
  "'execution': $states.context.Execution.Id, 'stateMachine': $states.context.StateMachine.Id, 'input': $input, 'output': $output";

export function notifySuccess(settings: WorkflowSettings, arns: WorkflowArns): BuiltStates {
  // Only the worker is known to write these.
  const files = settings.followsPlan
    ? ", 'manifest': $output & '/manifest.json', 'playlist': $output & '/hls/master.m3u8'"
    : "";
  const notice = `{'status': 'SUCCEEDED', ${ABOUT}${files}}`;
  return {
    states: {
      [NOTIFY_SUCCESS]: publish(arns, {
        subject: `Video ready - ${settings.name}`,
        message: expression(`$string(${notice}, true)`),
        catch: failureOf(NOTIFY_SUCCESS),
        output: expression(notice),
      }),
    },
    statements: [allow("PublishNotices", ["sns:Publish"], [arns.topic])],
  };
}

export function notifyFailure(settings: WorkflowSettings, arns: WorkflowArns): BuiltStates {
  // SNS takes at most 100 characters for a subject.
  const subject = `$substring('Video failed at ' & $failure.step & ${literal(` - ${settings.name}`)}, 0, 100)`;
  const failure = [
    "'step': $failure.step",
    "'error': $raised.Error",
    "'cause': $cause",
    "'job': $exists($detail.JobId) ? $detail.JobId : null",
    `'logGroup': ${literal(arns.jobLogGroup)}`,
    "'log': $exists($last.LogStreamName) ? $last.LogStreamName : null",
  ];
  const notice = `{'status': 'FAILED', ${ABOUT}, ${failure.join(", ")}}`;
  return {
    states: {
      [NOTIFY_FAILURE]: publish(arns, {
        subject: expression(subject),
        message: expression(`(${DESCRIBED} $string(${notice}, true))`),
        // A notice that can't be sent must not hide why the video failed.
        catch: { ErrorEquals: ["States.ALL"], Next: VIDEO_FAILED },
        output: {},
        next: VIDEO_FAILED,
      }),
      [VIDEO_FAILED]: executionFailed(),
    },
    statements: [allow("PublishNotices", ["sns:Publish"], [arns.topic])],
  };
}

interface Notice {
  subject: string;
  message: string;
  catch: Catcher;
  output: Template;
  next?: string;
}

function publish(arns: WorkflowArns, notice: Notice): TaskState {
  return {
    Type: "Task",
    Resource: `arn:${placeOf(arns.topic).partition}:states:::sns:publish`,
    Arguments: { TopicArn: arns.topic, Subject: notice.subject, Message: notice.message },
    TimeoutSeconds: TIMEOUT_SECONDS,
    Retry: SNS_TROUBLE,
    Catch: [notice.catch],
    Output: notice.output,
    ...transition(notice.next),
  };
}
