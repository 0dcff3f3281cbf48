import * as pulumi from "@pulumi/pulumi";

import type { PackageSchema, Position } from "../components/structure/schema";
import { mapLeaves } from "./mapLeaves";

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
  const result = mapLeaves(schema, position, value, (leaf, { plain }) => {
    if (plain) return leaf;
    marked += 1;
    return pulumi.secret(leaf);
  });
  return marked > 0 ? { value: result } : undefined;
}
