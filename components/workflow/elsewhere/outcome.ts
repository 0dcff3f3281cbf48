import { FAIL_VIDEO, NOTIFY_FAILURE, NOTIFY_SUCCESS, SEND_FAILED, SEND_PUBLISHED } from "../../../contract/states";
import { VIDEO_EVENTS } from "../../../contract/videoEvents";
import type { BuiltStates } from "../asl/builtStates";
import { CALL_SECONDS } from "../asl/timeouts";
import { putEvent } from "../events/putEvent";
import { type Code, expression, literal } from "../jsonata/code";
import { describeUnsentNotice } from "../jsonata/failure";
import { notice as noticeCode } from "../jsonata/notice";
import { failedElsewhereText, failedMembers, FAILED_STEP, readyElsewhereText } from "../jsonata/noticeTexts";
import { belowOutput } from "../jsonata/outputObjects";
import { FAILURE_CAUSE, FAILURE_ERROR } from "../jsonata/redrive";
import { type Notice, publishNotice } from "../notices/publishNotice";
import type { WorkflowArns } from "../settings/arns";
import type { WorkflowSettings } from "../settings/settings";

/** The end of a state machine that reports as the pipeline does. */
export interface OutcomeStates extends BuiltStates {
  /** Where a video that is ready goes. Reads `$input` and `$output`. */
  succeeded: string;
  /** Where a failed one goes. Reads `$failure` too. */
  failed: string;
}

/**
 * The pipeline's notices and events at the end of another state machine.
 *
 * @param path That of the main playlist below the output. Absent if there is none.
 */
export function outcome(settings: WorkflowSettings, arns: WorkflowArns, path: string | undefined): OutcomeStates {
  const playlist = path === undefined ? undefined : belowOutput(path);
  const { sendsEvents } = settings;
  const built = [
    ...(sendsEvents
      ? [
          putEvent(settings, arns, {
            state: SEND_PUBLISHED,
            kind: VIDEO_EVENTS.published,
            members: { status: literal("SUCCEEDED"), ...(playlist === undefined ? {} : { playlist }) },
            next: NOTIFY_SUCCESS,
          }),
        ]
      : []),
    notifySuccess(settings, arns, playlist),
    notifyFailure(settings, arns, sendsEvents ? SEND_FAILED : FAIL_VIDEO),
    ...(sendsEvents
      ? [
          putEvent(settings, arns, {
            state: SEND_FAILED,
            kind: VIDEO_EVENTS.failed,
            members: failedMembers(arns.jobLogGroup),
            next: FAIL_VIDEO,
          }),
        ]
      : []),
  ];
  return {
    succeeded: sendsEvents ? SEND_PUBLISHED : NOTIFY_SUCCESS,
    failed: NOTIFY_FAILURE,
    states: {
      ...Object.fromEntries(built.flatMap(({ states }) => Object.entries(states))),
      [FAIL_VIDEO]: { Type: "Fail", Error: expression(FAILURE_ERROR), Cause: expression(FAILURE_CAUSE) },
    },
    statements: built.flatMap(({ statements }) => statements),
  };
}

function notifySuccess(settings: WorkflowSettings, arns: WorkflowArns, playlist: Code | undefined): BuiltStates {
  const notice: Notice = { status: "SUCCEEDED", ...readyElsewhereText(playlist) };
  const { state, statements } = publishNotice(settings, arns, notice, {
    timeoutSeconds: CALL_SECONDS,
    // Nobody knows that the video is there, so this is a failure, whose notice is tried.
    catch: [
      {
        ErrorEquals: ["States.ALL"],
        Assign: {
          failure: {
            step: NOTIFY_SUCCESS,
            error: "NoticeNotSent",
            cause: expression(describeUnsentNotice(NOTIFY_SUCCESS, "the output is complete")),
            job: null,
            log: null,
          },
        },
        Next: NOTIFY_FAILURE,
      },
    ],
    output: expression(noticeCode(notice)),
  });
  return { states: { [NOTIFY_SUCCESS]: state }, statements };
}

function notifyFailure(settings: WorkflowSettings, arns: WorkflowArns, next: string): BuiltStates {
  const notice: Notice = {
    status: "FAILED",
    ...failedElsewhereText(arns.jobLogGroup),
    attributes: { step: FAILED_STEP },
  };
  const { state, statements } = publishNotice(settings, arns, notice, {
    timeoutSeconds: CALL_SECONDS,
    // A notice that can't be sent must not hide why the video failed.
    catch: [{ ErrorEquals: ["States.ALL"], Next: next }],
    output: {},
    next,
  });
  return { states: { [NOTIFY_FAILURE]: state }, statements };
}
