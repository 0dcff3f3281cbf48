import { endOfText, shortenText } from "../../contract/shortenText";
import type { Synthesis, SynthesisedResource } from "../../runner/synthesis/synthesis";
import { count } from "../text/format";
import { concernOf, CONCERNS, shortType } from "./concerns";

export interface ResourceDifference {
  change: "added" | "removed" | "changed";
  type: string;
  name: string;
  values: ValueDifference[];
}

/** A value that differs. `from` or `to` is absent if that stack has no such value. */
export interface ValueDifference {
  path: string;
  from?: unknown;
  to?: unknown;
}

/** Maximum number of values per resource. Other tools are better for the rest of a definition. */
const MAX_VALUES = 8;
/** Maximum number of characters of a path. */
const MAX_PATH = 60;
/** Maximum number of characters of a value. */
const MAX_VALUE = 60;
/** Characters of a long value that are shown before its difference. */
const CONTEXT = 20;
const MARKS = { added: "+", removed: "-", changed: "~" };

/** The differences in the second stack. Components are omitted, because their arguments show in their children. */
export function differences(from: Synthesis, to: Synthesis): ResourceDifference[] {
  const [before, after] = [childResources(from), childResources(to)];
  const gone = [...before].filter(([key]) => !after.has(key)).map(([, resource]) => resource);
  return [
    ...[...after].flatMap(([key, resource]): ResourceDifference[] => {
      const { type, name } = resource;
      const old = before.get(key);
      if (!old) return [{ change: "added", type, name, values: [] }];
      const values = compareValues(comparableValues(old), comparableValues(resource));
      return values.length > 0 ? [{ change: "changed", type, name, values }] : [];
    }),
    ...gone.map(({ type, name }): ResourceDifference => ({ change: "removed", type, name, values: [] })),
  ];
}

export function differenceText(from: Synthesis, to: Synthesis): string {
  const found = differences(from, to);
  const lines = CONCERNS.flatMap((concern) => {
    const members = found.filter(({ type }) => concernOf(type) === concern);
    return members.length === 0 ? [] : [concern, ...members.flatMap(differenceLines), ""];
  });
  const number = (change: ResourceDifference["change"]): string =>
    `${found.filter((difference) => difference.change === change).length} ${change}`;
  const summary =
    found.length === 0 ? "no differences" : `${number("added")}, ${number("removed")}, ${number("changed")}`;
  return `${[...lines, `From ${from.stack} to ${to.stack}: ${summary}`].join("\n")}\n`;
}

function differenceLines({ change, type, name, values }: ResourceDifference): string[] {
  const groups = groupEqual(values);
  const visible = groups.slice(0, MAX_VALUES);
  const width = Math.max(0, ...visible.map(([title]) => title.length));
  return [
    `  ${MARKS[change]} ${name}  ${shortType(type)}`,
    ...visible.map(([title, { from, to }]) => `      ${title.padEnd(width)}  ${displayBoth(from, to)}`),
    ...(groups.length > MAX_VALUES ? [`      … and ${count(groups.length - MAX_VALUES)} more`] : []),
  ];
}

/** Groups equal changes: a timeout in the configuration is in every state of a definition, but needs only one line. */
function groupEqual(values: ValueDifference[]): [title: string, value: ValueDifference][] {
  const groups = new Map<string, ValueDifference[]>();
  for (const value of values) {
    const key = JSON.stringify([lastKey(value.path), value.from, value.to]);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [ValueDifference];
    return [group.length === 1 ? shorten(first.path) : `${lastKey(first.path)}, ${group.length} times`, first];
  });
}

/** Shortens a long path to its two ends. */
function shorten(path: string): string {
  if (path.length <= MAX_PATH) return path;
  const first = path.slice(0, path.search(/[.[]/));
  return `${first}…${endOfText(path, MAX_PATH - first.length - 1)}`;
}

function lastKey(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function childResources({ resources }: Synthesis): Map<string, SynthesisedResource> {
  const parents = new Set(resources.map(({ parent }) => parent));
  const children = resources.filter(({ urn }) => !parents.has(urn));
  return new Map(children.map((resource) => [`${resource.type} ${resource.name}`, resource]));
}

/** The values to compare. Tags are omitted, because they contain the stack's name and would differ everywhere. */
function comparableValues({ inputs, options }: SynthesisedResource): Map<string, unknown> {
  const { protect, retainOnDelete } = options;
  const { tags, tagsAll, ...rest } = inputs;
  void tags;
  void tagsAll;
  return new Map(flatten({ ...rest, options: { protect, retainOnDelete } }, ""));
}

function compareValues(from: Map<string, unknown>, to: Map<string, unknown>): ValueDifference[] {
  const paths = [...new Set([...from.keys(), ...to.keys()])];
  return paths.flatMap((path) => {
    const [old, now] = [from.get(path), to.get(path)];
    return old === now
      ? []
      : [{ path, ...(old === undefined ? {} : { from: old }), ...(now === undefined ? {} : { to: now }) }];
  });
}

/** Every value with its path. This also parses JSON in strings, such as policies and definitions. */
function flatten(value: unknown, path: string): [string, unknown][] {
  const inner = typeof value === "string" ? parseJson(value) : value;
  if (typeof inner !== "object" || inner === null) return [[path, value]];
  const entries = Array.isArray(inner)
    ? inner.map((entry, index): [string, unknown] => [`${path}[${index}]`, entry])
    : Object.entries(inner).map(([key, entry]): [string, unknown] => [path === "" ? key : `${path}.${key}`, entry]);
  return entries.flatMap(([key, entry]) => flatten(entry, key));
}

function parseJson(text: string): unknown {
  if (!/^[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Both values, of which long ones show where they begin to differ. */
function displayBoth(from: unknown, to: unknown): string {
  const [old, now] = [textOf(from), textOf(to)];
  const shared = sharedCharacters(old, now);
  // Some characters before the difference say what it is about.
  const hidden = Math.max(old.length, now.length) > MAX_VALUE && shared > MAX_VALUE / 2 ? shared - CONTEXT : 0;
  return [old, now].map((text) => excerpt(text, hidden)).join(" → ");
}

function textOf(value: unknown): string {
  if (value === undefined) return "unset";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The length of what two texts begin with, in whole characters. */
function sharedCharacters(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return shortenText(one, length).length;
}

/** A text without its first characters, of which whole ones are shown. */
function excerpt(text: string, hidden: number): string {
  const begin = hidden > 0 ? "…" : "";
  const rest = hidden > 0 ? text.slice(shortenText(text, hidden).length) : text;
  return begin.length + rest.length > MAX_VALUE
    ? `${begin}${shortenText(rest, MAX_VALUE - 1 - begin.length)}…`
    : `${begin}${rest}`;
}
