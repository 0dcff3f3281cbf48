import type { Fit } from "./shape";
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

/** That of JPEG, in the full range. */
const BT601: Coding = { ...BT709, matrix: "smpte170m" };

const CODINGS: Record<RenditionColour["range"], Coding> = {
  SDR: BT709,
  PQ: { matrix: "bt2020nc", primaries: "bt2020", transfer: "smpte2084" },
  HLG: { matrix: "bt2020nc", primaries: "bt2020", transfer: "arib-std-b67" },
};

/** Scales pictures and brings their colours to what the rendition has, which they are then marked with. */
export function colourFilters(source: SourceColour | undefined, rendition: PlanRendition, shape?: string): string[] {
  const { width, pictureHeight: height, colour } = rendition;
  const coding = CODINGS[colour?.range ?? "SDR"];
  const format = colour?.bitDepth === 10 ? tenBits(rendition) : "yuv420p";
  return [
    ...coded(source, coding, { width, height, shape }, format),
    ...marked(coding, false),
    // Newer encoders would copy these of each picture; what holds for the rendition is told to them by its plan.
    ...(source && source.transfer !== "bt709" ? DISPLAY_DATA.map((type) => `sidedata=mode=delete:type=${type}`) : []),
  ];
}

/** For a JPEG: the pictures of an SDR rendition in the coding that JPEG has. */
export function jpegFilters(source: SourceColour | undefined, size: Fit): string[] {
  return [
    ...coded(source, BT709, size, "yuv420p"),
    colorspace(BT709, BT601, "pc"),
    // With a format of its own for the full range, whose black is that of empty places on a sheet.
    "format=yuvj420p",
    "setsar=1",
  ];
}

const DISPLAY_DATA = ["MASTERING_DISPLAY_METADATA", "CONTENT_LIGHT_LEVEL", "DYNAMIC_HDR_PLUS"];

/** GPUs take the same pictures with their colours interleaved. */
function tenBits({ encoder }: PlanRendition): string {
  return encoder === "nvenc" ? "p010le" : "yuv420p10le";
}

/** Pictures of one size, between bars where their shape is another, in the limited range of the coding. */
function coded(source: SourceColour | undefined, target: Coding, size: Fit, format: string): string[] {
  if (!source) return [scaled(size), `format=${format}`, barred(size)];
  const { filters, coding } = resized(source, target, size);
  const before = [...marked(source, source.fullRange), ...filters];
  if (coding.matrix === target.matrix && coding.primaries === target.primaries) {
    return [...before, `format=${format}`, barred(size)];
  }
  const between = source.bitDepth > 8 || format !== "yuv420p" ? "yuv420p10le" : "yuv420p";
  // Bars come first: it takes pictures of one size only.
  const recoded = [`format=${between}`, barred(size), colorspace(coding, target, "tv")];
  return [...before, ...recoded, ...(between === format ? [] : [`format=${format}`])];
}

/** The size that pictures get, and how their colours are coded after that. */
function resized(source: SourceColour, target: Coding, size: Fit): { filters: string[]; coding: Coding } {
  if (source.transfer !== target.transfer) return { filters: toneMapped(source, size), coding: target };
  const { matrix, primaries } = source;
  const isConvertible = target === BT709 ? GAMUTS.includes(primaries) : primaries === target.primaries;
  if (!isConvertible || !SWSCALE_MATRICES.includes(matrix)) {
    const { w, h } = ownShape(size);
    const filter = `zscale=w=${w}:h=${h}:filter=bicubic:${zscaleCoding(target)}:range=limited`;
    return { filters: [filter], coding: target };
  }
  const after = matrix === "gbr" || target !== BT709 ? target.matrix : matrix;
  const change = after === matrix ? "" : `:out_color_matrix=${swscaleMatrix(after)}`;
  return { filters: [`${scaled(size)}${change}:out_range=tv`], coding: { ...source, matrix: after } };
}

/**
 * From the limited range of one coding of SDR to another one, with the same result in every version of ffmpeg: from 5 to 9,
 * `scale` changed how it converts matrices, and in 5 it gets lines wrong where two of its threads meet, while what `zscale` does with
 * colours outside a gamut depends on its library. Gamuts are converted in the light of a usual display.
 */
function colorspace(from: Coding, to: Coding, range: "tv" | "pc"): string {
  return [
    `colorspace=ispace=${from.matrix}:iprimaries=${from.primaries}:itrc=gamma22:irange=tv`,
    `space=${to.matrix}:primaries=${to.primaries}:trc=gamma22:range=${range}`,
  ].join(":");
}

/** That `colorspace` knows; its numbers have no room for those of SMPTE ST 428. */
const GAMUTS = [
  ...["bt709", "bt470m", "bt470bg", "smpte170m", "smpte240m", "film"],
  ...["bt2020", "smpte431", "smpte432", "ebu3213", "jedec-p22"],
];

/** For `zscale`, whose expressions know no times. */
function ownShape({ width, height }: Fit): { w: string; h: string } {
  return fitted({ width, height });
}

/** In linear light, where a curve bends what is brighter than a white page, and leaves what is darker nearly alone. */
function toneMapped(source: SourceColour, size: Fit): string[] {
  const { light, mastering } = source;
  const peak = light?.content ?? (mastering ? mastering.luminance[1] / 10_000 : USUAL_PEAK);
  const { w, h } = ownShape(size);
  const bounded = Math.min(10_000, Math.max(1.5 * REFERENCE_WHITE, peak));
  return [
    `zscale=w=${w}:h=${h}:filter=bicubic:transfer=linear:npl=${REFERENCE_WHITE}`,
    "format=gbrpf32le",
    "zscale=primaries=bt709",
    // Desaturating what is bright makes it brighter in ffmpeg 6 and later, and does nothing before.
    `tonemap=mobius:desat=0:peak=${(bounded / REFERENCE_WHITE).toFixed(4)}`,
    "zscale=transfer=bt709",
    // Whole numbers hold nothing outside the gamut, of which versions of the library make different colours.
    "format=gbrp16le",
    "zscale=matrix=bt709:range=limited",
  ];
}

function zscaleCoding({ matrix, primaries, transfer }: Coding): string {
  return `matrix=${matrix}:primaries=${primaries}:transfer=${transfer}`;
}

/** That ffmpeg's own scaler knows, which is several times as fast as `zscale`. */
const SWSCALE_MATRICES = ["gbr", "bt709", "fcc", "bt470bg", "smpte170m", "smpte240m", "bt2020nc"];

function swscaleMatrix(matrix: string): string {
  return matrix === "bt2020nc" ? "bt2020" : matrix;
}

function marked({ matrix, primaries, transfer }: Coding, fullRange: boolean): string[] {
  return [
    `setparams=range=${fullRange ? "pc" : "tv"}:color_primaries=${primaries}:color_trc=${transfer}:colorspace=${matrix}`,
  ];
}
