/** The keys of what is to be skipped, and of pictures without the numbers of their streams (SMPTE ST 377-1 and 379-1). */
const FILL = Buffer.from("060e2b34010101020301021001000000", "hex");
const PICTURE = Buffer.from("060e2b34010201010d01030115", "hex");

/** Where each picture of an MXF begins, its key and length included, and where it ends. */
function picturesOf(bytes: Buffer): { from: number; to: number }[] {
  const pictures: { from: number; to: number }[] = [];
  for (let from = 0; from < bytes.length;) {
    const at = from + FILL.length;
    const first = bytes[at]!;
    const further = first < 0x80 ? 0 : first - 0x80;
    const to = at + 1 + further + (further === 0 ? first : bytes.readUIntBE(at + 1, further));
    if (bytes.indexOf(PICTURE, from) === from) pictures.push({ from, to });
    from = to;
  }
  return pictures;
}

/** The file with something to skip in place of a picture. */
export function withFilledPicture(bytes: Buffer, number: number): Buffer {
  const changed = Buffer.from(bytes);
  FILL.copy(changed, picturesOf(bytes)[number]!.from);
  return changed;
}

export function withoutPicture(bytes: Buffer, number: number): Buffer {
  const { from, to } = picturesOf(bytes)[number]!;
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
}
