import { bind, block, type Code, list, literal, object, orElse, textOr } from "./code";
import { secondsInState } from "./jobs";

/** Characters of a cause, in the notice and in the execution's own failure. */
const MAX_CAUSE = 2000;

/** Characters of the cause of an omission: all omissions must fit into one notice. */
export const MAX_OMISSION_CAUSE = 500;

/**
 * The error that is being caught: `{Error, Cause}`, both text. A timeout has no cause, and an answer to an approval may come with null
 * for either. Never fails.
 */
export const ERROR_OUTPUT: Code = object({
  Error: textOr("$states.errorOutput.Error", literal("States.TaskFailed")),
  Cause: textOr("$states.errorOutput.Cause", literal("")),
});

/** What is caught, as a sentence. Reads `$raised`, which is like `ERROR_OUTPUT`. */
export const SAID: Code = "$raised.Error & ($raised.Cause = '' ? '.' : '. ' & $raised.Cause)";

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
    bind("$detail", jobIn("$raised.Cause")),
    bind("$tries", "$count($detail.Attempts)"),
    bind("$last", "$detail.Attempts[-1].Container"),
    bind("$array", "$detail.ArrayProperties"),
    bind("$failed", "$type($array.StatusSummary.FAILED) = 'number' ? $array.StatusSummary.FAILED : 0"),
    bind("$status", textOr("$detail.StatusReason", literal(""))),
    bind("$reason", "$status = '' ? '' : $replace($status, /\\.$/, '') & '.'"),
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

/** The job in the cause of a failed `.sync` task, or an object without members. `cause` yields text. */
function jobIn(cause: Code): Code {
  return `$substring(${cause}, 0, 1) = '{' and $substring(${cause}, -1) = '}' ? $parse(${cause}) : {}`;
}

/** The exit code of the job that failed, or null. Reads `$states.errorOutput`. */
export function exitCodeOrNull(): Code {
  return block(
    bind("$raised", ERROR_OUTPUT),
    bind("$job", jobIn("$raised.Cause")),
    orElse("$job.Attempts[-1].Container.ExitCode", "null"),
  );
}

/** How many chunks failed, or the exit code and the number of attempts; empty if unknown. Reads the bindings above. */
function countFailures(): Code {
  return [
    "$failed > 0 ? $string($failed) & ' of ' & $string($array.Size) & ' chunks failed. '",
    ": $type($last.ExitCode) = 'number' ? 'exit code ' & $string($last.ExitCode) & ' after ' & $string($tries) & ($tries = 1 ? ' attempt. ' : ' attempts. ')",
    ": ''",
  ].join(" ");
}

/** The sentence: what Batch knows about a job, the seconds of a timeout, or else the error. Reads the bindings above. */
function explainFailure(): Code {
  return [
    "$failure.step &",
    "($exists($detail.JobId) ? ' failed: ' & $counted & $reason & ($last.Reason ? ' ' & $last.Reason : '')",
    ": $raised.Error = 'States.Timeout' ? ' did not end within ' & $string($failure.seconds) & ' seconds, including the wait in its queue.'",
    `: ' failed: ' & ${SAID})`,
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
  const begin = '{"step":';
  const sent = `$substring($cause, 0, ${begin.length}) = ${literal(begin)} and $substring($cause, -1) = '}'`;
  const own = describeFailure(object({ step: literal(step), errorOutput: ERROR_OUTPUT }));
  return block(
    bind("$raised", ERROR_OUTPUT),
    bind("$cause", "$raised.Cause"),
    bind("$own", own),
    `${sent} ? $merge([$own, $parse($cause)]) : $own`,
  );
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
  return block(bind("$raised", ERROR_OUTPUT), `$substring(${literal(begin)} & ${SAID}, 0, ${MAX_CAUSE})`);
}
