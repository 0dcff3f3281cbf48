import { REJECTED } from "../../../contract/notices";
import { outputs } from "../../../contract/outputs";
import { ASK_FOR_APPROVAL, CHECK_APPROVAL, NOTIFY_FAILURE } from "../../../contract/states";
import type { BuiltStates } from "../asl/builtStates";
import type { Catcher, ChoiceState, Template } from "../asl/states";
import { catchAll } from "../failure/catchers";
import { failedAt } from "../failure/redrive";
import { approver, describeRejection, isApproved, REJECTION_REASON } from "../jsonata/approval";
import { type Code, expression, literal } from "../jsonata/code";
import { approvalText } from "../jsonata/noticeTexts";
import { belowOutput } from "../jsonata/outputObjects";
import { VARIABLES } from "../jsonata/variables";
import { publishNotice } from "../notices/publishNotice";
import type { WorkflowArns } from "../settings/arns";
import type { WorkflowApproval, WorkflowSettings } from "../settings/settings";

/** What an approval is for: the plan, or, if there is none, whatever the execution makes. */
function approvable({ usesWorkerPlan }: WorkflowSettings): Code {
  return usesWorkerPlan ? VARIABLES.plan : literal("all");
}

/**
 * Asks people whether the video may be published, and waits for their answer. After a redrive it asks nobody again, unless there is
 * another video by now.
 */
export function askForApproval(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  approval: WorkflowApproval,
  next: string,
): BuiltStates {
  const { timeoutSeconds, defaultAnswer } = approval;
  const files = settings.usesWorkerPlan
    ? { preview: belowOutput(outputs.preview), poster: belowOutput(outputs.poster) }
    : undefined;
  const { state, statements } = publishNotice(
    settings,
    arns,
    { status: "APPROVAL_WANTED", ...approvalText(timeoutSeconds, defaultAnswer, files) },
    {
      pattern: ".waitForTaskToken",
      timeoutSeconds,
      catch: [
        catchTimeout(settings, approval, next),
        catchRejection([REJECTED], REJECTION_REASON),
        catchAll(ASK_FOR_APPROVAL),
      ],
      assign: approvedBy(settings, expression(approver())),
      output: {},
      next,
    },
  );
  const check: ChoiceState = {
    Type: "Choice",
    Choices: [{ Condition: expression(isApproved(approvable(settings))), Next: next }],
    Default: ASK_FOR_APPROVAL,
  };
  return { states: { [CHECK_APPROVAL]: check, [ASK_FOR_APPROVAL]: state }, statements };
}

function approvedBy(settings: WorkflowSettings, by: string): Record<string, Template> {
  return { approvedBy: by, approvedPlan: expression(approvable(settings)) };
}

/** The default answer, once the time is up. */
function catchTimeout(
  settings: WorkflowSettings,
  { timeoutSeconds, defaultAnswer }: WorkflowApproval,
  next: string,
): Catcher {
  const nobody = `nobody answered within ${timeoutSeconds} seconds`;
  if (defaultAnswer === "approve") {
    return {
      ErrorEquals: ["States.Timeout"],
      Assign: approvedBy(settings, `default: ${nobody}`),
      Output: {},
      Next: next,
    };
  }
  return catchRejection(["States.Timeout"], literal(`${nobody}, and rejection is the default.`));
}

function catchRejection(errors: string[], reason: Code): Catcher {
  const failure = {
    step: ASK_FOR_APPROVAL,
    error: REJECTED,
    cause: expression(describeRejection(reason)),
    job: null,
    log: null,
  };
  return {
    ErrorEquals: errors,
    Assign: { failure, failedAt: failedAt(ASK_FOR_APPROVAL) },
    Next: NOTIFY_FAILURE,
  };
}
