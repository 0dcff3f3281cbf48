/**
 * Decoding times for pictures that are given in decoding order with the times at which they are shown.
 *
 * The plan fixes when a picture is shown; when it is decoded is ours to choose, and an encoder's own choice does not
 * join across chunks when the frame rate varies. Shown times in increasing order, moved back by one delay that is the
 * same in every chunk, do: the first decoding time of a chunk is exactly `start - delay`, the last is before
 * `end - delay`, and with a constant frame rate all steps are equal. Where a long pause would have a picture decoded
 * after it is shown, it is decoded just before instead.
 *
 * @param shown Times in decoding order, all different, none reordered by more than `delay` positions' worth of ticks.
 */
export function decodingTimes(shown: readonly number[], delay: number): number[] {
  const inOrder = Float64Array.from(shown).sort();
  const times = new Array<number>(shown.length);
  let next = Infinity;
  for (let index = shown.length - 1; index >= 0; index--) {
    next = Math.min((inOrder[index] as number) - delay, shown[index] as number, next - 1);
    times[index] = next;
  }
  return times;
}

/**
 * The same for the GOP that a track begins with: decoding begins as its first picture is shown, and the pictures that the
 * delay would put before that are decoded in quick succession. Players that count from the first decoding time find
 * nothing missing at the beginning, and no time has to be negative. Where there are too few ticks or pictures for it, the
 * GOP is decoded like any other.
 *
 * @param end When the first picture of the next GOP is shown.
 */
export function openingTimes(shown: readonly number[], end: number, delay: number): number[] {
  const times = decodingTimes(shown, delay);
  const [start = 0, second = end] = Float64Array.from(shown).sort();
  const early = times.filter((time) => time <= start).length;
  const until = Math.min(second, times[early] ?? end - delay);
  if (until - start < early) return times;
  return times.map((time, index) => (index < early ? start + Math.floor(((until - start) * index) / early) : time));
}
