import { bind, block, type Code, list, literal, object, orElse } from "./code";
import { secondsInState } from "./jobs";

/** Characters of a cause, in the notice and in the execution's own failure. */
const MAX_CAUSE = 2000;

/** Characters of the cause of an omission: all omissions must fit into one notice. */
export const MAX_OMISSION_CAUSE = 500;

/** The error that is being caught: `{Error, Cause}`. A timeout has no `Cause`. */
export const ERROR_OUTPUT: Code = "$states.errorOutput";

/**
 * Describes a failure: `{step, error, cause, job, log}`. `cause` is a sentence for people; `job` and `log` are null if
 * no job failed. Step Functions gives a failed `.sync` job as JSON in its cause; for an array job it is the parent,
 * which knows only how many children failed. The description is made where the failure is caught, because a whole job
 * is too large to carry along.
 *
 * @param caught Yields `{step, seconds, errorOutput}`, made by `caughtFailure` or by a catcher's output. Only a timeout needs
 * `seconds`.
 */
export function describeFailure(caught: Code, maxCause = MAX_CAUSE): Code {
  return block(
    bind("$failure", caught),
    bind("$raised", "$failure.errorOutput"),
    bind(
      "$detail",
      "$substring($raised.Cause, 0, 1) = '{' and $substring($raised.Cause, -1) = '}' ? $parse($raised.Cause) : {}",
    ),
    bind("$tries", "$count($detail.Attempts)"),
    bind("$last", "$detail.Attempts[-1].Container"),
    bind("$array", "$detail.ArrayProperties"),
    bind("$reason", "$exists($detail.StatusReason) ? $replace($detail.StatusReason, /\\.$/, '') & '.' : ''"),
    bind("$counted", countFailures()),
    bind("$cause", explainFailure()),
    object({
      step: "$failure.step",
      error: "$raised.Error",
      cause: `$substring($cause, 0, ${maxCause})`,
      job: orElse("$detail.JobId", "null"),
      log: orElse("$last.LogStreamName", "null"),
    }),
  );
}

/** How many chunks failed, or the exit code and the number of attempts; empty if unknown. Reads the bindings above. */
function countFailures(): Code {
  return [
    "$array.StatusSummary.FAILED > 0 ? $string($array.StatusSummary.FAILED) & ' of ' & $string($array.Size) & ' chunks failed. '",
    ": $exists($last.ExitCode) ? 'exit code ' & $string($last.ExitCode) & ' after ' & $string($tries) & ($tries = 1 ? ' attempt. ' : ' attempts. ')",
    ": ''",
  ].join(" ");
}

/** The sentence: what Batch knows about a job, the seconds of a timeout, or else the error. Reads the bindings above. */
function explainFailure(): Code {
  return [
    "$failure.step &",
    "($exists($detail.JobId) ? ' failed: ' & $counted & $reason & ($last.Reason ? ' ' & $last.Reason : '')",
    ": $raised.Error = 'States.Timeout' ? ' did not end within ' & $string($failure.seconds) & ' seconds, the wait in its queue included.'",
    ": ' failed: ' & $raised.Error & '. ' & $raised.Cause)",
  ].join(" ");
}

/** The failure that is being caught, for `describeFailure`. Reads `$states.errorOutput` and `$states.context`. */
export function caughtFailure(step: string): Code {
  return object({ step: literal(step), seconds: secondsInState(), errorOutput: ERROR_OUTPUT });
}

/** The error of the failure that a catcher handed over. Reads `$states.input`. */
export const CAUGHT_ERROR: Code = "$states.input.errorOutput.Error";

/** The failure that a catcher handed over as the state's input, for `describeFailure`. */
export const CAUGHT: Code = "$states.input";

/** Describes the failure that a catcher handed over, as JSON for the cause of a Fail state. Reads `$states.input`. */
export function describeAsText(): Code {
  return `$string(${describeFailure(CAUGHT)})`;
}

/**
 * Describes why a Parallel failed: with the description in the cause of a branch, or, if there is none, as the
 * Parallel's own failure. Reads `$states.errorOutput`.
 */
export function describeParallel(step: string): Code {
  const sent = "$substring($cause, 0, 1) = '{' and $contains($cause, '\"step\":')";
  const own = describeFailure(object({ step: literal(step), errorOutput: ERROR_OUTPUT }));
  return block(bind("$cause", `${ERROR_OUTPUT}.Cause`), `${sent} ? $parse($cause) : ${own}`);
}

/** The id of the failed job, or null. Reads `$failure`. */
export const FAILED_JOB: Code = "$failure.job";

/** The id of the failed job that a catcher handed over. Fails if no job failed, so that its state reads nothing. */
export const CAUGHT_JOB: Code = "$parse($states.input.errorOutput.Cause).JobId";

/**
 * The failure with the worker's sentence in its cause. Reads `$failure` and `$states.result`, the object with the
 * sentence.
 */
export function failureWithSentence(): Code {
  const cause = withSentence("$failure.cause", "$states.result.Body", MAX_CAUSE);
  return `$merge([$failure, ${object({ cause })}])`;
}

/**
 * The failure that a catcher handed over, with the worker's sentence as `sentence`. Reads `$states.input` and
 * `$states.result`.
 */
export function caughtWithSentence(): Code {
  return `$merge([${CAUGHT}, ${object({ sentence: "$states.result.Body" })}])`;
}

/**
 * Describes an omission, for the output of its branch: what is missing, and the failure, with the worker's sentence if
 * there is one. Reads `$states.input`.
 */
export function describeOmission(missing: Record<string, Code>): Code {
  const cause = withSentence("$lost.cause", `${CAUGHT}.sentence`, MAX_OMISSION_CAUSE);
  const read = `$exists(${CAUGHT}.sentence) ? ${object({ cause })} : {}`;
  return block(
    bind("$lost", describeFailure(CAUGHT, MAX_OMISSION_CAUSE)),
    `$merge(${list(object(missing), "$lost", read)})`,
  );
}

/**
 * Puts the worker's sentence into a cause. What Batch says follows in brackets: exit code, attempts, chunks.
 *
 * @param cause Yields a whole cause, with its step.
 * @param sentence Yields the sentence, which may be of any length.
 */
export function withSentence(cause: Code, sentence: Code, longest: number): Code {
  const [step, rest] = ["$substringBefore", "$substringAfter"].map((side) => `${side}(${cause}, ' failed: ')`);
  const shortened = `$substring(${sentence}, 0, ${(longest * 3) / 4})`;
  return `$substring(${step} & ' failed: ' & ${shortened} & ' (' & $replace(${rest}, /\\.$/, '') & ')', 0, ${longest})`;
}

/** The cause when a notice could not be sent. Reads `$states.errorOutput`, which may have no cause. */
export function describeUnsentNotice(step: string, whatIsThere: string): Code {
  const begin = `${step} failed: ${whatIsThere}, and only its notice could not be sent: `;
  const raised = `${ERROR_OUTPUT}.Error & (${ERROR_OUTPUT}.Cause ? '. ' & ${ERROR_OUTPUT}.Cause : '.')`;
  return `$substring(${literal(begin)} & ${raised}, 0, ${MAX_CAUSE})`;
}
