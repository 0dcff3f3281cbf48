import { bind, block, type Code, literal, orElse, textOr } from "./code";

/** The id of the job that has ended. Reads `$states.result`, its description. */
export const ENDED_JOB: Code = "$states.result.JobId";

/** Timeout of a state that starts when no time is left. */
export const MIN_SECONDS = 1;

/** A redrive restarts the execution's time. */
const BEGAN = orElse("$states.context.Execution.RedriveTime", "$states.context.Execution.StartTime");

/**
 * Timeout of a state in seconds: `own`, but not beyond `latest` seconds after the start of the execution. A whole
 * number, at least one. Reads `$states.context`.
 */
export function stateTimeout(own: number, latest: number): Code {
  return `$max([${MIN_SECONDS}, $min([${own}, ${latest} - $ceil(${secondsSince(`(${BEGAN})`)})])])`;
}

/** Seconds since the state was entered. Reads `$states.context`. */
export function secondsInState(): Code {
  return `$round(${secondsSince("$states.context.State.EnteredTime")})`;
}

function secondsSince(time: Code): Code {
  return `($millis() - $toMillis(${time})) / 1000`;
}

const GIVEN_SHARE = "$states.input.shareIdentifier";
const GIVEN_PRIORITY = "$states.input.schedulingPriority";

/** The fair share in the execution's input as text, or empty text. Reads `$states.input`. */
export function givenShare(): Code {
  return textOr(GIVEN_SHARE, literal(""));
}

const WANTED_PRIORITY = "The schedulingPriority of an execution must be a whole number from 0 to 9999.";

/**
 * The priority within its share in the execution's input, or 0. Fails with a sentence for people if it is anything else: a job with it
 * could not be started, which Step Functions lets nobody catch. Reads `$states.input`.
 */
export function givenPriority(): Code {
  const whole = `$type(${GIVEN_PRIORITY}) = 'number' ? $floor(${GIVEN_PRIORITY}) = ${GIVEN_PRIORITY} : false`;
  return `$exists(${GIVEN_PRIORITY}) ? ((${whole}) ? ${GIVEN_PRIORITY} : $error(${literal(WANTED_PRIORITY)})) : 0`;
}

/**
 * The share of a job: the execution's, or else the queue's default. Reads `$states.input` in the first state, `$share`
 * in all others.
 */
export function shareOnQueue(from: "input" | "variables", defaultShare: string): Code {
  return block(bind("$of", from === "input" ? givenShare() : "$share"), `$of ? $of : ${literal(defaultShare)}`);
}

/** The priority of a job within its share. Reads `$states.input` in the first state, `$schedulingPriority` in all others. */
export function priorityInShare(from: "input" | "variables"): Code {
  return from === "input" ? givenPriority() : "$schedulingPriority";
}
