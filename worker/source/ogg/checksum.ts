/** What of a page the checksum leaves out: itself. */
const [FROM, TO] = [22, 26];

/** A CRC of 32 bits that begins with 0 and isn't reflected (RFC 3533, 6). */
const POLYNOMIAL = 0x04c11db7;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 24;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder << 1) ^ (remainder < 0 ? POLYNOMIAL : 0);
  return remainder;
});

/** The checksum that a page should have. */
export function pageChecksum(page: Buffer): number {
  let sum = 0;
  for (let at = 0; at < page.length; at++) {
    const byte = at >= FROM && at < TO ? 0 : (page[at] as number);
    sum = (sum << 8) ^ (TABLE[(sum >>> 24) ^ byte] as number);
  }
  return sum >>> 0;
}
