import { AWAIT_REDRIVE, SEND_FAILED, SEND_PLANNED, SEND_PUBLISHED } from "../../../contract/states";
import { VIDEO_EVENTS } from "../../../contract/videoEvents";
import type { BuiltStates } from "../asl/builtStates";
import { expression } from "../jsonata/code";
import { failedEvent, PLANNED_MEMBERS, publishedMembers } from "../jsonata/event";
import { failedMembers } from "../jsonata/noticeTexts";
import type { WorkflowArns } from "../settings/arns";
import { continuesOnFailure, reportsDamage } from "../settings/policies";
import type { WorkflowSettings } from "../settings/settings";
import { putEvent } from "./putEvent";

/** Says that the video can be processed, and that its work begins. */
export function sendPlanned(settings: WorkflowSettings, arns: WorkflowArns, next: string): BuiltStates {
  const members = settings.usesWorkerPlan ? PLANNED_MEMBERS : {};
  return putEvent(settings, arns, { state: SEND_PLANNED, kind: VIDEO_EVENTS.planned, members, next });
}

/**
 * Says that the output is there, complete or without what failed. It comes before the notice, so that a redrive that only sends the notice
 * again sends no second event.
 */
export function sendPublished(settings: WorkflowSettings, arns: WorkflowArns, next: string): BuiltStates {
  const members = publishedMembers({
    files: settings.usesWorkerPlan,
    incomplete: continuesOnFailure(settings),
    damage: reportsDamage(settings),
    approved: settings.approval !== undefined,
  });
  return putEvent(settings, arns, { state: SEND_PUBLISHED, kind: VIDEO_EVENTS.published, members, next });
}

/** Says that the video failed, or that a person rejected it. */
export function sendFailed(settings: WorkflowSettings, arns: WorkflowArns): BuiltStates {
  return putEvent(settings, arns, {
    state: SEND_FAILED,
    kind: settings.approval ? expression(failedEvent()) : VIDEO_EVENTS.failed,
    members: failedMembers(arns.jobLogGroup),
    next: AWAIT_REDRIVE,
  });
}
