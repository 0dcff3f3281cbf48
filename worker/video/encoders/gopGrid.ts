import type { Plan } from "../../../contract/plan";
import { outputDescriptor } from "../../ffmpeg/run";
import { gopNumber } from "./forceKeyframes";

/**
 * A fixed number of pictures for each GOP. ffmpeg can't force keyframes in SVT-AV1, which makes one every so many pictures. So
 * each GOP is filled up to that number by repeating its last picture. An AV1 stream can be cut after any picture, so the encoded
 * repetitions are left out of the result, and keyframes are where every other encoder has them.
 */
export interface GopGrid {
  /** Pictures in each GOP. */
  pictures: number;
  /** Pictures per second of the encoder's input, as a fraction: a full GOP lasts as long as it should. */
  rate: readonly [numerator: number, denominator: number];
}

/** With fewer pictures, an encoder would have little to predict from. */
const MIN_PICTURES = 8;

/** The encoder's limit. A GOP with more pictures gets another keyframe. */
const MAX_PICTURES_PER_SECOND = 240;

/**
 * Below half a picture per second, versions of SVT-AV1 up to that of ffmpeg 7.1 divide by the rate rounded to zero where there is a ceiling, and
 * end by SIGFPE. A GOP at a higher rate is filled up with more repetitions.
 */
const MIN_RATE = 1;

/** The minimum of ticks per second with which places are distinguished. */
const PRECISION = 90_000;

export function gopGrid({ source, gopSeconds, gopPictures = 0 }: Plan): GopGrid {
  const nominal = Math.ceil((gopSeconds * source.frameRate[0]) / source.frameRate[1]);
  const most = Math.min(MAX_PICTURES_PER_SECOND * gopSeconds, Math.max(nominal, gopPictures));
  const pictures = Math.max(MIN_PICTURES, MIN_RATE * gopSeconds, most);
  const isSlow = source.frameRate[0] < MIN_RATE * source.frameRate[1];
  return { pictures, rate: most === nominal && !isSlow ? source.frameRate : [pictures, gopSeconds] };
}

/**
 * Writes the time of every picture to ffmpeg's second output, moves pictures to consecutive places at a constant rate, and fills
 * the gaps between GOPs.
 */
export function gridFilters(plan: Plan, { pictures, rate: [numerator, denominator] }: GopGrid): string[] {
  const { timescale } = plan.timeline;
  const [own, before] = [gopNumber(plan, "PTS*TB"), gopNumber(plan, "PREV_INPTS*TB")];
  const next = `if(eq(${own},${before}),ld(0)+1,${pictures}*(floor(ld(0)/${pictures})+1))`;
  return [
    "metadata=mode=add:key=shown:value=1",
    `metadata=mode=print:direct=1:file=pipe\\\\:${outputDescriptor(1)}`,
    `settb=1/${timescale * Math.ceil(PRECISION / timescale)}`,
    `setpts='st(0,if(eq(N,0),0,${next}));round(ld(0)*${denominator}/${numerator}/TB)'`,
    `fps=${numerator}/${denominator}`,
    // One more picture, which is removed like the repetitions: older versions of SVT-AV1 never end without any picture.
    "tpad=stop=1",
  ];
}

/** Computes the places of pictures from their shown times in ticks, with the same arithmetic as the filters. */
export class Places {
  private place = 0;
  private gop: number | undefined;
  private readonly seconds: number;
  private readonly slack: number;

  constructor(
    private readonly plan: Pick<Plan, "gopSeconds" | "timeline">,
    private readonly grid: GopGrid,
  ) {
    this.seconds = 1 / plan.timeline.timescale;
    this.slack = 0.5 / plan.timeline.timescale;
  }

  next(shown: number): number {
    const gop = Math.floor((shown * this.seconds + this.slack) / this.plan.gopSeconds);
    const { pictures } = this.grid;
    if (this.gop !== undefined) {
      this.place = gop === this.gop ? this.place + 1 : pictures * (Math.floor(this.place / pictures) + 1);
    }
    this.gop = gop;
    return this.place;
  }
}
