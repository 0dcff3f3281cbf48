import type { StateMachineDefinition } from "./asl/states";

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const MAX_DEFINITION_BYTES = 1_048_576;

/** The deployed text of a definition: indented for people, unless that exceeds the limit of Step Functions. */
export function definitionText(definition: StateMachineDefinition): string {
  const readable = JSON.stringify(definition, undefined, 2);
  return Buffer.byteLength(readable) <= MAX_DEFINITION_BYTES ? readable : JSON.stringify(definition);
}
