/** What jobs find programs and credentials with. Everything else of the user's environment stays out, as in a container. */
const KEPT = ["PATH", "HOME", "LANG", "FFMPEG_PATH", "FFPROBE_PATH"];

export function baseEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) => KEPT.includes(name) || (name.startsWith("AWS_") && !name.startsWith("AWS_BATCH_")),
  );
  return Object.fromEntries(kept) as Record<string, string>;
}
