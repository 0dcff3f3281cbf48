import { Codec, DynamicRange, Encoder, Preset, type Rendition } from "./args";
import { notOneOf } from "../rules/choices";
import { type Limit, outOfRange } from "../rules/numbers";
import { type Problem, when } from "../rules/problem";

export function badPreset(path: string, preset: string | undefined, remedy: string): Problem[] {
  return notOneOf(path, preset, Preset, remedy);
}

/** Codec, encoder and what depends on them. Combinations are checked only when each value is known. */
export function checkCodec(rendition: Rendition, path: string): Problem[] {
  const { codec = "h264", encoder, preset, bitDepth, dynamicRange } = rendition;
  const unknown = [
    ...notOneOf(`${path}.codec`, codec, Codec, "Omit it to use h264."),
    ...notOneOf(`${path}.encoder`, encoder, Encoder, "Omit it to use software."),
    ...badPreset(`${path}.preset`, preset, "Omit it to use the pipeline's preset."),
    ...when(bitDepth !== undefined && bitDepth !== 8 && bitDepth !== 10, {
      path: `${path}.bitDepth`,
      rule: "must be 8 or 10",
      received: bitDepth,
      remedy: "Omit it to use the depth that suits codec and source.",
    }),
    ...notOneOf(`${path}.dynamicRange`, dynamicRange, DynamicRange, "Omit it to use the range that suits the codec."),
  ];
  if (unknown.length > 0) return unknown;
  return [
    ...when(codec === "vp9" && encoder === "nvenc", {
      path: `${path}.encoder`,
      rule: "must be software for vp9",
      received: encoder,
      remedy: "NVIDIA GPUs encode h264, hevc and av1.",
    }),
    ...when(codec === "h264" && bitDepth === 10, {
      path: `${path}.bitDepth`,
      rule: "must be 8 for h264",
      received: bitDepth,
      remedy: "Hardly any player decodes 10-bit H.264: use hevc, av1 or vp9.",
    }),
    ...when(dynamicRange === "source" && (codec === "h264" || bitDepth === 8), {
      path: `${path}.dynamicRange`,
      rule: "must be sdr with 8 bits",
      received: dynamicRange,
      remedy: "HDR needs 10 bits: use hevc, av1 or vp9 with a bitDepth of 10.",
    }),
    ...outOfRange(`${path}.crf`, rendition.crf, rateFactors(rendition)),
  ];
}

/** The rate factors of a codec. Their default depends on the height too. */
function rateFactors({ codec, encoder }: Rendition): Limit {
  const scale = { min: 0, unit: "", fractions: true } as const;
  if (encoder !== "nvenc" && codec === "vp9") {
    return { ...scale, max: 63, remedy: "Lower values give better quality and larger files; 25 to 40 is usual." };
  }
  if (encoder !== "nvenc" && codec === "av1") {
    // For SVT-AV1, 0 means that no rate factor is given.
    return {
      ...scale,
      min: 1,
      max: 63,
      remedy: "Lower values give better quality and larger files; 25 to 45 is usual.",
    };
  }
  return { ...scale, max: 51, remedy: "Lower values give better quality and larger files; 18 to 28 is usual." };
}
