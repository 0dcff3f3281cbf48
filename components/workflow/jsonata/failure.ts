import { bind, block, type Code, list, literal, object, orElse } from "./code";
import { secondsInState } from "./jobs";

/** Characters of a cause. It is the notice's, and the state machine's. */
const LONGEST_CAUSE = 2000;

/** Characters of the cause of what is left out: all that are missing have to fit into one notice. */
export const LONGEST_CAUSE_OF_OMISSION = 500;

/** What Step Functions says about the error that is being caught: `{Error, Cause}`, of which a timeout has no cause. */
export const ERROR_OUTPUT: Code = "$states.errorOutput";

/**
 * The description of a failure: `{step, error, cause, job, log}`, where `cause` is a sentence for people, and `job` and
 * `log` are null where no job failed. The cause of a failed `.sync` job is its description as JSON; that of an array
 * job is the parent's, which knows only how many of its children failed. It is made where the failure is caught: a
 * job's description is too large to be carried along.
 *
 * @param caught Yields `{step, seconds, errorOutput}`, as `caught` and a catcher's output make it. Seconds are only
 *   read of a timeout.
 */
export function describeFailure(caught: Code, longestCause = LONGEST_CAUSE): Code {
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
      cause: `$substring($cause, 0, ${longestCause})`,
      job: orElse("$detail.JobId", "null"),
      log: orElse("$last.LogStreamName", "null"),
    }),
  );
}

/**
 * How many chunks failed, or with which exit code after how many attempts; empty where that is not known. Reads what is
 * bound above.
 */
function countFailures(): Code {
  return [
    "$array.StatusSummary.FAILED > 0 ? $string($array.StatusSummary.FAILED) & ' of ' & $string($array.Size) & ' chunks failed. '",
    ": $exists($last.ExitCode) ? 'exit code ' & $string($last.ExitCode) & ' after ' & $string($tries) & ($tries = 1 ? ' attempt. ' : ' attempts. ')",
    ": ''",
  ].join(" ");
}

/**
 * The sentence: of a job what Batch knows, of a timeout how long it was, of everything else the error. Reads what is
 * bound above.
 */
function explainFailure(): Code {
  return [
    "$failure.step &",
    "($exists($detail.JobId) ? ' failed: ' & $counted & $reason & ($last.Reason ? ' ' & $last.Reason : '')",
    ": $raised.Error = 'States.Timeout' ? ' did not end within ' & $string($failure.seconds) & ' seconds, the wait in its queue included.'",
    ": ' failed: ' & $raised.Error & '. ' & $raised.Cause)",
  ].join(" ");
}

/** The failure of a step that is being caught, for `describeFailure`. Reads `$states.errorOutput` and `$states.context`. */
export function caught(step: string): Code {
  return object({ step: literal(step), seconds: secondsInState(), errorOutput: ERROR_OUTPUT });
}

/** The error of a failure that a catcher handed over as the state's input. Reads `$states.input`. */
export const CAUGHT_ERROR: Code = "$states.input.errorOutput.Error";

/** The failure that a catcher handed over as the state's input, for `describeFailure`. */
export const CAUGHT: Code = "$states.input";

/** The description of a failure, as the text that a Fail state has for a cause. Reads `$states.input`. */
export function describeAsText(): Code {
  return `$string(${describeFailure(CAUGHT)})`;
}

/**
 * The description of what made a Parallel fail: a branch sends it along as its cause, and without one the failure is
 * the Parallel's own. Reads `$states.errorOutput`.
 */
export function describeParallel(step: string): Code {
  const sent = "$substring($cause, 0, 1) = '{' and $contains($cause, '\"step\":')";
  const own = describeFailure(object({ step: literal(step), errorOutput: ERROR_OUTPUT }));
  return block(bind("$cause", `${ERROR_OUTPUT}.Cause`), `${sent} ? $parse($cause) : ${own}`);
}

/** The id of the failed job, null where there is none. Reads `$failure`. */
export const FAILED_JOB: Code = "$failure.job";

/**
 * The id of the job whose failure a catcher handed over. Fails where no job failed: there is nothing to read of it
 * then.
 */
export const CAUGHT_JOB: Code = "$parse($states.input.errorOutput.Cause).JobId";

/**
 * `$failure` with the worker's sentence in its cause. Reads `$states.result`, the object that the sentence was read
 * from.
 */
export function failureWithSentence(): Code {
  const cause = withSentence("$failure.cause", "$states.result.Body", LONGEST_CAUSE);
  return `$merge([$failure, ${object({ cause })}])`;
}

/** What a catcher handed over, with the worker's sentence. Reads `$states.input` and `$states.result`. */
export function caughtWithSentence(): Code {
  return `$merge([${CAUGHT}, ${object({ sentence: "$states.result.Body" })}])`;
}

/**
 * What a branch leaves out, as its output: the members that say what is missing, and the description of the failure,
 * with the worker's sentence where it was read. Reads `$states.input`.
 */
export function describeOmission(missing: Record<string, Code>): Code {
  const cause = withSentence("$lost.cause", `${CAUGHT}.sentence`, LONGEST_CAUSE_OF_OMISSION);
  const read = `$exists(${CAUGHT}.sentence) ? ${object({ cause })} : {}`;
  return block(
    bind("$lost", describeFailure(CAUGHT, LONGEST_CAUSE_OF_OMISSION)),
    `$merge(${list(object(missing), "$lost", read)})`,
  );
}

/**
 * A cause with the worker's sentence in front of what Batch says, which follows in brackets: exit code, attempts, chunks.
 *
 * @param cause Yields a whole cause, with its step.
 * @param sentence Yields the sentence, which may be of any length.
 */
export function withSentence(cause: Code, sentence: Code, longest: number): Code {
  const [step, told] = ["$substringBefore", "$substringAfter"].map((side) => `${side}(${cause}, ' failed: ')`);
  const shortened = `$substring(${sentence}, 0, ${(longest * 3) / 4})`;
  return `$substring(${step} & ' failed: ' & ${shortened} & ' (' & $replace(${told}, /\\.$/, '') & ')', 0, ${longest})`;
}

/**
 * The cause of the failure of a notice that could not be sent. Reads `$states.errorOutput`, of which a cause may be
 * missing.
 */
export function describeUnsentNotice(step: string, whatIsThere: string): Code {
  const begin = `${step} failed: ${whatIsThere}, and only its notice could not be sent: `;
  const raised = `${ERROR_OUTPUT}.Error & (${ERROR_OUTPUT}.Cause ? '. ' & ${ERROR_OUTPUT}.Cause : '.')`;
  return `$substring(${literal(begin)} & ${raised}, 0, ${LONGEST_CAUSE})`;
}
