import { type Problem, when } from "./problem";

/** Names become parts of the names of states, which have 80 characters, and of jobs, which have 128. */
export function badName(path: string, value: string, longest: number): Problem[] {
  const good = /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(value) && value.length <= longest;
  const rule = `must be 1 to ${longest} letters, digits, hyphens or underscores, and begin with a letter or digit`;
  return when(!good, { path, rule, received: value, remedy: "Choose a name such as 1080p or my-queue." });
}

/** The name of a resource in AWS Batch, which is optional. */
export function badPhysicalName(path: string, value: string | undefined): Problem[] {
  return value === undefined ? [] : badName(path, value, 128);
}

/** The name of a Kubernetes object. One that comes out of another resource is not known yet, and fine. */
export function badKubernetesName(path: string, value: unknown): Problem[] {
  const unknown = typeof value === "object" && value !== null;
  const good =
    unknown || (typeof value === "string" && value.length <= 253 && /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(value));
  const rule = "must be 1 to 253 lower-case letters, digits, hyphens or dots, and begin and end with a letter or digit";
  return when(!good, {
    path,
    rule,
    received: value,
    remedy: "Use its name in Kubernetes, for example video-worker.",
  });
}

/** On many machines, names that differ only in case make one directory; people mix them up on all of them. */
export function duplicates<T extends object>(
  list: string,
  items: readonly T[],
  member: keyof T & string,
  paths = items.map((_, index) => `${list}[${index}]`),
): Problem[] {
  const folded = items.map((item) => (typeof item[member] === "string" ? item[member].toLowerCase() : undefined));
  return folded.flatMap((name, index) => {
    const earlier = folded.indexOf(name);
    return when(name !== undefined && earlier < index, {
      path: `${paths[index]}.${member}`,
      rule: `must differ from ${paths[earlier]}.${member} by more than case`,
      received: items[index]?.[member],
      remedy: "Rename or remove one of them.",
    });
  });
}
