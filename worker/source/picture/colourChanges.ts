import type { ColourChange } from "../../../contract/plan";
import type { ProbeStream } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";
import { changingColourError, manyColoursError } from "../refusals/colour";
import { codingOf, isHdr, isSameCoding, sourceColour } from "./colour";

/** More changes than any programme has. The plan has to hold them all. */
const MAX_CHANGES = 200;

/** What a picture says of its colours. */
export type PictureColour = Pick<
  ProbeStream,
  "pix_fmt" | "color_range" | "color_space" | "color_primaries" | "color_transfer"
>;

/** Collects how colours are coded from keyframe to keyframe. */
export class ColourChanges {
  readonly found: ColourChange[] = [];
  private first: { pts: number; coding: string; isHdr: boolean } | undefined;
  private readonly stream: ProbeStream;

  constructor(
    video: ProbeStream,
    private readonly name: string,
  ) {
    // What a picture leaves open is assumed by one size for all, but pictures may differ in their number of bits.
    this.stream = { ...video };
    delete this.stream.bits_per_raw_sample;
  }

  /** Takes a keyframe. Refuses it if HDR begins or ends there, or is coded in another way: a rendition has one dynamic range. */
  add(pts: number, picture: PictureColour): void {
    const own = { ...this.stream, ...picture };
    const coding = codingOf(own);
    this.first ??= { pts, coding, isHdr: isHdr(own) };
    const { first } = this;
    const hasHdr = first.isHdr || isHdr(own);
    if (hasHdr && coding !== first.coding) {
      const [numerator, denominator] = parseTimeBase(own);
      throw changingColourError(this.name, first.coding, coding, ((pts - first.pts) * numerator) / denominator);
    }
    const colour = sourceColour(own, []);
    const isOther = this.found.length === 0 || !isSameCoding(this.found.at(-1)?.colour, colour);
    if (!isOther || (hasHdr && this.found.length > 0)) return;
    if (this.found.length > MAX_CHANGES) throw manyColoursError(this.name, MAX_CHANGES);
    this.found.push({ from: pts, ...(colour ? { colour } : {}) });
  }
}
