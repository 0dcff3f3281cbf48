import type { Account } from "./account";
import { DEFAULTS, differences, type Difference } from "./differences";
import { outputsOf, outputsOfPreview, outputsOfUpdate, outputsOfUpdatePreview, UNKNOWN, type Made } from "./outputs";
import { hex, textOf, type Existing, type Properties, type ResourceType } from "./resourceType";
import { typeNamed } from "./types/types";

/** A call of the engine about a resource. */
export interface ResourceCall {
  urn: string;
  region: string;
  preview?: boolean;
}

export function typeOf(urn: string): string {
  return urn.split("::")[2]!.split("$").at(-1)!;
}

/** Gives a resource a name: the one that it has, or one from the seed of the engine, which nobody else has. */
export function check(urn: string, old: Properties, now: Properties, seed: Uint8Array): Properties {
  const { name } = typeNamed(typeOf(urn));
  if (name === undefined || now[name] !== undefined || now[`${name}Prefix`] !== undefined) return now;
  const logical = urn.split("::").slice(3).join("::");
  const suffix = seed.length > 0 ? Buffer.from(seed).toString("hex").slice(0, 7) : hex(7);
  const made = `${name === "bucket" ? logical.toLowerCase() : logical}-${suffix}`;
  return { ...now, [name]: isMadeUp(old, name) ? old[name] : made, [DEFAULTS]: [name] };
}

function isMadeUp(inputs: Properties, name: string): boolean {
  return ((inputs[DEFAULTS] ?? []) as string[]).includes(name);
}

export interface Diff {
  differences: Difference[];
  deleteBeforeReplace: boolean;
}

export function diff(urn: string, old: Properties, now: Properties, ignored: string[]): Diff {
  const type = typeNamed(typeOf(urn));
  const found = differences(type, old, now, ignored);
  const { name } = type;
  // The provider's bridge: what has a given name, and keeps it, can't exist twice.
  const sameName = name !== undefined && now[name] === old[name] && now[name] !== undefined && !isMadeUp(now, name);
  const deleteBeforeReplace = sameName && !type.sharesNames && found.some(({ replaces }) => replaces);
  return { differences: found, deleteBeforeReplace };
}

export interface Created {
  /** Absent in a preview. */
  id?: string;
  outputs: Properties;
}

export function create(account: Account, { urn, region, preview }: ResourceCall, inputs: Properties): Created {
  const made = making(account, { urn, region }, inputs);
  if (preview) return { outputs: outputsOfPreview(made) };
  refuseUnknown(urn, inputs);
  const outputs = outputsOf(made);
  const id = typeNamed(made.type).idIsArn ? String(outputs["arn"]) : made.id;
  account.create({ ...made, id, urn, outputs });
  return { id, outputs };
}

function making(account: Account, { urn, region }: ResourceCall, inputs: Properties): Made {
  const type = typeOf(urn);
  const known = typeNamed(type);
  const name = nameOf(urn, known, inputs);
  const revision = 1 + (known.sharesNames ? account.all(type).filter((other) => other.name === name).length : 0);
  const id = known.id?.({ name, region, inputs, revision }) ?? name;
  return { type, name, id, region, inputs, revision };
}

/** What is given, what begins with a given prefix, or for what has no names something that nobody else has. */
function nameOf(urn: string, { name = "" }: ResourceType, inputs: Properties): string {
  const prefix = textOf(inputs[`${name}Prefix`]);
  return textOf(inputs[name]) ?? (prefix === undefined ? `${urn.split("::").at(-1)}-${hex(8)}` : prefix + hex(26));
}

export function update(
  account: Account,
  { urn, region, preview, id }: ResourceCall & { id: string },
  old: Properties,
  inputs: Properties,
): Properties {
  const type = typeOf(urn);
  const existing = account.find(type, id, region);
  if (preview)
    return outputsOfUpdatePreview({ ...(existing ?? making(account, { urn, region }, inputs)), inputs }, old);
  refuseUnknown(urn, inputs);
  if (!existing) throw new Error(`NotFound: ${urn} ${id}`);
  const changed: Existing = { ...existing, inputs, revision: existing.revision + 1 };
  changed.outputs = outputsOfUpdate({ ...changed, type }, old);
  account.update(changed);
  return changed.outputs;
}

function refuseUnknown(urn: string, inputs: Properties): void {
  if (JSON.stringify(inputs).includes(UNKNOWN)) throw new Error(`An input of ${urn} is unknown at its deployment.`);
}
