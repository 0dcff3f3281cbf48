import type { Plan } from "../../../contract/plan";
import { outputDescriptor } from "../../ffmpeg/run";
import { gopOf } from "./keyframes";

/**
 * SVT-AV1 takes no requests for keyframes through the ffmpeg that we have: it makes one every so many pictures. So each
 * GOP is filled up to that number by showing its last picture again. An AV1 stream can be cut after any picture, so what
 * the repetitions became is left out of the result, and the keyframes are where every other encoder has them.
 */
export interface GopGrid {
  /** In each GOP. */
  pictures: number;
  /** Of what is encoded, in pictures per second as a fraction: so many that a full GOP lasts as long as it should. */
  rate: readonly [numerator: number, denominator: number];
}

/** Enough for a GOP at the nominal rate, and never so few that there is little to be predicted from. */
const FEWEST = 8;

/** Per second, which is the encoder's limit. A GOP with more than these gets a keyframe more. */
const MOST = 240;

/** Ticks per second in which places are told apart, at least. */
const PRECISION = 90_000;

export function gopGrid({ source, gopSeconds, gopPictures = 0 }: Plan): GopGrid {
  const nominal = Math.ceil((gopSeconds * source.frameRate[0]) / source.frameRate[1]);
  const pictures = Math.min(MOST * gopSeconds, Math.max(nominal, gopPictures));
  return {
    pictures: Math.max(FEWEST, pictures),
    rate: pictures === nominal ? source.frameRate : [pictures, gopSeconds],
  };
}

/**
 * Writes the time of every picture to ffmpeg's second output, puts them on places that are numbered through, at a constant
 * rate, and fills the gaps between GOPs.
 */
export function gridFilters(plan: Plan, { pictures, rate: [numerator, denominator] }: GopGrid): string[] {
  const { timescale } = plan.timeline;
  const [own, before] = [gopOf(plan, "PTS*TB"), gopOf(plan, "PREV_INPTS*TB")];
  const next = `if(eq(${own},${before}),ld(0)+1,${pictures}*(floor(ld(0)/${pictures})+1))`;
  return [
    "metadata=mode=add:key=shown:value=1",
    `metadata=mode=print:direct=1:file=pipe\\\\:${outputDescriptor(1)}`,
    `settb=1/${timescale * Math.ceil(PRECISION / timescale)}`,
    `setpts='st(0,if(eq(N,0),0,${next}));round(ld(0)*${denominator}/${numerator}/TB)'`,
    `fps=${numerator}/${denominator}`,
    // One picture more, which is taken out like the repetitions: of none at all, older versions of SVT-AV1 wait for ever.
    "tpad=stop=1",
  ];
}

/** The places of pictures by the times at which they are shown, in ticks: the same arithmetic as the filters have. */
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
