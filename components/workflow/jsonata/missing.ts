import { type Code, list, object } from "./code";

/** What the branches of the renditions left out, as an array. Reads `$states.result`, the outputs of the branches. */
export function omittedRenditions(): Code {
  return list("$states.result[step]");
}

/** The same of the branches around: what the features left out, and what the renditions did. Reads `$states.result`. */
export function omitted(): Code {
  return list("$states.result[step]", "$states.result.missing");
}

/** Whether anything is missing. Reads `$missing`. */
export function isIncomplete(): Code {
  return "$count($missing) > 0";
}

/** Whether no rendition is left. Reads `$missing`; `wanted` yields how many there were to be. */
export function lacksAllRenditions(wanted: Code): Code {
  return `$count($missing[rendition]) >= ${wanted}`;
}

/** How many renditions are made of this video. Reads `$renditions`. */
export const RENDITION_COUNT: Code = "$count($renditions)";

/** The failure of the first rendition that is missing. Reads `$missing`. */
export function firstFailedRendition(): Code {
  return "$missing[rendition][0]";
}

/** What is missing and why, as JSON of `renditions`, `features` and `causes`. Reads `$missing`. */
export function missingAsJson(longestCause: number): Code {
  const members = object({
    renditions: list("$missing.rendition"),
    features: "$count($missing[features]) > 0",
    causes: list(`$missing.$substring(cause, 0, ${longestCause})`),
  });
  return `$string(${members})`;
}

/** The names of what is missing, for people: `720p, features`. Reads `$missing`. */
export function missingNames(): Code {
  return `$join(${list("$missing.(rendition ? rendition : 'features')")}, ', ')`;
}

/** The sentence of an execution that fails because something is missing. Reads `$missing`. */
export function describeIncomplete(): Code {
  return `'The video lacks ' & ${missingNames()} & '. ' & $missing[0].cause`;
}
