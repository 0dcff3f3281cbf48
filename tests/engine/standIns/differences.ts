import type { Properties, ResourceType } from "./resourceType";

export interface Difference {
  /** As in a detailed diff, such as `computeResources.subnets[0]`. */
  path: string;
  kind: "ADD" | "DELETE" | "UPDATE";
  /** Whether it can't be made in place. */
  replaces: boolean;
}

/** What differs between the inputs of a resource. */
export function differences(type: ResourceType, old: Properties, now: Properties, ignored: string[]): Difference[] {
  return differing(withoutDefaults(old), withoutDefaults(now))
    .filter(({ path }) => !ignored.some((ignoredPath) => isBelow(path, ignoredPath)))
    .map(({ path, kind }) => {
      const always = type.replacedBy.some((input) => isBelow(path, input));
      return { path, kind, replaces: always || (type.isReplacedBy?.(path, old, now) ?? false) };
    });
}

/** Which inputs the provider made up, as it writes them down for itself. */
export const DEFAULTS = "__defaults";

export function withoutDefaults(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([input]) => input !== DEFAULTS));
}

function isBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}.`) || path.startsWith(`${above}[`);
}

/** To the provider, what is empty isn't there. */
function differing(old: unknown, now: unknown, path = ""): Omit<Difference, "replaces">[] {
  if (JSON.stringify(old ?? null) === JSON.stringify(now ?? null)) return [];
  if (isNested(old) && isNested(now) && Array.isArray(old) === Array.isArray(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return keys.flatMap((key) => differing(old[key], now[key], pathOf(path, key, Array.isArray(now))));
  }
  return [{ path, kind: old === undefined ? "ADD" : now === undefined ? "DELETE" : "UPDATE" }];
}

function isNested(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function pathOf(above: string, key: string, inList: boolean): string {
  if (inList) return `${above}[${key}]`;
  if (!/^\w+$/.test(key)) return `${above}["${key}"]`;
  return above === "" ? key : `${above}.${key}`;
}
