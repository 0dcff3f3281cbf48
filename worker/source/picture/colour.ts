import { isDeepStrictEqual } from "node:util";

import type { MasteringDisplay, SourceColour } from "../../../contract/plan";
import type { ProbeStream, SideData } from "../ffprobe/output";

const HDR_TRANSFERS = ["smpte2084", "arib-std-b67"];

/** Whether the video is HDR, so that its frames may describe the display on which it was graded. */
export function isHdr({ color_transfer = "" }: ProbeStream): boolean {
  return HDR_TRANSFERS.includes(color_transfer);
}

/** How the stream's colours are coded. Undefined for 8-bit BT.709 in limited range, the usual case. */
export function sourceColour(stream: ProbeStream, frameSideData: readonly SideData[]): SourceColour | undefined {
  const sideData = [...(stream.side_data_list ?? []), ...frameSideData];
  const hdr = isHdr(stream);
  const format = stream.pix_fmt ?? "";
  const rgb = /^(?:gbr|rgb|bgr|[arx0]{1,2}(?:rgb|bgr)|x2rgb|x2bgr|pal8)/.test(format);
  const unpackedFormat = unpackedFormatOf(format);
  // Pictures in luma and chroma that are marked as RGB are marked wrongly.
  const stated = stream.color_space === "gbr" ? undefined : ifSpecified(stream.color_space);
  const matrix = rgb ? "gbr" : (stated ?? assumedMatrix(stream, hdr));
  const colour: SourceColour = {
    bitDepth: bitDepth(stream),
    matrix,
    primaries: ifSpecified(stream.color_primaries) ?? assumedPrimaries(matrix, hdr),
    // All SDR transfers are displayed alike; converting between them would change the picture.
    transfer: hdr ? (stream.color_transfer as string) : "bt709",
    fullRange: rgb || hasFullRange(stream),
    ...(unpackedFormat ? { unpackedFormat } : {}),
    ...(hdr ? { ...masteringDisplay(sideData), ...contentLight(sideData) } : {}),
  };
  return isUsual(colour) ? undefined : colour;
}

/** By which numbers colours are coded, as text to compare and to tell: the matrix, the range unless it is the limited one, and HDR's curve. */
export function codingOf(stream: ProbeStream): string {
  const { matrix, transfer, fullRange } = sourceColour(stream, []) ?? USUAL;
  return [numbersOf(matrix), ...(fullRange ? ["full range"] : []), ...(transfer === "bt709" ? [] : [transfer])].join(
    ", ",
  );
}

/** Whether pictures that are coded in two ways are converted alike. */
export function isSameCoding(one: SourceColour | undefined, other: SourceColour | undefined): boolean {
  if (!one || !other) return one === other;
  return isDeepStrictEqual({ ...one, matrix: numbersOf(one.matrix) }, { ...other, matrix: numbersOf(other.matrix) });
}

/** The matrices of PAL and NTSC have the same numbers. */
function numbersOf(matrix: string): string {
  return matrix === "bt470bg" ? "smpte170m" : matrix;
}

/** Codecs that state the range of grey pictures too, and have the limited one unless they do. */
const LIMITED_GREY = ["h264", "hevc", "av1"];

function hasFullRange({ pix_fmt = "", color_range, codec_name = "" }: ProbeStream): boolean {
  if (color_range === "pc" || /^(?:yuvj|mono)/.test(pix_fmt)) return true;
  return /^(?:gray|ya)/.test(pix_fmt) && color_range !== "tv" && !LIMITED_GREY.includes(codec_name);
}

/**
 * The format to convert pictures to before anything else. ffmpeg's scaler makes luma and chroma of palettes by BT.601, whatever matrix it is
 * asked for, and takes few bits for the upper bits of eight, so that white is grey; and it makes black and white of the full range.
 */
function unpackedFormatOf(format: string): SourceColour["unpackedFormat"] {
  if (/^(?:pal8|(?:rgb|bgr)(?:4|8|4_byte|555|565)(?:le|be)?$)/.test(format)) return "rgb24";
  return format.startsWith("mono") ? "gray" : undefined;
}

const USUAL = { matrix: "bt709", transfer: "bt709", fullRange: false };

function isUsual({ bitDepth: bits, matrix, primaries, transfer, fullRange }: SourceColour): boolean {
  return bits === 8 && matrix === "bt709" && primaries === "bt709" && transfer === "bt709" && !fullRange;
}

function ifSpecified(value: string | undefined): string | undefined {
  return value === undefined || /^(?:unknown|unspecified|reserved)/.test(value) ? undefined : value;
}

/** Assumes what players do: BT.601 up to standard definition. */
function assumedMatrix({ width = 0, height = 0 }: ProbeStream, hdr: boolean): string {
  if (hdr) return "bt2020nc";
  return width >= 1280 || height > 576 ? "bt709" : "smpte170m";
}

/** Keeps the gamut of a source that doesn't state its primaries. */
function assumedPrimaries(matrix: string, hdr: boolean): string {
  return hdr || matrix.startsWith("bt2020") ? "bt2020" : "bt709";
}

function bitDepth({ pix_fmt = "", bits_per_raw_sample }: ProbeStream): number {
  const raw = Number(bits_per_raw_sample ?? 0);
  if (raw > 0) return raw;
  const [, bits] = /(9|10|12|14|16)(?:le|be)$/.exec(pix_fmt) ?? [];
  if (bits !== undefined) return Number(bits);
  if (/^(?:rgb|bgr)48/.test(pix_fmt) || /^(?:rgba|bgra)64/.test(pix_fmt)) return 16;
  return 8;
}

function masteringDisplay(sideData: readonly SideData[]): Pick<SourceColour, "mastering"> {
  const data = sideData.find(({ side_data_type, red_x }) => /^Mastering display/.test(side_data_type ?? "") && red_x);
  if (!data) return {};
  const point = (name: string): [number, number] => [
    units(data, `${name}_x`, 50_000),
    units(data, `${name}_y`, 50_000),
  ];
  const mastering: MasteringDisplay = {
    ...{ red: point("red"), green: point("green"), blue: point("blue"), white: point("white_point") },
    luminance: [units(data, "min_luminance", 10_000), units(data, "max_luminance", 10_000)],
  };
  return mastering.luminance[1] > 0 ? { mastering } : {};
}

function units(data: SideData, member: string, perUnit: number): number {
  const [numerator = 0, denominator = 1] = String(data[member] ?? "0")
    .split("/")
    .map(Number);
  return Math.round((numerator / (denominator || 1)) * perUnit);
}

function contentLight(sideData: readonly SideData[]): Pick<SourceColour, "light"> {
  const data = sideData.find(({ max_content }) => (max_content ?? 0) > 0);
  return data ? { light: { content: data.max_content ?? 0, average: data.max_average ?? 0 } } : {};
}
