import { BT709, type ColourInformation } from "../../fmp4/colourInformation";

/** Whether colours are BT.709 in the limited range, which players assume where a codec string names none. */
export function isBt709({ primaries, transfer, matrix, fullRange }: ColourInformation): boolean {
  return primaries === BT709 && transfer === BT709 && matrix === BT709 && fullRange === 0;
}

/** Primaries, transfer characteristics and matrix as fields of a codec string. */
export function colourFields({ primaries, transfer, matrix }: ColourInformation): string[] {
  return [primaries, transfer, matrix].map(twoDigits);
}

export function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
