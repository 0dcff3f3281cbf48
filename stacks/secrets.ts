import * as pulumi from "@pulumi/pulumi";

import { membersAt, type PackageSchema, type Position } from "../components/structure/schema";

/** Whether a key, or a value below it, is secret. Pulumi has no public function for this. */
export function isSecret(path: string): boolean {
  const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret: (path: string) => boolean };
  return isConfigSecret(path);
}

/**
 * The value of a secret key with everything in it secret that can be. Pulumi says only about whole keys that they are secret, even if just
 * a nested value is. Nothing if no position in the value can be secret.
 */
export function markSecret(schema: PackageSchema, position: Position, value: unknown): { value: unknown } | undefined {
  let marked = 0;
  const mark = (at: Position, current: unknown): unknown => {
    if (Array.isArray(current)) {
      const { items } = at;
      return items ? current.map((entry) => mark(items, entry)) : current;
    }
    if (typeof current === "object" && current !== null) {
      const known = membersAt(schema, at)?.known ?? {};
      return Object.fromEntries(
        Object.entries(current).map(([name, member]) => {
          const inner = Object.hasOwn(known, name) ? known[name] : at.additionalProperties;
          return [name, inner ? mark(inner, member) : member];
        }),
      );
    }
    if (at.plain) return current;
    marked += 1;
    return pulumi.secret(current);
  };
  const result = mark(position, value);
  return marked > 0 ? { value: result } : undefined;
}
