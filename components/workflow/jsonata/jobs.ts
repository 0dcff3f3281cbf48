import { type Code, literal, orElse } from "./code";

/** Seconds that a state takes at least: the timeout of one that begins when there is no time left. */
export const SHORTEST_SECONDS = 1;

/** A redrive begins the execution's time anew. */
const BEGAN = orElse("$states.context.Execution.RedriveTime", "$states.context.Execution.StartTime");

/**
 * Seconds that a state may take: its own time, and no longer than until `latest` seconds after the execution began. A
 * whole number, never less than one. Reads `$states.context`.
 */
export function stateTimeout(own: number, latest: number): Code {
  return `$max([${SHORTEST_SECONDS}, $min([${own}, ${latest} - $ceil(${secondsSince(`(${BEGAN})`)})])])`;
}

/** Seconds that the state has taken so far. Reads `$states.context`, which knows which state this is. */
export function secondsInState(): Code {
  return `$round(${secondsSince("$states.context.State.EnteredTime")})`;
}

function secondsSince(time: Code): Code {
  return `($millis() - $toMillis(${time})) / 1000`;
}

const GIVEN_SHARE = "$states.input.shareIdentifier";
const GIVEN_PRIORITY = "$states.input.schedulingPriority";

/** The fair share that the execution's input asks for, empty where it asks for none. Reads `$states.input`. */
export function givenShare(): Code {
  return `${GIVEN_SHARE} ? ${GIVEN_SHARE} : ''`;
}

/** The priority within its share that the execution's input asks for, or 0. Reads `$states.input`. */
export function givenPriority(): Code {
  return orElse(GIVEN_PRIORITY, "0");
}

/**
 * The share of a job on a queue: the execution's, or the queue's own. Reads `$states.input` in the first state,
 * `$share` in all others.
 */
export function shareOnQueue(from: "input" | "variables", defaultShare: string): Code {
  const share = from === "input" ? GIVEN_SHARE : "$share";
  return `${share} ? ${share} : ${literal(defaultShare)}`;
}

/** The priority of a job within its share. Reads `$states.input` in the first state, `$schedulingPriority` in all others. */
export function priorityInShare(from: "input" | "variables"): Code {
  return from === "input" ? givenPriority() : "$schedulingPriority";
}
