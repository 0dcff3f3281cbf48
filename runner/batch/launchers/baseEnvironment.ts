/** Variables to find programs and credentials. As in a container, jobs get no other variables of the user. */
const PASSED_ON = ["PATH", "HOME", "LANG", "FFMPEG_PATH", "FFPROBE_PATH"];

export function baseEnvironment(): Record<string, string> {
  const variables = Object.entries(process.env).filter(
    ([name]) => PASSED_ON.includes(name) || (name.startsWith("AWS_") && !name.startsWith("AWS_BATCH_")),
  );
  return Object.fromEntries(variables) as Record<string, string>;
}
