import type { MasteringDisplay, Plan, PlanRendition, SourceColour } from "../../contract/plan";
import { box, boxesIn, fullBox, replaced, uint16, uint32 } from "./boxes";

/** Bytes of a picture's sample entry before the boxes in it (ISO/IEC 14496-12, 12.1.3). */
const ENTRY_FIELDS = 78;

/**
 * Says in the sample entry of an HDR rendition what display it was graded on and how bright it is, where the source
 * says so. ffmpeg writes there how the colours are coded, but not this.
 */
export function describedColour(init: Buffer, { source }: Plan, { colour, codec }: PlanRendition): Buffer {
  if (!colour || colour.range === "SDR" || !source.colour) return init;
  const added = displayBoxes(source.colour, codec === "vp9");
  if (added.length === 0) return init;
  return replaced(init, ["moov", "trak", "mdia", "minf", "stbl", "stsd"], (stsd) => {
    const [entry, ...others] = boxesIn(stsd.payload.subarray(8));
    if (!entry) throw new Error("The initialisation segment describes no samples.");
    const fields = entry.payload.subarray(0, ENTRY_FIELDS);
    const kept = boxesIn(entry.payload.subarray(ENTRY_FIELDS)).filter(({ type }) => !DISPLAY_TYPES.includes(type));
    const described = box(entry.type, fields, ...kept.map(({ bytes }) => bytes), ...added);
    return box("stsd", stsd.payload.subarray(0, 8), described, ...others.map(({ bytes }) => bytes));
  });
}

const DISPLAY_TYPES = ["mdcv", "clli", "SmDm", "CoLL"];

/** The same facts for VP9 in boxes of its own, whose units are others. */
function displayBoxes({ mastering, light }: SourceColour, vp9: boolean): Buffer[] {
  const boxes: Buffer[] = [];
  if (mastering) boxes.push(vp9 ? smpteDisplay(mastering) : masteringDisplay(mastering));
  if (light) {
    const content = uint16(light.content, light.average);
    boxes.push(vp9 ? fullBox("CoLL", 0, 0, content) : box("clli", content));
  }
  return boxes;
}

function masteringDisplay({ red, green, blue, white, luminance: [min, max] }: MasteringDisplay): Buffer {
  return box("mdcv", uint16(...green, ...blue, ...red, ...white), uint32(max, min));
}

/** Chromaticities in 16 bits after the point, luminances in 8 and 14. */
function smpteDisplay({ red, green, blue, white, luminance: [min, max] }: MasteringDisplay): Buffer {
  const points = [...red, ...green, ...blue, ...white].map((value) => Math.round((value / 50_000) * 0x10000));
  const [highest, lowest] = [Math.round((max / 10_000) * 0x100), Math.round((min / 10_000) * 0x4000)];
  return fullBox("SmDm", 0, 0, uint16(...points), uint32(highest, lowest));
}
