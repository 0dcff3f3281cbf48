import { suggestion } from "../../contract/nearest";
import { UsageError } from "../../contract/usageError";
import type { Synthesis, SynthesisedResource } from "./synthesis";

const PIPELINE = "video-batch-pipeline:index:VideoBatchPipeline";
const STATE_MACHINE = "aws:sfn/stateMachine:StateMachine";

/**
 * The program as if it had only the named pipeline: without what belongs to its other pipelines, except for what this one uses of them. A
 * pipeline has the name of its VideoBatchPipeline. A state machine outside one is a pipeline of its own name.
 */
export function selectPipeline(synthesis: Synthesis, name: string): Synthesis {
  const family = new Family(synthesis);
  const pipelines = family.pipelines();
  const names = pipelines.map((pipeline) => pipeline.name);
  const selected = pipelines.find((pipeline) => pipeline.name === name);
  if (selected === undefined) {
    const remedy = names.length === 0 ? "Add a VideoBatchPipeline to it." : suggestion(name, names);
    throw new UsageError(`The program has no pipeline ${name}. ${remedy}`);
  }
  const isOthers = (resource: SynthesisedResource): boolean =>
    family.line(resource).some((one) => one !== selected && pipelines.includes(one));
  const kept = family.withNeeded(synthesis.resources.filter((resource) => !isOthers(resource)));
  return { ...synthesis, resources: synthesis.resources.filter((resource) => kept.has(resource)) };
}

/**
 * The program's only pipeline, or the one that is named, with no other state machine. The only VideoBatchPipeline needs no name, whatever
 * state machines are beside it.
 */
export function selectOnePipeline(synthesis: Synthesis, name: string | undefined): Synthesis {
  const pipelines = new Family(synthesis).pipelines();
  if (name === undefined && pipelines.length <= 1) return synthesis;
  const components = pipelines.filter(({ type }) => type === PIPELINE);
  const chosen = name ?? (components.length === 1 ? components[0]?.name : undefined);
  if (chosen !== undefined) return withoutOtherMachines(selectPipeline(synthesis, chosen), chosen);
  const names = pipelines.map((pipeline) => pipeline.name);
  throw new UsageError(
    `The program has ${names.length} pipelines: ${names.join(", ")}. Choose one with --pipeline, for example --pipeline ${names[0]}.`,
  );
}

/** A pipeline that uses another, as one that starts it does, keeps that one's resources, but only its own state machine runs. */
function withoutOtherMachines(synthesis: Synthesis, name: string): Synthesis {
  const family = new Family(synthesis);
  const others = family.pipelines().filter((pipeline) => pipeline.name !== name);
  const isOthers = (resource: SynthesisedResource): boolean =>
    resource.type === STATE_MACHINE && family.line(resource).some((one) => others.includes(one));
  return { ...synthesis, resources: synthesis.resources.filter((resource) => !isOthers(resource)) };
}

/** How the resources of a program belong together. */
class Family {
  readonly #byUrn: ReadonlyMap<string, SynthesisedResource>;

  constructor(private readonly synthesis: Synthesis) {
    this.#byUrn = new Map(synthesis.resources.map((resource) => [resource.urn, resource]));
  }

  pipelines(): SynthesisedResource[] {
    const machines = this.synthesis.resources.filter(({ type }) => type === STATE_MACHINE);
    const roots = machines.map((machine) => this.line(machine).find(({ type }) => type === PIPELINE) ?? machine);
    return [...new Set(roots)];
  }

  /** A resource and those around it, innermost first. */
  line(resource: SynthesisedResource): SynthesisedResource[] {
    const parent = this.#byUrn.get(resource.parent);
    return parent === undefined ? [resource] : [resource, ...this.line(parent)];
  }

  /** Resources with what they depend on, and with what that is part of. */
  withNeeded(resources: SynthesisedResource[]): Set<SynthesisedResource> {
    const needed = new Set<SynthesisedResource>();
    const add = (resource: SynthesisedResource): void => {
      if (needed.has(resource)) return;
      needed.add(resource);
      for (const urn of [resource.parent, ...resource.options.dependencies]) {
        const other = this.#byUrn.get(urn);
        if (other !== undefined) add(other);
      }
    };
    resources.forEach(add);
    return needed;
  }
}
