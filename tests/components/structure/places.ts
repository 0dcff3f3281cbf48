import schemaJson from "../../../components/schema.json";
import {
  argumentsOf,
  isAny,
  type Members,
  membersAt,
  type PackageSchema,
  type Position,
  withoutChoice,
} from "../../../components/structure/schema";

export const SCHEMA: PackageSchema = schemaJson;

/** Where in some arguments a value is, and what may be there. */
export interface Place {
  keys: (string | number)[];
  path: string;
  position: Position;
  /** Of an object whose names are fixed. */
  members?: Members;
  value: unknown;
}

/** Every place in the arguments, the whole of them excepted. */
export function placesOf(args: object): Place[] {
  return placesInMembers(argumentsOf(SCHEMA), args as Record<string, unknown>, []);
}

function placesInMembers({ known }: Members, value: Record<string, unknown>, keys: Place["keys"]): Place[] {
  return Object.entries(value).flatMap(([name, member]) => {
    const position = known[name];
    if (position === undefined) throw new Error(`The schema has no ${[...keys, name].join(".")}.`);
    return placesAt(position, member, [...keys, name]);
  });
}

function placesAt(at: Position, value: unknown, keys: Place["keys"]): Place[] {
  const position = withoutChoice(SCHEMA, at);
  const members = membersAt(SCHEMA, position);
  const place: Place = { keys, path: formatPath(keys), position, members, value };
  const { items, additionalProperties } = position;
  if (members) return [place, ...placesInMembers(members, value as Record<string, unknown>, keys)];
  if (items) {
    return [place, ...(value as unknown[]).flatMap((entry, index) => placesAt(items, entry, [...keys, index]))];
  }
  if (!additionalProperties) return [place];
  const entries = Object.entries(value as Record<string, unknown>);
  return [place, ...entries.flatMap(([name, entry]) => placesAt(additionalProperties, entry, [...keys, name]))];
}

function formatPath(keys: Place["keys"]): string {
  const steps = keys.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`));
  return steps.join("").slice(1);
}

/** A copy of the arguments with another value at a place. */
export function replaceAt(args: unknown, [key, ...rest]: Place["keys"], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = (Array.isArray(args) ? [...(args as unknown[])] : { ...(args as object) }) as Record<string, unknown>;
  copy[key] = replaceAt(copy[key], rest, value);
  return copy;
}

/** Arguments with every member of the schema. Their structure is right, their values make no sense. */
export function allMembers(): object {
  return sampleMembers(argumentsOf(SCHEMA));
}

function sampleMembers({ known }: Members): object {
  return Object.fromEntries(Object.entries(known).map(([name, position]) => [name, sample(position)]));
}

function sample(at: Position): unknown {
  if (isAny(at)) return "text";
  const position = withoutChoice(SCHEMA, at);
  const members = membersAt(SCHEMA, position);
  if (members) return sampleMembers(members);
  if (position.items) return [sample(position.items)];
  if (position.additionalProperties) return { key: sample(position.additionalProperties) };
  return { string: "text", number: 1, boolean: true }[position.type ?? ""];
}
