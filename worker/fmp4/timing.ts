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
