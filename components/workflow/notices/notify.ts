import { outputs } from "../../../contract/outputs";
import {
  FAILED_UNTIL_REDRIVEN,
  NOTIFY_FAILURE,
  NOTIFY_PARTIAL,
  NOTIFY_SUCCESS,
  PROCESS_VIDEO,
} from "../../../contract/states";
import type { Catcher } from "../asl/states";
import { failedAt } from "../failure/catchers";
import { belowOutput, expression, literal } from "../jsonata/code";
import { type Notice, noticeOf, publish } from "./notice";
import type { WorkflowArns, WorkflowSettings } from "../settings/settings";
import type { BuiltStates } from "../asl/builtStates";
import { SECONDS_OF_CALL } from "../asl/timeouts";

export function notifySuccess(settings: WorkflowSettings, arns: WorkflowArns): BuiltStates {
  const notice: Notice = {
    status: "SUCCEEDED",
    subject: "'Video ready: ' & $video",
    summary: `$video & ' is ready' & ${whereTo(settings)}`,
    members: { ...filesOf(settings), ...approvalOf(settings) },
  };
  const { state, statements } = publish(settings, arns, notice, {
    timeoutSeconds: SECONDS_OF_CALL,
    catch: [catchNoticeNotSent(NOTIFY_SUCCESS, "the output is complete")],
    output: noticeOf(notice),
  });
  return { states: { [NOTIFY_SUCCESS]: state }, statements };
}

/** The video is packaged without what has failed. How the execution ends is configured. */
export function notifyPartial(settings: WorkflowSettings, arns: WorkflowArns): BuiltStates {
  const fails = settings.partialOutcome === "fail";
  const names = "$join([$missing.(rendition ? rendition : 'features')], ', ')";
  const notice: Notice = {
    status: "PARTIAL",
    subject: "'Video incomplete: ' & $video",
    summary: `$video & ' lacks ' & ${names} & ${whereTo(settings)}`,
    members: {
      ...filesOf(settings),
      ...approvalOf(settings),
      missing: "$missing",
      logGroup: literal(arns.jobLogGroup),
    },
    lines: ["$missing.cause", "''"],
  };
  const { state, statements } = publish(settings, arns, notice, {
    timeoutSeconds: SECONDS_OF_CALL,
    catch: [catchNoticeNotSent(NOTIFY_PARTIAL, "the output is there without what failed")],
    output: noticeOf(notice),
    ...(fails
      ? {
          assign: {
            failure: {
              error: "VideoIncomplete",
              cause: expression(`'The video lacks ' & ${names} & '. ' & $missing[0].cause`),
            },
            failedAt: failedAt(PROCESS_VIDEO),
          },
          next: FAILED_UNTIL_REDRIVEN,
        }
      : {}),
  });
  return { states: { [NOTIFY_PARTIAL]: state }, statements };
}

export function notifyFailure(settings: WorkflowSettings, arns: WorkflowArns): BuiltStates {
  // Without a job there is nothing, which is left out of a list.
  const logs = `$failure.job ? 'To see all logs of the step: npx video-batch-pipeline logs ' & $states.context.Execution.Id & ' "' & $failure.step & '"'`;
  const redrive = "'To go on where it failed: npx video-batch-pipeline redrive ' & $states.context.Execution.Id";
  const notice: Notice = {
    status: "FAILED",
    subject: "'Video failed at ' & $failure.step & ': ' & $video",
    summary: "$video & ': ' & $failure.cause",
    members: {
      step: "$failure.step",
      error: "$failure.error",
      cause: "$failure.cause",
      job: "$failure.job",
      logGroup: literal(arns.jobLogGroup),
      log: "$failure.log",
    },
    lines: [
      `'Log: ' & ${literal(arns.jobLogGroup)} & ($failure.log = null ? '' : ', stream ' & $failure.log)`,
      logs,
      redrive,
    ],
    attributes: { step: "$failure.step" },
  };
  const { state, statements } = publish(settings, arns, notice, {
    timeoutSeconds: SECONDS_OF_CALL,
    // A notice that can't be sent must not hide why the video failed.
    catch: [{ ErrorEquals: ["States.ALL"], Next: FAILED_UNTIL_REDRIVEN }],
    output: {},
    next: FAILED_UNTIL_REDRIVEN,
  });
  return { states: { [NOTIFY_FAILURE]: state }, statements };
}

/** The error of an execution that did all its work and could not tell anybody. */
const NOTICE_NOT_SENT = "NoticeNotSent";

/**
 * Nobody heard that a video is there: that is a failure, of which it is tried to tell, and a redrive sends nothing but the notice.
 * The output stays, as it may be played already; the cause says that it is complete.
 */
function catchNoticeNotSent(step: string, whatIsThere: string): Catcher {
  const begin = `${step} failed: ${whatIsThere}, and only its notice could not be sent: `;
  const raised = "$states.errorOutput.Error & ($states.errorOutput.Cause ? '. ' & $states.errorOutput.Cause : '.')";
  return {
    ErrorEquals: ["States.ALL"],
    Assign: {
      failure: {
        step,
        error: NOTICE_NOT_SENT,
        cause: expression(`$substring(${literal(begin)} & ${raised}, 0, 2000)`),
        job: null,
        log: null,
      },
      failedAt: failedAt(step),
    },
    Next: NOTIFY_FAILURE,
  };
}

/** Only the worker is known to write these. */
function filesOf({ usesWorkerPlan }: WorkflowSettings): Record<string, string> {
  return usesWorkerPlan ? { manifest: belowOutput(outputs.manifest), playlist: belowOutput(outputs.master) } : {};
}

function whereTo({ usesWorkerPlan }: WorkflowSettings): string {
  return usesWorkerPlan ? `': ' & ${belowOutput(outputs.master)}` : "'.'";
}

function approvalOf({ approval }: WorkflowSettings): Record<string, string> {
  return approval ? { approvedBy: "$approvedBy" } : {};
}
