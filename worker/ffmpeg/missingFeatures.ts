import { InputError } from "../errors/errors";
import type { Inventory } from "./inventory";
import type { EncoderNeed, Needs } from "./needs";
import { pathOf } from "./program";
import { remedy } from "./remedy";

/** Lists what is needed and this ffmpeg was built without: `encoder libx265`, `filter zscale`. */
export function findMissingFeatures({ encoders, decoders, filters }: Inventory, needs: Needs): string[] {
  return [
    ...needs.encoders
      .map(({ name }) => name)
      .filter((name) => !encoders.has(name))
      .map((name) => `encoder ${name}`),
    ...needs.decoders.filter((name) => !decoders.has(name)).map((name) => `decoder for ${name}`),
    ...needs.filters.filter((name) => !filters.has(name)).map((name) => `filter ${name}`),
  ];
}

/** @param features As `findMissingFeatures` lists them. */
export function missingFeaturesError(features: readonly string[]): InputError {
  const [last, ...others] = features.map((feature) => `no ${feature}`).reverse();
  const all = others.length === 0 ? last : `${others.reverse().join(", ")} and ${last}`;
  return new InputError(`${pathOf("ffmpeg")} has ${all}: ${remedy("incomplete")}`);
}

export function missingBitDepthError({ name, format }: EncoderNeed): InputError {
  return missingFeaturesError([`encoder ${name} for ${/10/.test(format ?? "") ? "10" : "8"} bits`]);
}
