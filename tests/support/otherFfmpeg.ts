import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { pathOf } from "../../worker/ffmpeg/program";

/** Those that the tests run with, before any of them takes another one. */
const REAL = { ffmpeg: pathOf("ffmpeg"), ffprobe: pathOf("ffprobe") };

/** Stands in for the real program, which the script knows as `$real`. */
export async function wrapped(
  directory: string,
  name: string,
  script: string,
  program: keyof typeof REAL = "ffmpeg",
): Promise<string> {
  const file = join(directory, name);
  await writeFile(file, `#!/bin/bash\nreal="${REAL[program]}"\n${script}\n`, { mode: 0o755 });
  return file;
}

/** What asks an ffmpeg what it is: the lists, and the trial picture. All else is work. */
const QUESTIONS = "-version|-codecs|-filters|*color=s=64x64*";

/**
 * One that calls itself otherwise. What it encodes is the same, but nobody can know that.
 *
 * @param libavcodec As the program prints it: `58. 91.100`.
 */
export function called(directory: string, version: string, libavcodec?: string): Promise<string> {
  const library = libavcodec === undefined ? "" : `; s|^( *libavcodec ).*|\\1 ${libavcodec} / ${libavcodec}|`;
  const sed = `sed -E 's|^(ff[a-z]+ version) [^ ]+|\\1 ${version}|${library}'`;
  const asked = `"$real" "$@" 2> >(${sed} >&2) | ${sed}; exit "\${PIPESTATUS[0]}"`;
  return wrapped(directory, `ffmpeg-${version}`, `case "$*" in ${QUESTIONS}) ${asked};; esac\nexec "$real" "$@"`);
}

/** One that was built without an encoder or a filter: it doesn't list it, and fails when it is asked for it. */
export function without(directory: string, name: string): Promise<string> {
  return wrapped(
    directory,
    `ffmpeg-without-${name}`,
    `case "$1" in -codecs|-filters) "$real" "$@" | sed -E 's/\\b${name}\\b//g'; exit;; esac
exec "$real" "\${@//${name}/${name}-which-is-missing}"`,
  );
}
