import {
  AWAIT_REDRIVE,
  NOTIFY_FAILURE,
  NOTIFY_PARTIAL,
  NOTIFY_SUCCESS,
  PROCESS_VIDEO,
  SEND_FAILED,
} from "../../../contract/states";
import type { BuiltStates } from "../asl/builtStates";
import type { Catcher } from "../asl/states";
import { CALL_SECONDS } from "../asl/timeouts";
import { failedAt } from "../failure/redrive";
import { type Code, expression, literal } from "../jsonata/code";
import { describeUnsentNotice } from "../jsonata/failure";
import { describeIncomplete } from "../jsonata/missing";
import { notice as noticeCode } from "../jsonata/notice";
import {
  FAILED_STEP,
  failedText,
  incompleteText,
  MANIFEST,
  type Outcome,
  PLAYLIST,
  readyText,
} from "../jsonata/noticeTexts";
import { VARIABLES } from "../jsonata/variables";
import type { WorkflowArns } from "../settings/arns";
import { reportsDamage } from "../settings/policies";
import type { WorkflowSettings } from "../settings/settings";
import { type Notice, publishNotice } from "./publishNotice";

export function notifySuccess(settings: WorkflowSettings, arns: WorkflowArns): BuiltStates {
  const text = readyText(outcomeOf(settings));
  const notice: Notice = {
    status: "SUCCEEDED",
    ...text,
    members: { ...filesOf(settings), ...approvalOf(settings), ...text.members },
  };
  const { state, statements } = publishNotice(settings, arns, notice, {
    timeoutSeconds: CALL_SECONDS,
    catch: [catchNoticeNotSent(NOTIFY_SUCCESS, "the output is complete")],
    output: expression(noticeCode(notice)),
  });
  return { states: { [NOTIFY_SUCCESS]: state }, statements };
}

/** Notifies about a video that is packaged without what failed. Settings decide how the execution ends. */
export function notifyPartial(settings: WorkflowSettings, arns: WorkflowArns): BuiltStates {
  const fails = settings.partialOutcome === "fail";
  const text = incompleteText(outcomeOf(settings));
  const notice: Notice = {
    status: "PARTIAL",
    ...text,
    members: {
      ...filesOf(settings),
      ...approvalOf(settings),
      ...text.members,
      logGroup: literal(arns.jobLogGroup),
    },
  };
  const { state, statements } = publishNotice(settings, arns, notice, {
    timeoutSeconds: CALL_SECONDS,
    catch: [catchNoticeNotSent(NOTIFY_PARTIAL, "the output is complete except for what failed")],
    output: expression(noticeCode(notice)),
    ...(fails
      ? {
          assign: {
            failure: { error: "VideoIncomplete", cause: expression(describeIncomplete()) },
            failedAt: failedAt(PROCESS_VIDEO),
          },
          next: AWAIT_REDRIVE,
        }
      : {}),
  });
  return { states: { [NOTIFY_PARTIAL]: state }, statements };
}

export function notifyFailure(settings: WorkflowSettings, arns: WorkflowArns): BuiltStates {
  const notice: Notice = { status: "FAILED", ...failedText(arns.jobLogGroup), attributes: { step: FAILED_STEP } };
  const next = settings.sendsEvents ? SEND_FAILED : AWAIT_REDRIVE;
  const { state, statements } = publishNotice(settings, arns, notice, {
    timeoutSeconds: CALL_SECONDS,
    // A notice that can't be sent must not hide why the video failed.
    catch: [{ ErrorEquals: ["States.ALL"], Next: next }],
    output: {},
    next,
  });
  return { states: { [NOTIFY_FAILURE]: state }, statements };
}

/** The error of an execution that did all its work and could not notify anybody. */
const NOTICE_NOT_SENT = "NoticeNotSent";

/**
 * A notice that was not sent is a failure, since nobody knows that the video is there. The notice of that failure is
 * tried, and a redrive sends only the notice again. The output stays, as it may be played already; the cause says that
 * it is complete.
 */
function catchNoticeNotSent(step: string, whatIsThere: string): Catcher {
  return {
    ErrorEquals: ["States.ALL"],
    Assign: {
      failure: {
        step,
        error: NOTICE_NOT_SENT,
        cause: expression(describeUnsentNotice(step, whatIsThere)),
        job: null,
        log: null,
      },
      failedAt: failedAt(step),
    },
    Next: NOTIFY_FAILURE,
  };
}

/** The files that the worker writes. */
function filesOf({ usesWorkerPlan }: WorkflowSettings): Record<string, Code> {
  return usesWorkerPlan ? { manifest: MANIFEST, playlist: PLAYLIST } : {};
}

function outcomeOf(settings: WorkflowSettings): Outcome {
  return { ...(settings.usesWorkerPlan ? { playlist: PLAYLIST } : {}), damage: reportsDamage(settings) };
}

function approvalOf({ approval }: WorkflowSettings): Record<string, Code> {
  return approval ? { approvedBy: VARIABLES.approvedBy } : {};
}
