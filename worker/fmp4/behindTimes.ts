/**
 * Where the field is that follows when something was made and changed, in the contents of a header: a track's identifier, or how many
 * ticks a second has. Version 1 writes the two times with eight bytes each.
 */
export function placeBehindTimes(header: Buffer): number {
  return header[0] === 1 ? 20 : 12;
}

export function numberBehindTimes(header: Buffer): number {
  return header.readUInt32BE(placeBehindTimes(header));
}
