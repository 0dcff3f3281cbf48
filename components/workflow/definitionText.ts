import type { StateMachineDefinition } from "./asl/states";

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const LONGEST_DEFINITION = 1_048_576;

/**
 * A definition as it is deployed: with line breaks for people, unless it is so large that Step Functions would not take
 * them.
 */
export function definitionText(definition: StateMachineDefinition): string {
  const readable = JSON.stringify(definition, undefined, 2);
  return Buffer.byteLength(readable) <= LONGEST_DEFINITION ? readable : JSON.stringify(definition);
}
