/** The elements of a frame (ISO 14496-3, 4.4.2.1): one channel, two of them, the low frequencies, and what is no sound. */
export const [SINGLE, PAIR] = [0, 1] as const;
const [LOW, DATA, FILL] = [3, 4, 6] as const;

/** Bytes of a frame that aren't all zero, unless it has been overwritten. */
const NOT_EMPTY = 8;

/** The first element with sound. Undefined where something else comes first that can't be passed over, and in frames without contents. */
export function firstElement(frame: Buffer): number | undefined {
  if (frame.subarray(0, NOT_EMPTY).every((byte) => byte === 0)) return undefined;
  let at = 0;
  const bits = (count: number): number => {
    let value = 0;
    for (const end = at + count; at < end; at++) value = value * 2 + (((frame[at >> 3] ?? 0xff) >> (7 - (at & 7))) & 1);
    return value;
  };
  while (at < frame.length * 8) {
    const element = bits(3);
    if (element === SINGLE || element === PAIR || element === LOW) return element;
    if (element === FILL) {
      const count = bits(4);
      const total = count === 15 ? count + bits(8) - 1 : count;
      at += 8 * total;
    } else if (element === DATA) {
      at += 4;
      const aligned = bits(1) === 1;
      const count = bits(8);
      const total = count === 255 ? count + bits(8) : count;
      at = (aligned ? Math.ceil(at / 8) * 8 : at) + 8 * total;
    } else return undefined;
  }
  return undefined;
}
