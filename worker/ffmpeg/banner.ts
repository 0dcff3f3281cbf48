/** What ffmpeg and ffprobe say of themselves, at the beginning of whatever they print. */
export interface Banner {
  /** As the build calls itself: `5.1.9-0+deb12u1`, `n8.1.2`, `N-109542-gb9ba1a0`. */
  version: string;
  /** Of the library that is in use, for example `59.37.100`. Builds between releases have no other number that can be compared. */
  libavcodec: string;
}

/** Nothing when it is not the text of an ffmpeg or ffprobe. */
export function bannerIn(text: string): Banner | undefined {
  const version = /^\s*ff(?:mpeg|probe) version (\S+)/m.exec(text)?.[1];
  // The first number is of the headers that it was built with.
  const libavcodec = /^\s*libavcodec .*\/\s*(\d+)\.\s*(\d+)\.\s*(\d+)\s*$/m.exec(text);
  return version === undefined || !libavcodec ? undefined : { version, libavcodec: libavcodec.slice(1).join(".") };
}

export const OLDEST = "5.1";
/** The libavcodec of that release. */
const OLDEST_LIBRARY = [59, 37] as const;

export function isSupported({ libavcodec }: Pick<Banner, "libavcodec">): boolean {
  const [major = 0, minor = 0] = libavcodec.split(".").map(Number);
  return major > OLDEST_LIBRARY[0] || (major === OLDEST_LIBRARY[0] && minor >= OLDEST_LIBRARY[1]);
}
