import type { Synthesis, SynthesisedResource } from "../runner/synthesis/synthesis";

/**
 * The only resource with that name.
 *
 * @param type Pulumi type, for example `aws:batch/jobQueue:JobQueue`, required if resources of several types share the name.
 */
export function resourceNamed(synthesis: Synthesis, name: string, type?: string): SynthesisedResource {
  const found = synthesis.resources.filter(
    (resource) => resource.name === name && (type === undefined || resource.type === type),
  );
  if (found.length === 1) return found[0] as SynthesisedResource;
  const what = type === undefined ? name : `${name} of type ${type}`;
  throw new Error(
    found.length === 0
      ? `There is no resource named ${what}. The program has: ${listNames(synthesis.resources)}.`
      : `${found.length} resources are named ${what}: ${listNames(found)}. Pass the type, too.`,
  );
}

/** All resources of a type, in registration order. */
export function resourcesOfType(synthesis: Synthesis, type: string): SynthesisedResource[] {
  return synthesis.resources.filter((resource) => resource.type === type);
}

/** The children of a resource. */
export function childrenOf(synthesis: Synthesis, { urn }: SynthesisedResource): SynthesisedResource[] {
  return synthesis.resources.filter(({ parent }) => parent === urn);
}

/** The parent of a resource. Absent for resources directly in the stack. */
export function parentOf(synthesis: Synthesis, { parent }: SynthesisedResource): SynthesisedResource | undefined {
  return synthesis.resources.find(({ urn }) => urn === parent);
}

function listNames(resources: SynthesisedResource[]): string {
  const names = resources.map(({ type, name }) => `${name} (${type})`);
  return names.sort().join(", ") || "none";
}
