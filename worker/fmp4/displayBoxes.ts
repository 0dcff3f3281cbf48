import { box, boxesIn, fullBox, replaceBox, uint16, uint32 } from "./boxes";
import { ENTRY_FIELDS } from "./initSegment";

/** The display that pictures were graded on, and how bright they are in cd/m². */
export interface DisplayMetadata {
  mastering?: MasteringDisplay;
  light?: { content: number; average: number };
}

/** As in SMPTE ST 2086: chromaticities in units of 0.00002, luminances in units of 0.0001 cd/m². */
export interface MasteringDisplay {
  red: [x: number, y: number];
  green: [x: number, y: number];
  blue: [x: number, y: number];
  white: [x: number, y: number];
  luminance: [min: number, max: number];
}

/** Replaces the boxes about the display in the sample entry of a video track. */
export function withDisplayBoxes(init: Buffer, added: readonly Buffer[]): Buffer {
  if (added.length === 0) return init;
  return replaceBox(init, ["moov", "trak", "mdia", "minf", "stbl", "stsd"], (stsd) => {
    const [entry, ...others] = boxesIn(stsd.payload.subarray(8));
    if (!entry) throw new Error("The initialisation segment describes no samples.");
    const fields = entry.payload.subarray(0, ENTRY_FIELDS.video);
    const kept = boxesIn(entry.payload.subarray(ENTRY_FIELDS.video)).filter(
      ({ type }) => !DISPLAY_TYPES.includes(type),
    );
    const extended = box(entry.type, fields, ...kept.map(({ bytes }) => bytes), ...added);
    return box("stsd", stsd.payload.subarray(0, 8), extended, ...others.map(({ bytes }) => bytes));
  });
}

const DISPLAY_TYPES = ["mdcv", "clli", "SmDm", "CoLL"];

/** The boxes of ISO/IEC 14496-12, 12.1.6 and 12.1.7. */
export function isoDisplayBoxes({ mastering, light }: DisplayMetadata): Buffer[] {
  return [
    ...(mastering ? [masteringBox(mastering)] : []),
    ...(light ? [box("clli", uint16(light.content, light.average))] : []),
  ];
}

function masteringBox({ red, green, blue, white, luminance: [min, max] }: MasteringDisplay): Buffer {
  return box("mdcv", uint16(...green, ...blue, ...red, ...white), uint32(max, min));
}

/** The same metadata in the boxes that VP codecs have for it, in other units. */
export function vpDisplayBoxes({ mastering, light }: DisplayMetadata): Buffer[] {
  return [
    ...(mastering ? [vpMasteringBox(mastering)] : []),
    ...(light ? [fullBox("CoLL", 0, 0, uint16(light.content, light.average))] : []),
  ];
}

/** Chromaticities have 16 bits after the point, luminances 8 and 14. */
function vpMasteringBox({ red, green, blue, white, luminance: [min, max] }: MasteringDisplay): Buffer {
  const points = [...red, ...green, ...blue, ...white].map((value) => Math.round((value / 50_000) * 0x10000));
  const [highest, lowest] = [Math.round((max / 10_000) * 0x100), Math.round((min / 10_000) * 0x4000)];
  return fullBox("SmDm", 0, 0, uint16(...points), uint32(highest, lowest));
}
