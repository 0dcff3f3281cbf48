import type * as pulumi from "@pulumi/pulumi";

import { hasEngine } from "../context/engine";

const REPOSITORY = /^aws:ecr\/(repository:Repository|lifecyclePolicy:LifecyclePolicy)$/;

/**
 * Options with which a renamed pipeline keeps its repository, and so the images of running executions. awsx makes it with the name in lower
 * case: the engine, which looks for the children of a renamed component by how their names begin, finds it only if the names have no
 * capital letters.
 */
export function aliasRepository(aliases: pulumi.ComponentResourceOptions["aliases"]): pulumi.ComponentResourceOptions {
  const names = listNames(aliases);
  if (names.length === 0 || !hasEngine()) return {};
  return {
    transforms: [
      ({ type, props, opts }) => {
        if (!REPOSITORY.test(type)) return undefined;
        const former = names.map((name) => ({ name: `${name}-repository`.toLowerCase() }));
        return { props, opts: { ...opts, aliases: [...(opts.aliases ?? []), ...former] } };
      },
    ],
  };
}

/** The names that a component had, as far as its aliases are known in time. */
function listNames(aliases: pulumi.ComponentResourceOptions["aliases"] = []): string[] {
  return aliases.flatMap((alias) => {
    if (typeof alias === "string") return alias.split("::").at(-1) ?? [];
    const name: unknown = "name" in alias ? alias.name : undefined;
    return typeof name === "string" ? [name] : [];
  });
}
