import type { Fit } from "./size";
import { fittedSize, padFilter, scaleFilter } from "./size";
import type { PlanRendition, RenditionColour, SourceColour } from "../../../contract/plan";

/** Luminance of a white page in HDR, which becomes nearly the white of SDR (ITU-R BT.2408). */
const REFERENCE_WHITE = 203;

/** Luminance of the brightest pixel where a source names none: most sources are graded for it, and HLG is defined by it. */
const DEFAULT_PEAK = 1000;

/** How colours are coded, in ffmpeg's names. */
interface Coding {
  matrix: string;
  primaries: string;
  transfer: string;
}

const BT709: Coding = { matrix: "bt709", primaries: "bt709", transfer: "bt709" };

/** The coding of JPEG, in the full range. */
const BT601: Coding = { ...BT709, matrix: "smpte170m" };

const CODINGS: Record<RenditionColour["range"], Coding> = {
  SDR: BT709,
  PQ: { matrix: "bt2020nc", primaries: "bt2020", transfer: "smpte2084" },
  HLG: { matrix: "bt2020nc", primaries: "bt2020", transfer: "arib-std-b67" },
};

/** Scales pictures, converts their colours to the rendition's and marks them with these. */
export function colourFilters(source: SourceColour | undefined, rendition: PlanRendition, shape?: string): string[] {
  const { width, pictureHeight: height, colour } = rendition;
  const coding = CODINGS[colour?.range ?? "SDR"];
  const format = colour?.bitDepth === 10 ? tenBitFormat(rendition) : "yuv420p";
  return [
    ...convertPictures(source, coding, { width, height, shape }, format),
    ...markColours(coding, false),
    // Newer encoders would copy these from each picture. The rendition's own values are among the encoder's arguments.
    ...(source && source.transfer !== "bt709" ? DISPLAY_DATA.map((type) => `sidedata=mode=delete:type=${type}`) : []),
  ];
}

/** Scales and converts pictures like those of an SDR rendition, but to JPEG's coding. */
export function jpegFilters(source: SourceColour | undefined, size: Fit): string[] {
  return [
    ...convertPictures(source, BT709, size, "yuv444p"),
    colorspace(BT709, BT601, "pc"),
    // This format implies the full range, so its black is the same as that of empty places on a sheet.
    "format=yuvj420p",
    "setsar=1",
  ];
}

const DISPLAY_DATA = ["MASTERING_DISPLAY_METADATA", "CONTENT_LIGHT_LEVEL", "DYNAMIC_HDR_PLUS"];

/** GPUs take the same pictures with interleaved colours. */
function tenBitFormat({ encoder }: PlanRendition): string {
  return encoder === "nvenc" ? "p010le" : "yuv420p10le";
}

/** Makes pictures of one size, between bars if their shape differs, in the coding's limited range. */
function convertPictures(source: SourceColour | undefined, target: Coding, size: Fit, format: string): string[] {
  if (!source) return [scaleFilter(size), `format=${format}`, padFilter(size)];
  const { filters, coding } = resize(source, target, size);
  const unpacked = source.unpackedFormat ? [`format=${source.unpackedFormat}`] : [];
  const before = [...unpacked, ...markColours(source, source.fullRange), ...filters];
  if (coding.matrix === target.matrix && coding.primaries === target.primaries) {
    return [...before, `format=${format}`, padFilter(size)];
  }
  // The filter would give all pixels that share a chroma sample the same correction of luma, which looks like the steps of interlace.
  const between = source.bitDepth > 8 || format.includes("10") ? "yuv444p10le" : "yuv444p";
  // Bars come first, because colorspace only accepts pictures of one size.
  return [...before, `format=${between}`, padFilter(size), colorspace(coding, target, "tv"), `format=${format}`];
}

