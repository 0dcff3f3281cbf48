/** What a frame begins with, behind its size. Matroska leaves both out. */
const FRAME = "icpf";
const FRAME_PREFIX = 8;

/** Bytes up to the end of a picture's header, at least. */
const PICTURE_HEADER = 8;

/** Where the components of slices end in a frame of ProRes, behind which encoders may put zeros (SMPTE RDD 36, 5.3). */
export function proresComponentEnds(frame: Buffer): Set<number> {
  const ends = new Set<number>();
  let at = frame.toString("latin1", 4, FRAME_PREFIX) === FRAME ? FRAME_PREFIX : 0;
  if (at + 2 > frame.length) return ends;
  at += frame.readUInt16BE(at);
  // A frame has one picture, or one of each field.
  while (at + PICTURE_HEADER <= frame.length) {
    const size = frame.readUInt32BE(at + 1);
    if (size < PICTURE_HEADER) break;
    addPicture(ends, frame, at);
    at += size;
    ends.add(at);
  }
  return ends;
}

function addPicture(ends: Set<number>, frame: Buffer, picture: number): void {
  const table = picture + ((frame[picture] as number) >> 3);
  const slices = frame.readUInt16BE(picture + 5);
  let slice = table + 2 * slices;
  for (let index = 0; index < slices && slice + 6 <= frame.length; index++) {
    const [luma, blue] = [frame.readUInt16BE(slice + 2), frame.readUInt16BE(slice + 4)];
    const header = (frame[slice] as number) >> 3;
    const red = header > 6 && slice + 8 <= frame.length ? frame.readUInt16BE(slice + 6) : 0;
    let end = slice + header;
    for (const size of [luma, blue, red]) ends.add((end += size));
    slice += frame.readUInt16BE(table + 2 * index);
    ends.add(slice);
  }
}
