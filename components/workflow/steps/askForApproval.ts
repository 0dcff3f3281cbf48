import { REJECTED } from "../../../contract/notices";
import { outputs } from "../../../contract/outputs";
import { ASK_FOR_APPROVAL, NOTIFY_FAILURE } from "../../../contract/states";
import { failedAt, catchAll } from "../failure/catchers";
import { belowOutput, expression, literal } from "../jsonata/code";
import { publish } from "../notices/notice";
import type { WorkflowApproval, WorkflowArns, WorkflowSettings } from "../settings/settings";
import type { Catcher } from "../asl/states";
import type { BuiltStates } from "../asl/builtStates";

/** Asks people whether the video may be published, and waits for their answer. */
export function askForApproval(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  approval: WorkflowApproval,
  next: string,
): BuiltStates {
  const { timeoutSeconds, defaultAnswer } = approval;
  const answer = (verb: string): string => `'npx video-batch-pipeline ${verb} ' & $states.context.Execution.Id`;
  const until = `$fromMillis($millis() + ${timeoutSeconds * 1000})`;
  const files = settings.usesWorkerPlan
    ? { preview: belowOutput(outputs.preview), poster: belowOutput(outputs.poster) }
    : undefined;
  const { state, statements } = publish(
    settings,
    arns,
    {
      status: "APPROVAL_WANTED",
      subject: "'Approval wanted: ' & $video",
      bind: `$until := ${until};`,
      summary: `$video & ' waits for approval until ' & $until & ', then it is ${defaultAnswer === "approve" ? "approved" : "rejected"}.'`,
      members: {
        ...files,
        until: "$until",
        defaultAnswer: literal(defaultAnswer),
        approve: answer("approve"),
        reject: answer("reject"),
        token: "$states.context.Task.Token",
      },
      lines: [
        ...(files ? [`'Preview: ' & ${files.preview}`, `'Poster: ' & ${files.poster}`, "''"] : []),
        `'To approve: ' & ${answer("approve")}`,
        `'To reject: ' & ${answer("reject")} & ' --cause "Why"'`,
        "''",
      ],
    },
    {
      pattern: ".waitForTaskToken",
      timeoutSeconds,
      catch: [unanswered(approval, next), rejected(), catchAll(ASK_FOR_APPROVAL)],
      assign: { approvedBy: expression("$exists($states.result.by) ? $string($states.result.by) : null") },
      output: {},
      next,
    },
  );
  return { states: { [ASK_FOR_APPROVAL]: state }, statements };
}

function unanswered({ timeoutSeconds, defaultAnswer }: WorkflowApproval, next: string): Catcher {
  const nobody = `nobody answered within ${timeoutSeconds} seconds`;
  if (defaultAnswer === "approve") {
    return { ErrorEquals: ["States.Timeout"], Assign: { approvedBy: `default: ${nobody}` }, Output: {}, Next: next };
  }
  return rejection(["States.Timeout"], literal(`${nobody}, and then the answer is no.`));
}

/** Who and why, the cause of the answer says. */
function rejected(): Catcher {
  return rejection([REJECTED], "$states.errorOutput.Cause");
}

function rejection(errors: string[], cause: string): Catcher {
  const failure = {
    step: ASK_FOR_APPROVAL,
    error: REJECTED,
    cause: expression(`'The video was rejected: ' & $substring(${cause}, 0, 1000)`),
    job: null,
    log: null,
  };
  return {
    ErrorEquals: errors,
    Assign: { failure, failedAt: failedAt(ASK_FOR_APPROVAL) },
    Next: NOTIFY_FAILURE,
  };
}
