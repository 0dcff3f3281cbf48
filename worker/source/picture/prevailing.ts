/**
 * Which of several ways a video is in for the longest time, however often it changes. Undefined if there are none. Of two that last equally
 * long, the one that `prefers` ranks higher.
 *
 * @param changes The ways, and the timestamps from which on the video is in them.
 * @param end When the video ends.
 */
export function prevailing<Way extends { from: number }>(
  changes: readonly Way[],
  end: number,
  prefers: (way: Omit<Way, "from">) => number = () => 0,
): Omit<Way, "from"> | undefined {
  const shown = new Map<string, { ticks: number; way: Omit<Way, "from"> }>();
  for (const [index, { from, ...way }] of changes.entries()) {
    const ticks = (changes[index + 1]?.from ?? end) - from;
    const key = JSON.stringify(way);
    shown.set(key, { ticks: (shown.get(key)?.ticks ?? 0) + ticks, way });
  }
  const [longest] = [...shown.values()].sort((a, b) => b.ticks - a.ticks || prefers(b.way) - prefers(a.way));
  return longest?.way;
}
