/** The size of a picture whose content nobody sees, in ffmpeg's smallest format: 2×2 pixels. */
const PICTURE = Buffer.alloc(6);

/**
 * A video of empty pictures at given times, as an IVF file. It tells ffmpeg when to show pictures: the filters that follow repeat another
 * video's at these times.
 *
 * @param times In units of the time base.
 */
export function* clockVideo(
  times: Iterable<number>,
  [numerator, denominator]: readonly [number, number],
): Generator<Buffer> {
  const header = Buffer.alloc(32);
  header.write("DKIF");
  header.writeUInt16LE(header.length, 6);
  header.write("I420", 8);
  header.writeUInt16LE(2, 12);
  header.writeUInt16LE(2, 14);
  header.writeUInt32LE(denominator, 16);
  header.writeUInt32LE(numerator, 20);
  yield header;
  for (const time of times) {
    const before = Buffer.alloc(12);
    before.writeUInt32LE(PICTURE.length);
    before.writeBigInt64LE(BigInt(time), 4);
    yield Buffer.concat([before, PICTURE]);
  }
}
