import { type Problem, problem, when } from "./problem";

/** A name that becomes part of state names (80 characters) and job names (128). */
export function badName(path: string, value: unknown, longest: number): Problem[] {
  const good = typeof value === "string" && /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(value) && value.length <= longest;
  const rule = `must be 1 to ${longest} letters, digits, hyphens or underscores, beginning with a letter or digit`;
  return when(!good, () => problem(path, rule, value, "Choose a name like 1080p or my-queue."));
}

/** A name in AWS Batch, if one is given. */
export function badPhysicalName(path: string, value: string | undefined): Problem[] {
  return value === undefined ? [] : badName(path, value, 128);
}

/** A name of an object in Kubernetes, unless it comes out of another resource. */
export function badKubernetesName(path: string, value: unknown): Problem[] {
  const unknown = typeof value === "object" && value !== null;
  const good =
    unknown || (typeof value === "string" && value.length <= 253 && /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(value));
  const rule = "must be 1 to 253 lower-case letters, digits, hyphens or dots, with a letter or digit at either end";
  return when(!good, () =>
    problem(path, rule, value, "Take the name that it has in Kubernetes, for example video-worker."),
  );
}

/** Names that differ only in case make one directory on many machines, and confuse people on all of them. */
export function duplicates(
  list: string,
  values: (string | undefined)[],
  member: string,
  paths = values.map((_, index) => `${list}[${index}]`),
): Problem[] {
  return values.flatMap((value, index) => {
    if (typeof value !== "string") return [];
    const earlier = values.findIndex(
      (other) => typeof other === "string" && other.toLowerCase() === value.toLowerCase(),
    );
    return when(earlier < index, () =>
      problem(
        `${paths[index]}.${member}`,
        `must differ from ${paths[earlier]}.${member} by more than case`,
        value,
        "Rename or remove one of them.",
      ),
    );
  });
}
