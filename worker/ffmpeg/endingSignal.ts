/** What a shell script around a program exits with when the program is killed: 128 and the number of the signal. */
const KILLED_IN_SHELL: Record<number, NodeJS.Signals> = {
  134: "SIGABRT",
  137: "SIGKILL",
  139: "SIGSEGV",
  143: "SIGTERM",
};

/** ffmpeg's exit code after SIGTERM or SIGINT, at which it ends its output as if the input ended there. */
const STOPPED = 255;

/** Since version 7 ffmpeg's exit code may also be the last byte of an error number, which is -1 here. */
const SAME_BYTE = /Operation not permitted/;

/** The signal that ended a program, also where only its exit code shows that. */
export function endingSignal(
  program: string,
  { code, signal, stderr }: { code: number | null; signal: NodeJS.Signals | null; stderr: string },
): NodeJS.Signals | null {
  if (signal !== null || code === null) return signal;
  if (program === "ffmpeg" && code === STOPPED && !SAME_BYTE.test(stderr)) return "SIGTERM";
  return KILLED_IN_SHELL[code] ?? null;
}
