import type { Problem } from "../rules/problem";
import { isUnknown } from "../rules/received";
import { missingEntry, missingMember, mustBeKnown, unknownName, wrongType } from "./findings";
import { nearest } from "../../contract/nearest";
import { jsonProblems } from "./jsonProblems";
import {
  argumentsOf,
  isAny,
  type Members,
  membersAt,
  type PackageSchema,
  type Position,
  withoutChoice,
} from "./schema";

/** A value without members that are null or undefined, and what is wrong with its structure. */
interface Reading<T = unknown> {
  value: T;
  problems: Problem[];
}

/** The arguments, and the names of those that nobody can use. */
interface Arguments extends Reading<object> {
  broken: string[];
}

/** Values at positions that aren't plain may be Outputs or promises, which are taken as they are. */
export function readArguments(schema: PackageSchema, args: unknown): Arguments {
  const members = argumentsOf(schema);
  const position = { $ref: "args", plain: true };
  const problems = isUnknown(args) ? mustBeKnown("args", args) : wrongType("args", args, { position, members });
  if (problems.length > 0) return { value: {}, problems, broken: Object.keys(members.known) };
  return readMembers(schema, members, "", args as Record<string, unknown>);
}

function readMembers(
  schema: PackageSchema,
  { known, required }: Members,
  path: string,
  given: Record<string, unknown>,
): Arguments {
  const names = [...new Set([...Object.keys(given), ...Object.keys(known)])].filter((name) => !isAbsent(given[name]));
  const meant: (string | undefined)[] = [];
  const readings = names.map((name) => {
    const [at, value] = [memberPath(path, name), given[name]];
    // Members that every object inherits don't count.
    const position = Object.hasOwn(known, name) ? known[name] : undefined;
    if (position) return { name, used: name, ...readValue(schema, position, at, value) };
    const used = nearest(name, Object.keys(known));
    meant.push(used);
    return { name, used, value, problems: unknownName(at, value, { meant: used, known: Object.keys(known) }) };
  });
  const missing = required.filter((name) => isAbsent(given[name]) && !meant.includes(name));
  return {
    value: Object.fromEntries(readings.map(({ name, value }) => [name, value])),
    problems: [
      ...readings.flatMap(({ problems }) => problems),
      ...missing.flatMap((name) => missingMember(memberPath(path, name), given[name], known[name]?.description)),
    ],
    broken: readings.flatMap(({ used, problems }) => (problems.length > 0 && used !== undefined ? [used] : [])),
  };
}

function readValue(schema: PackageSchema, at: Position, path: string, value: unknown): Reading {
  if (isAny(at)) return { value, problems: jsonProblems(path, value) };
  const position = withoutChoice(schema, at);
  if (isUnknown(value)) return { value, problems: position.plain ? mustBeKnown(path, value) : [] };
  const members = membersAt(schema, position);
  const problems = wrongType(path, value, { position, members });
  if (problems.length > 0) return { value, problems };
  if (members) return readMembers(schema, members, path, value as Record<string, unknown>);
  if (position.items) return readList(schema, position.items, path, value as unknown[]);
  if (position.additionalProperties) {
    return readRecord(schema, position.additionalProperties, path, value as Record<string, unknown>);
  }
  return { value, problems };
}

function readList(schema: PackageSchema, items: Position, path: string, list: unknown[]): Reading<unknown[]> {
  // Unlike `map`, this has holes too.
  const readings = Array.from(list, (entry, index): Reading => {
    const at = `${path}[${index}]`;
    if (isAbsent(entry)) return { value: entry, problems: missingEntry(at, entry, withoutChoice(schema, items)) };
    return readValue(schema, items, at, entry);
  });
  return { value: readings.map(({ value }) => value), problems: readings.flatMap(({ problems }) => problems) };
}

/** An object whose names are up to the user. */
function readRecord(schema: PackageSchema, values: Position, path: string, record: Record<string, unknown>): Reading {
  const readings = Object.entries(record)
    .filter(([, value]) => !isAbsent(value))
    .map(([name, value]) => ({ name, ...readValue(schema, values, memberPath(path, name), value) }));
  return {
    value: Object.fromEntries(readings.map(({ name, value }) => [name, value])),
    problems: readings.flatMap(({ problems }) => problems),
  };
}

/** Other languages send null for what isn't given. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function memberPath(path: string, name: string): string {
  if (path === "") return name;
  return /^[\w-]+$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}