/** Scales pictures. Returns the filters, and how colours are coded after them. */
function resize(source: SourceColour, target: Coding, size: Fit): { filters: string[]; coding: Coding } {
  if (source.transfer !== target.transfer) return { filters: toneMap(source, size), coding: target };
  const { matrix, primaries } = source;
  const isConvertible = target === BT709 ? GAMUTS.includes(primaries) : primaries === target.primaries;
  if (!isConvertible || !SWSCALE_MATRICES.includes(matrix)) {
    const { w, h } = zscaleSize(size);
    const filter = `zscale=w=${w}:h=${h}:filter=bicubic:${zscaleCoding(target)}:range=limited`;
    return { filters: [filter], coding: target };
  }
  const after = matrix === "gbr" || target !== BT709 ? target.matrix : matrix;
  const change = after === matrix ? "" : `:out_color_matrix=${swscaleMatrix(after)}`;
  return { filters: [`${scaleFilter(size)}${change}:out_range=tv`], coding: { ...source, matrix: after } };
}

/**
 * Converts the limited range of one SDR coding to another coding, with the same result in every version of ffmpeg. `scale`
 * converts matrices differently from version 5 to 9, and in 5 gets lines wrong where two of its threads meet; what `zscale` does
 * with colours outside a gamut depends on its library. Gamuts are converted in the light of a typical display.
 */
function colorspace(from: Coding, to: Coding, range: "tv" | "pc"): string {
  return [
    `colorspace=ispace=${from.matrix}:iprimaries=${from.primaries}:itrc=gamma22:irange=tv`,
    `space=${to.matrix}:primaries=${to.primaries}:trc=gamma22:range=${range}`,
  ].join(":");
}

/** The gamuts that `colorspace` knows. It has no room for the numbers of SMPTE ST 428. */
const GAMUTS = [
  ...["bt709", "bt470m", "bt470bg", "smpte170m", "smpte240m", "film"],
  ...["bt2020", "smpte431", "smpte432", "ebu3213", "jedec-p22"],
];

/** The size for `zscale`, whose expressions have no times. */
function zscaleSize({ width, height }: Fit): { w: string; h: string } {
  return fittedSize({ width, height });
}

/** Makes SDR of HDR in linear light: a curve compresses what is brighter than a white page and hardly changes what is darker. */
function toneMap(source: SourceColour, size: Fit): string[] {
  const { light, mastering } = source;
  const peak = light?.content ?? (mastering ? mastering.luminance[1] / 10_000 : DEFAULT_PEAK);
  const { w, h } = zscaleSize(size);
  const bounded = Math.min(10_000, Math.max(1.5 * REFERENCE_WHITE, peak));
  return [
    `zscale=w=${w}:h=${h}:filter=bicubic:transfer=linear:npl=${REFERENCE_WHITE}`,
    "format=gbrpf32le",
    "zscale=primaries=bt709",
    // Desaturation makes bright areas brighter in ffmpeg 6 and later, and does nothing before.
    `tonemap=mobius:desat=0:peak=${(bounded / REFERENCE_WHITE).toFixed(4)}`,
    "zscale=transfer=bt709",
    // Integers clip colours outside the gamut, which versions of the library convert differently.
    "format=gbrp16le",
    "zscale=matrix=bt709:range=limited",
  ];
}

function zscaleCoding({ matrix, primaries, transfer }: Coding): string {
  return `matrix=${matrix}:primaries=${primaries}:transfer=${transfer}`;
}

/** The matrices that ffmpeg's own scaler knows, which is several times as fast as `zscale`. */
const SWSCALE_MATRICES = ["gbr", "bt709", "fcc", "bt470bg", "smpte170m", "smpte240m", "bt2020nc"];

/** The matrices that `zscale` knows besides; the constant luminance of BT.2020 only in SDR, and ICtCp only in HDR. */
const ZSCALE_MATRICES = ["ycgco", "chroma-derived-nc", "chroma-derived-c"];

/** Whether there is a filter that converts a source's colours. */
export function isConvertible({ matrix, transfer }: Pick<SourceColour, "matrix" | "transfer">): boolean {
  const further = transfer === "bt709" ? "bt2020c" : "ictcp";
  return [...SWSCALE_MATRICES, ...ZSCALE_MATRICES, further].includes(matrix);
}

function swscaleMatrix(matrix: string): string {
  return matrix === "bt2020nc" ? "bt2020" : matrix;
}

function markColours({ matrix, primaries, transfer }: Coding, fullRange: boolean): string[] {
  return [
    `setparams=range=${fullRange ? "pc" : "tv"}:color_primaries=${primaries}:color_trc=${transfer}:colorspace=${matrix}`,
  ];
}
