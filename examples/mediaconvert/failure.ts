/** The longest cause that a notification and an event have. */
const MAX_CAUSE = 2000;

/**
 * Begins the JSONata of a Catch: `$error` and `$cause` are the error's, and `$parsed` is what describes the job or the execution that failed,
 * which Step Functions gives as JSON in the cause. A timeout has no cause.
 */
export const READ_ERROR = `
  $error := $states.errorOutput.Error;
  $cause := $type($states.errorOutput.Cause) = 'string' ? $states.errorOutput.Cause : '';
  $parsed := $substring($cause, 0, 1) = '{' and $substring($cause, -1) = '}' ? $parse($cause) : {};
`;

/** A step's failure as the pipeline's notifications and events take it. Reads `$error`; reason and job are JSONata. */
export function describeFailure(step: string, reason: string, job = "null"): string {
  return `{
    'step': '${step}',
    'error': $error,
    'cause': $substring('${step} failed: ' & ${reason}, 0, ${MAX_CAUSE}),
    'job': ${job},
    'log': null
  }`;
}

/** A sentence for a job whose id nobody knows. Reads `$input`. */
export const FIND_JOB = `'To find it: aws mediaconvert search-jobs --input-file "' & $input & '"'`;
