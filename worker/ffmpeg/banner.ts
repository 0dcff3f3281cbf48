/** The versions that ffmpeg and ffprobe print before anything else. */
export interface Banner {
  /** As the build states it: `5.1.9-0+deb12u1`, `n8.1.2`, `N-109542-gb9ba1a0`. */
  version: string;
  /** The version of the library in use, such as `59.37.100`: the only number that compares for builds between releases too. */
  libavcodec: string;
}

/** Returns undefined when the text is not from ffmpeg or ffprobe. */
export function parseBanner(text: string): Banner | undefined {
  const version = /^\s*ff(?:mpeg|probe) version (\S+)/m.exec(text)?.[1];
  // The first of the two versions is that of the headers it was built with.
  const libavcodec = /^\s*libavcodec .*\/\s*(\d+)\.\s*(\d+)\.\s*(\d+)\s*$/m.exec(text);
  return version === undefined || !libavcodec ? undefined : { version, libavcodec: libavcodec.slice(1).join(".") };
}

export const OLDEST_VERSION = "5.1";
/** The libavcodec of that release. */
const OLDEST_LIBAVCODEC = [59, 37] as const;

export function isSupported({ libavcodec }: Pick<Banner, "libavcodec">): boolean {
  const [major = 0, minor = 0] = libavcodec.split(".").map(Number);
  return major > OLDEST_LIBAVCODEC[0] || (major === OLDEST_LIBAVCODEC[0] && minor >= OLDEST_LIBAVCODEC[1]);
}
