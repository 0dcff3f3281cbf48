import { InputError, JobError } from "../errors";

/** How a run of ffmpeg or ffprobe ended. */
export interface Ending {
  program: string;
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last lines that it wrote to its standard error. */
  stderr: string;
}

/** What points at the machine or the network rather than at the video. */
const SURROUNDINGS =
  /Cannot allocate memory|No space left on device|Connection (?:reset|refused|timed out)|Network is unreachable|timed? ?out|Temporary failure|Input\/output error|Stream ends prematurely|Server returned|HTTP error|Resource temporarily unavailable|Too many open files|malloc of size|Broken pipe/i;

/**
 * What is said of damaged content too: by demuxers of a file at hand, where it is no connection that broke, and by decoders that
 * want another packet first.
 */
const OF_CONTENT = /^file:.*: Input\/output error$|^.*\bdecod.*: Resource temporarily unavailable$/gm;

const UNUSABLE =
  /^file:.*: Input\/output error$|Invalid data found when processing input|moov atom not found|Error while decoding|Picture size \S+ is invalid|not on whitelist|could not find codec parameters|Unknown decoder|Decoder .* not found|no frame!|Invalid NAL|Conversion failed/im;

/** What ffmpeg was built without. */
const LACKING = /Unknown (encoder) '([^']+)'|No such (filter): '([^']+)'/;

/** Whether another attempt can go better, judged by how the program ended. */
export function failure(subject: string, ending: Ending): Error {
  const { program, signal, code, stderr } = ending;
  if (signal) {
    const memory = signal === "SIGKILL" ? " The usual reason is too little memory for the job." : "";
    return new JobError(`${program} was ended by ${signal}.${memory}`);
  }
  const [lacking, ...what] = LACKING.exec(stderr) ?? [];
  if (lacking !== undefined) {
    const named = what.filter((word) => word !== undefined).join(" ");
    return new InputError(`This ffmpeg has no ${named}; take one that has it, such as that of the worker's own image.`);
  }
  const reason = lastLine(stderr) ?? `exit code ${code}`;
  if (blamesSurroundings(stderr)) return new JobError(`${program} failed: ${stopped(reason)}`);
  if (UNUSABLE.test(stderr)) return new InputError(`${subject} can't be decoded: ${stopped(reason)}`);
  return new JobError(`${program} failed with exit code ${code}: ${stopped(reason)}`);
}

/** Whether the text speaks of the network or the machine, so that a short read proves nothing about the input. */
export function blamesSurroundings(stderr: string): boolean {
  return SURROUNDINGS.test(stderr.replaceAll(OF_CONTENT, ""));
}

/** What was said first, which is the cause of the rest, without the part of ffmpeg that said it and without a full stop. */
export function firstComplaint(stderr: string): string {
  const [first = ""] = stderr.trim().split(/[\r\n]+/);
  return first.replace(/^(?:\[[^\]]*\]\s*)+/, "").replace(/\.$/, "");
}

function lastLine(text: string): string | undefined {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== "");
  const telling = lines.findLast((line) => !/^(?:Conversion failed!?|Exiting normally.*)$/.test(line.trim()));
  return (telling ?? lines.at(-1))?.replace(/ @ 0x[0-9a-f]+/g, "").trim();
}

function stopped(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
