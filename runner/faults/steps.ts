import type { Service } from "./kinds";

/** A state that calls a service. */
export interface TaskStep {
  name: string;
  service: Service;
  /** It reads something, which may be missing or unreadable. */
  reads?: true;
}

interface Machine {
  States?: Record<string, { Type?: string; Resource?: string; Branches?: Machine[]; ItemProcessor?: Machine }>;
}

/** The states of a definition that can be made to fail, those in branches after the one that holds them. */
export function stepsOf(definition: unknown): TaskStep[] {
  return Object.entries((definition as Machine).States ?? {}).flatMap(([name, state]): TaskStep[] => {
    const service = serviceOf(state.Resource ?? "");
    const reads = state.Resource?.endsWith(":s3:getObject") ? { reads: true as const } : {};
    const own = service === undefined ? [] : [{ name, service, ...reads }];
    const inner = [...(state.Branches ?? []), ...(state.ItemProcessor ? [state.ItemProcessor] : [])];
    return [...own, ...inner.flatMap(stepsOf)];
  });
}

/** The service that a resource such as `arn:aws:states:::aws-sdk:s3:getObject` calls. */
export function serviceOf(resource: string): Service | undefined {
  return /^arn:[\w-]+:states:::(?:aws-sdk:)?(batch|s3|sns):/.exec(resource)?.[1] as Service | undefined;
}
