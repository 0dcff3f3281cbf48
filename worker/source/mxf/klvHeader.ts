const KEY = 16;

/** Bytes of a key and of the length behind it, whose first byte counts those that follow it if it has its highest bit (SMPTE ST 336). */
export function klvHeaderBytes(head: Buffer): number {
  const length = head[KEY] ?? 0;
  return KEY + 1 + (length >= 0x80 ? length & 0x7f : 0);
}
