import type { Size } from "./shape";
import { barred, fitted, scaled } from "./shape";
import type { PlanRendition, RenditionColour, SourceColour } from "../../contract/plan";

/** Luminance of a white page in HDR, which becomes nearly the white of SDR (ITU-R BT.2408). */
const REFERENCE_WHITE = 203;

/** Of the brightest pixel where a source does not say it: what most are graded for, and what HLG is defined by. */
const USUAL_PEAK = 1000;

/** How colours are written down, in ffmpeg's words. */
interface Coding {
  matrix: string;
  primaries: string;
  transfer: string;
}

const BT709: Coding = { matrix: "bt709", primaries: "bt709", transfer: "bt709" };

const CODINGS: Record<RenditionColour["range"], Coding> = {
  SDR: BT709,
  PQ: { matrix: "bt2020nc", primaries: "bt2020", transfer: "smpte2084" },
  HLG: { matrix: "bt2020nc", primaries: "bt2020", transfer: "arib-std-b67" },
};

/** Scales pictures and brings their colours to what the rendition has, which they are then marked with. */
export function colourFilters(source: SourceColour | undefined, rendition: PlanRendition): string[] {
  const { width, pictureHeight: height, colour } = rendition;
  const size = { width, height };
  const format = colour?.bitDepth === 10 ? tenBits(rendition) : "yuv420p";
  const coding = CODINGS[colour?.range ?? "SDR"];
  return [
    ...(source ? converted(source, coding, size) : [scaled(size)]),
    `format=${format}`,
    barred(size),
    ...marked(coding, false),
    // Newer encoders would copy these of each picture; what holds for the rendition is told to them by its plan.
    ...(source && source.transfer !== "bt709" ? DISPLAY_DATA.map((type) => `sidedata=mode=delete:type=${type}`) : []),
  ];
}

/** For a JPEG, which has SDR in the full range of BT.601. */
export function jpegFilters(source: SourceColour | undefined, size: Size): string[] {
  const before = source ? converted(source, BT709, size) : [...marked(BT709, false), scaled(size)];
  return [...before, barred(size), "scale=out_color_matrix=smpte170m:out_range=pc", "setsar=1"];
}

const DISPLAY_DATA = ["MASTERING_DISPLAY_METADATA", "CONTENT_LIGHT_LEVEL", "DYNAMIC_HDR_PLUS"];

/** GPUs take the same pictures with their colours interleaved. */
function tenBits({ encoder }: PlanRendition): string {
  return encoder === "nvenc" ? "p010le" : "yuv420p10le";
}

function converted(source: SourceColour, target: Coding, size: Size): string[] {
  const before = marked(source, source.fullRange);
  if (source.transfer !== target.transfer) return [...before, ...toneMapped(source, size)];
  if (source.primaries === target.primaries && SWSCALE_MATRICES.includes(source.matrix)) {
    const matrix = source.matrix === target.matrix ? "" : `:out_color_matrix=${swscaleMatrix(target.matrix)}`;
    return [...before, `${scaled(size)}${matrix}:out_range=tv`];
  }
  const { w, h } = fitted(size);
  return [...before, `zscale=w=${w}:h=${h}:filter=bicubic:${zscaleCoding(target)}:range=limited`];
}

/** In linear light, where a curve bends what is brighter than a white page, and leaves what is darker nearly alone. */
function toneMapped(source: SourceColour, size: Size): string[] {
  const { light, mastering } = source;
  const peak = light?.content ?? (mastering ? mastering.luminance[1] / 10_000 : USUAL_PEAK);
  const { w, h } = fitted(size);
  const bounded = Math.min(10_000, Math.max(1.5 * REFERENCE_WHITE, peak));
  return [
    `zscale=w=${w}:h=${h}:filter=bicubic:transfer=linear:npl=${REFERENCE_WHITE}`,
    "format=gbrpf32le",
    "zscale=primaries=bt709",
    // Desaturating what is bright makes it brighter in ffmpeg 6 and later, and does nothing before.
    `tonemap=mobius:desat=0:peak=${(bounded / REFERENCE_WHITE).toFixed(4)}`,
    `zscale=${zscaleCoding(BT709)}:range=limited`,
  ];
}

function zscaleCoding({ matrix, primaries, transfer }: Coding): string {
  return `matrix=${matrix}:primaries=${primaries}:transfer=${transfer}`;
}

/** That ffmpeg's own scaler knows, which is several times as fast and converts no gamut. */
const SWSCALE_MATRICES = ["gbr", "bt709", "fcc", "bt470bg", "smpte170m", "smpte240m", "bt2020nc"];

function swscaleMatrix(matrix: string): string {
  return matrix === "bt2020nc" ? "bt2020" : matrix;
}

function marked({ matrix, primaries, transfer }: Coding, fullRange: boolean): string[] {
  return [
    `setparams=range=${fullRange ? "pc" : "tv"}:color_primaries=${primaries}:color_trc=${transfer}:colorspace=${matrix}`,
  ];
}
