import { boxesIn } from "./boxes";

/** How colours are coded, in the numbers of `colr` (ISO/IEC 23091-2). */
export interface ColourInformation {
  primaries: number;
  transfer: number;
  matrix: number;
  fullRange: 0 | 1;
}

/** BT.709 has this number as primaries, as transfer characteristics and as matrix. */
export const BT709 = 1;

/** What the boxes of a sample entry say about colours; BT.709 in the limited range if they say nothing. */
export function colourInformation(boxes: Buffer): ColourInformation {
  const colr = boxesIn(boxes).find(
    ({ type, payload }) => type === "colr" && payload.toString("latin1", 0, 4) === "nclx",
  );
  if (!colr) return { primaries: BT709, transfer: BT709, matrix: BT709, fullRange: 0 };
  const { payload } = colr;
  const [primaries, transfer, matrix] = [payload.readUInt16BE(4), payload.readUInt16BE(6), payload.readUInt16BE(8)];
  return { primaries, transfer, matrix, fullRange: payload.readUInt8(10) & 0x80 ? 1 : 0 };
}
