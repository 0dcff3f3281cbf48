import { InputError, JobError } from "../errors";

/** How a run of ffmpeg or ffprobe ended. */
export interface Ending {
  program: string;
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last lines that it wrote to its standard error. */
  stderr: string;
}

/** What points at the machine or the network rather than at the video, in the words of glibc, musl and ffmpeg. */
const SURROUNDINGS =
  /Cannot allocate memory|Out of memory|No space left on device|Connection (?:reset|refused|timed out)|Network (?:is )?unreachable|Host is unreachable|No route to host|timed? ?out|Temporary failure|Input\/output error|I\/O error|Stream ends prematurely|Server returned|HTTP error|Resource temporarily unavailable|Too many open files|No file descriptors available|malloc of size|Broken pipe/i;

/**
 * What is said of damaged content too: by demuxers, and of a file at hand, where it is no connection that broke; and by decoders
 * that want another packet first.
 */
const OF_CONTENT = [
  /^file:.*: (?:Input\/output|I\/O) error$/gm,
  /^.*\bError during demuxing: (?:Input\/output|I\/O) error$/gm,
  /^.*\bError opening input: (?:Input\/output|I\/O) error\nError opening input file file:.*\n.*$/gm,
  /^.*\bdecod.*: Resource temporarily unavailable$/gm,
];

const UNUSABLE =
  /^file:.*: (?:Input\/output|I\/O) error$|Error during demuxing|Invalid data found when processing input|moov atom not found|Error while decoding|Decoding error|Decode error rate|submitting packet to decoder|Picture size \S+ is invalid|not on whitelist|could not find codec parameters|Unknown decoder|Decoder .* not found|no decoder found|no frame!|Invalid NAL|Conversion failed/im;

/** Whether another attempt can go better, judged by how the program ended. */
export function failure(subject: string, ending: Ending): Error {
  const { program, signal, code, stderr } = ending;
  if (signal) {
    const memory = signal === "SIGKILL" ? " The usual reason is too little memory for the job." : "";
    return new JobError(`${program} was ended by ${signal}.${memory}`);
  }
  const reason = lastCause(stderr) ?? `exit code ${code}`;
  if (blamesSurroundings(stderr)) return new JobError(`${program} failed: ${stopped(reason)}`);
  if (UNUSABLE.test(stderr)) return new InputError(`${subject} can't be decoded: ${stopped(reason)}`);
  return new JobError(`${program} failed with exit code ${code}: ${stopped(reason)}`);
}

/** Whether the text speaks of the network or the machine, so that a short read proves nothing about the input. */
export function blamesSurroundings(stderr: string): boolean {
  return SURROUNDINGS.test(OF_CONTENT.reduce((text, pattern) => text.replaceAll(pattern, ""), stderr));
}

/** What was said first, which is the cause of the rest, without the part of ffmpeg that said it and without a full stop. */
export function firstComplaint(stderr: string): string {
  const [first = ""] = stderr.trim().split(/[\r\n]+/);
  return first.replace(/^(?:\[[^\]]*\]\s*)+/, "").replace(/\.$/, "");
}

/**
 * What follows from a cause that was named before. What threads say as they end is in any order, and only in ffmpeg 7 and later.
 */
const CONSEQUENCE =
  /^(?:Conversion failed!?|Exiting normally.*|Last message repeated .*)$|Error (?:opening (?:in|out)put files?\b|initializing output stream|reinitializing filters|while opening (?:en|de)coder|sending frames to consumers|marking filters as finished|while processing the decoded data|muxing a packet$)|Failed to inject frame|Task finished with error code|Terminating thread with return code|Could not open encoder before EOF|Cannot determine format of input|Decode error rate|Nothing was written into output file|(?:^|: )Invalid argument$/;

/** Who speaks, where it is none of the parts that know something, such as codecs. */
const SPEAKER = /^(?:\[(?:in|out|[a-z]{2,4}(?:#|:))[^\]]*\] *)+/;

/** What ffmpeg did when it met an error of the system or a library, which each version says differently. */
const CIRCUMSTANCE =
  /^(?:Error (?:opening input|during demuxing|closing file(?: \S+)?|writing trailer(?: of \S+)?|while decoding stream \S+|(?:submitting|processing) (?:a )?packet (?:to|in) (?:the )?(?:decoder|muxer))|Decoding error|av_interleaved_write_frame\(\)|Could not write header.*|(?:file|https?|pipe):.*): +(?=\S)/;

/** The last line that names a cause, the same for every version of ffmpeg. */
function lastCause(text: string): string | undefined {
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => line.replace(/ @ 0x[0-9a-f]+/g, "").trim())
    .filter((line) => line !== "");
  const cause = lines.findLast((line) => !CONSEQUENCE.test(line)) ?? lines.at(-1);
  return cause?.replace(SPEAKER, "").replace(CIRCUMSTANCE, "");
}

function stopped(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
