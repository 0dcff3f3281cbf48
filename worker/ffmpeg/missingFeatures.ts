import { InputError } from "../errors";
import type { Ending } from "./failure";
import { blamesSurroundings, failure } from "./failure";
import type { Inventory } from "./inventory";
import { inventory } from "./inventory";
import type { EncoderNeed, Needs } from "./needs";
import { needsOf } from "./needs";
import { pathOf } from "./program";
import { remedy } from "./remedy";
import type { RunningProgram } from "./run";

/** The sentence for what this machine's ffmpeg was built without: `encoder libx265`, `filter zscale`. */
export function lacking(what: readonly string[]): InputError {
  const [last, ...others] = what.map((one) => `no ${one}`).reverse();
  const all = others.length === 0 ? last : `${others.reverse().join(", ")} and ${last}`;
  return new InputError(`${pathOf("ffmpeg")} has ${all}: ${remedy("lacking")}`);
}

export function lackingFormat({ name, format }: EncoderNeed): InputError {
  return lacking([`encoder ${name} for ${/10/.test(format ?? "") ? "10" : "8"} bits`]);
}

export function missingFrom({ encoders, decoders, filters }: Inventory, needs: Needs): string[] {
  return [
    ...needs.encoders
      .map(({ name }) => name)
      .filter((name) => !encoders.has(name))
      .map((name) => `encoder ${name}`),
    ...needs.decoders.filter((name) => !decoders.has(name)).map((name) => `decoder for ${name}`),
    ...needs.filters.filter((name) => !filters.has(name)).map((name) => `filter ${name}`),
  ];
}

/** As ffmpeg 5 and later ones say it. */
const UNDECODED = /\(codec (\w+)\) not found for input|no decoder found for: (\w+)/;

/**
 * Why a run of ffmpeg failed. That it was built without something is found by what it has: what it says of that is worded differently in
 * every version, and names one thing at a time. It says so before it encodes anything.
 */
export async function failureOf(program: RunningProgram, subject: string, ending: Ending): Promise<Error> {
  const apparent = failure(subject, ending);
  if (program.name !== "ffmpeg" || ending.signal || blamesSurroundings(ending.stderr)) return apparent;
  const decoders =
    UNDECODED.exec(ending.stderr)
      ?.slice(1)
      .filter((name) => name !== undefined) ?? [];
  const there = await inventory().catch(() => undefined);
  const missing = there ? missingFrom(there, { ...needsOf(program.args), decoders }) : [];
  return missing.length > 0 ? lacking(missing) : apparent;
}
