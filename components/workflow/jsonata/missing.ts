import { FEATURES } from "../../../contract/notices";
import { bind, type Code, list, literal, object } from "./code";
import { VARIABLES } from "./variables";

/** The omissions of the renditions whose jobs failed, as an array. Reads `$states.result`, the outputs of their branches. */
export function renditionOmissions(): Code {
  return list("$states.result[step]");
}

/**
 * The same with the renditions that those jobs would have encoded too, each with the failure of the job. Reads `$states.result` and
 * `$encodedTogether`.
 */
export function sharedOmissions(): Code {
  const others = `$lookup(${VARIABLES.encodedTogether}, rendition).$merge([$lost, {'rendition': $}])`;
  return list(`$states.result[step].(${bind("$lost", "$")} ${list("$lost", others)})`);
}

/**
 * All omissions, as an array: the features' and the renditions'. Reads `$states.result`, the outputs of both branches.
 */
export function allOmissions(): Code {
  return list("$states.result[step]", "$states.result.missing");
}

/** Whether anything is missing. Reads `$missing`. */
export function isIncomplete(): Code {
  return "$count($missing) > 0";
}

/**
 * Whether no rendition is left. Reads `$missing`; `wanted` yields the number of planned renditions that have jobs of their own. Each of
 * these fails in a step of its own.
 */
export function lacksAllRenditions(wanted: Code): Code {
  return `$count($distinct($missing[rendition].step)) >= ${wanted}`;
}

/** The number of renditions in the plan that have jobs of their own. Reads `$renditions`. */
export const RENDITION_COUNT: Code = VARIABLES.renditions;

/** The failure of the first rendition that is missing. Reads `$missing`. */
export function firstFailedRendition(): Code {
  return "$missing[rendition][0]";
}

/** What is missing and why, as JSON of `renditions`, `features` and `causes`. Reads `$missing`. */
export function missingAsJson(maxCause: number): Code {
  const members = object({
    renditions: list("$missing.rendition"),
    features: "$count($missing[features]) > 0",
    causes: list(`$distinct($missing.cause).$substring($, 0, ${maxCause})`),
  });
  return `$string(${members})`;
}

/** The names of what is missing, for people: `720p, features, stream 2`. `missing` yields an array of omissions. */
export function missingNames(missing: Code = "$missing"): Code {
  return `$join(${nameList(missing)}, ', ')`;
}

/** The same names as an array. */
export function nameList(missing: Code): Code {
  return list(`${missing}.(rendition ? rendition : sound ? sound : ${literal(FEATURES)})`);
}

/** The cause of an execution that fails because something is missing. Reads `$missing`. */
export function describeIncomplete(): Code {
  return `'The video lacks ' & ${missingNames()} & '. ' & $missing[0].cause`;
}
