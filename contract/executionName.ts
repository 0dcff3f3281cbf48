/** The longest name of an execution. */
export const MAX_LENGTH = 80;

/** Days for which no other execution of a Standard state machine can have the name of one that has ended. */
export const NAME_TAKEN_DAYS = 90;

/**
 * Characters that Step Functions refuses in a name, and all outside ASCII, with which CloudWatch shows no metrics.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
const REFUSED = /[^!-~]|[<>{}[\]?*"#%\\^|~`$&,;:/]/;

/**
 * What Step Functions itself refuses in a name: it takes letters of any alphabet.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
const REFUSED_BY_SERVICE = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Surrogate}\uFFFE\uFFFF]/u;

/** Whether Step Functions accepts a name for an execution. CloudWatch may still show no metrics of it. */
export function isAcceptedName(name: string): boolean {
  return name.length >= 1 && name.length <= MAX_LENGTH && !REFUSED_BY_SERVICE.test(name);
}

/** Whether Step Functions and CloudWatch accept a name for an execution. */
export function isExecutionName(name: string): boolean {
  return name.length >= 1 && name.length <= MAX_LENGTH && !REFUSED.test(name);
}

/** The rule in words. */
export const EXECUTION_NAME_RULE =
  'must have 1 to 80 characters of ASCII, without spaces and without any of < > { } [ ] ? * " # % \\ ^ | ~ ` $ & , ; : /';

/** The allowed name that is nearest to a text. */
export function nearestExecutionName(text: string): string {
  return shorten(text, MAX_LENGTH) || "execution";
}

/**
 * A name for the execution that processes a video: the readable part of the video's own name, and what makes it unique.
 *
 * @param uri The video's, with any key.
 * @param unique ASCII letters, digits and hyphens, at most 36.
 */
export function executionNameFor(uri: string, unique: string): string {
  const file = uri.slice(uri.lastIndexOf("/") + 1);
  const readable = shorten(file, MAX_LENGTH - unique.length - 1) || "video";
  return `${readable}-${unique}`;
}

/** The letters, digits, dots, hyphens and underscores of a text. Letters lose their accents. */
function shorten(text: string, length: number): string {
  return text
    .normalize("NFKD")
    .replace(/\p{Mark}+/gu, "")
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/-{2,}/g, "-")
    .slice(0, length)
    .replace(/^[-.]+|[-.]+$/g, "");
}
