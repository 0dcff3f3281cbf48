/** What a pattern is compared with: values of an event, or of many events of a kind, of which not everything is known. */

/** A text of which only the beginning is known. */
export class SomeText {
  constructor(readonly start: string) {}
}

/** Any value, or none. */
export const ANYTHING = Symbol("anything");

/** A text that is known, or only its beginning. */
export type Text = string | SomeText;

export function isText(value: unknown): value is Text {
  return typeof value === "string" || value instanceof SomeText;
}

export function lowerCase(value: Text): Text {
  return typeof value === "string" ? value.toLowerCase() : new SomeText(value.start.toLowerCase());
}

export function mayEqual(value: Text, other: string): boolean {
  return typeof value === "string" ? value === other : other.startsWith(value.start);
}

export function mayStart(value: Text, prefix: string): boolean {
  if (typeof value === "string") return value.startsWith(prefix);
  return value.start.startsWith(prefix) || prefix.startsWith(value.start);
}

export function mayEnd(value: Text, suffix: string): boolean {
  return value instanceof SomeText || value.endsWith(suffix);
}

/** Whether no text of these begins otherwise. */
export function alwaysStarts(value: Text, prefix: string): boolean {
  return (typeof value === "string" ? value : value.start).startsWith(prefix);
}
