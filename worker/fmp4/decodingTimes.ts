/**
 * Chooses decoding times for pictures in decoding order, given the times at which they are shown.
 *
 * Shown times are fixed, but decoding times can be chosen, and an encoder's choice does not join across chunks if the frame
 * rate varies. Shown times in increasing order, moved back by the same delay in every chunk, do join: the first decoding time
 * of a chunk is exactly `start - delay`, the last is before `end - delay`, and with a constant frame rate all steps are equal.
 * If a long pause would put a picture's decoding after its shown time, it is decoded just before that time instead.
 *
 * @param shown Times in decoding order, all different, none reordered by more ticks than `delay`.
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
 * The same for the first GOP of a track: decoding begins when its first picture is shown, and the pictures that the delay
 * would put before that are decoded in quick succession. Players that count from the first decoding time then miss nothing at
 * the beginning, and no time has to be negative. If there are too few ticks or pictures for that, the GOP is decoded like any
 * other.
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
