import { InputError, JobError, ProgramCrash } from "../errors/errors";

/** How a run of ffmpeg or ffprobe ended. */
export interface ProgramExit {
  program: string;
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last lines that it wrote to its standard error. */
  stderr: string;
}

/** Errors of the machine rather than of the video, as glibc, musl and ffmpeg word them. */
const TRANSIENT =
  /Cannot allocate memory|Out of memory|malloc of size|No space left on device|Connection (?:reset|refused)|Cannot assign requested address|Resource temporarily unavailable|Too many open files|No file descriptors available|Broken pipe|(?:av_interleaved_write_frame\(\)|Error (?:writing|closing) .*): (?:Input\/output|I\/O) error/i;

/** A decoder that needs another packet first. */
const NEEDS_ANOTHER_PACKET = /^.*\bdecod.*: Resource temporarily unavailable$/gm;

/** An I/O error counts here, because this process delivers the input and knows of all others: demuxers say it of damaged content. */
const UNDECODABLE =
  /(?:Input\/output|I\/O) error|Error during demuxing|Invalid data found when processing input|moov atom not found|Error while decoding|Decoding error|Decode error rate|submitting packet to decoder|Picture size \S+ is invalid|not on whitelist|could not find codec parameters|Unknown decoder|Decoder .* not found|no decoder found|no frame!|Invalid NAL|Conversion failed/im;

/** Signals by which the system ends a program for what it does itself. */
const CRASHES: readonly NodeJS.Signals[] = ["SIGSEGV", "SIGABRT", "SIGBUS", "SIGFPE", "SIGILL"];

/** The error for a program that failed. Its class shows whether another attempt may succeed. */
export function failureError(subject: string, exit: ProgramExit): Error {
  const { program, signal, code, stderr } = exit;
  if (signal) {
    const memory = signal === "SIGKILL" ? " The usual reason is too little memory for the job." : "";
    const message = `${program} was ended by ${signal}.${memory}`;
    return CRASHES.includes(signal) ? new ProgramCrash(message) : new JobError(message);
  }
  const reason = lastCause(stderr);
  if (reason === undefined) return new JobError(`${program} failed with exit code ${code}.`);
  if (isTransient(stderr)) return new JobError(`${program} failed: ${transientCause(stderr)}`);
  if (UNDECODABLE.test(stderr)) return new InputError(`${subject} can't be decoded: ${withFullStop(reason)}`);
  return new JobError(`${program} failed with exit code ${code}: ${withFullStop(reason)}`);
}

/** Throws if the machine interrupted reading the file, or nobody knows why it ended, so that what was read proves nothing about it. */
export function assertNotInterrupted(name: string, exit: ProgramExit): void {
  const { signal, code, stderr } = exit;
  if (signal || (code !== 0 && lastCause(stderr) === undefined)) throw failureError(name, exit);
  if (isTransient(stderr)) throw new JobError(`Reading ${name} failed: ${transientCause(stderr)}`);
}

/** Throws unless the program has read all that it was to read. */
export function assertReadWhole(name: string, exit: ProgramExit): void {
  assertNotInterrupted(name, exit);
  if (exit.code !== 0) throw failureError(name, exit);
}

/** What ffmpeg calls a source, whose own name may read like an error. */
const SOURCE_NAME = /\b(?:s3|file):\/\/.*\.\w{2,5}(?=[\s:.,'"]|$)/gim;

/** Whether an error of the machine was reported, so that a short output proves nothing about the input. */
export function isTransient(stderr: string): boolean {
  return TRANSIENT.test(stderr.replaceAll(NEEDS_ANOTHER_PACKET, "").replaceAll(SOURCE_NAME, ""));
}

/** The last error of the machine, as a sentence. */
function transientCause(stderr: string): string {
  const lines = linesOf(stderr).filter(isTransient).join("\n");
  return withFullStop(lastCause(lines) ?? lastCause(stderr) ?? "no reason was given");
}

/** The first error, which caused the others, without the component of ffmpeg that reported it and without a full stop. */
export function firstError(stderr: string): string {
  const lines = linesOf(stderr);
  const first = lines.find((line) => !CONSEQUENCE.test(line)) ?? lines[0] ?? "";
  return first.replace(/^(?:\[[^\]]*\]\s*)+/, "").replace(/\.$/, "");
}

/** Lines that only follow from a cause named before. Those of ending threads, in ffmpeg 7 and later, come in any order. */
const CONSEQUENCE =
  /^(?:Conversion failed!?|Exiting normally.*|Output file is empty.*|Video encoding failed|Error (?:opening|while) filter(?:s!|ing.*))$|Error (?:opening (?:in|out)put files?\b|initializing output stream|reinitializing filters|while opening (?:en|de)coder|sending frames to consumers|marking filters as finished|while processing the decoded data|muxing a packet$)|Failed to inject frame|Task finished with error code|Terminating thread with return code|Could not open encoder before EOF|Cannot determine format of input|Decode error rate|Nothing was written into output file|submitting video frame to the encoder|Generic error in an external library|(?:^|: )Invalid argument$/;

/** The component that reported an error, unless it adds information, as codecs do. */
const COMPONENT = /^(?:\[(?:in|out|[a-z]{2,4}(?:#|:))[^\]]*\] *)+/;

/** What ffmpeg was doing when the system or a library reported an error, which each version words differently. */
const ACTIVITY =
  /^(?:Error (?:opening input|during demuxing|closing file(?: \S+)?|writing trailer(?: of \S+)?|while decoding stream \S+|(?:submitting|processing) (?:a )?packet (?:to|in) (?:the )?(?:decoder|muxer))|Decoding error|av_interleaved_write_frame\(\)|Could not write header.*|(?:file|s3|http|pipe):.*): +(?=\S)/;

/** The last line that names a cause, reduced to what is the same in every version of ffmpeg. */
export function lastCause(text: string): string | undefined {
  const lines = linesOf(text);
  const cause = lines.findLast((line) => !CONSEQUENCE.test(line)) ?? lines.at(-1);
  return cause?.replace(COMPONENT, "").replace(ACTIVITY, "");
}

/** ffmpeg counts repetitions of a line in place of writing it again. */
const REPETITION = /^Last message repeated \d+ times?$/;

function linesOf(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.replace(/ @ 0x[0-9a-f]+/g, "").trim())
    .filter((line) => line !== "" && !REPETITION.test(line));
}

export function withFullStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
