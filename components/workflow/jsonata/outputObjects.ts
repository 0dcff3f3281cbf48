import { type Code, literal } from "./code";

/** The URI of an object below the output. Reads `$output`. */
export function belowOutput(path: string): Code {
  return `$output & ${literal(`/${path}`)}`;
}

/** The URI of an object that is named after a job. Reads `$output`; `job` yields the job's id. */
export function namedAfterJob(path: (job: string) => string, job: Code): Code {
  const [before = "", after = ""] = path("|").split("|");
  return `${belowOutput(before)} & ${job} & ${literal(after)}`;
}

/** The bucket of an object. Empty for a file. */
export function bucketOf(uri: Code): Code {
  return `$substringBefore($substringAfter(${uri}, '://'), '/')`;
}

/** The key of an object. For a file, its path without the first slash. */
export function keyOf(uri: Code): Code {
  return `$substringAfter($substringAfter(${uri}, '://'), '/')`;
}
