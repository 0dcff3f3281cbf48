import { arnOf } from "../../../runner/synthesis/mockedAws";
import { withoutDefaults } from "./differences";
import type { Making, Properties } from "./resourceType";
import { typeNamed } from "./types/types";

/** What the engine reads as a value that isn't known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export type Made = Making & { type: string };

/** What AWS and the provider add to the inputs of a resource that has just been made. */
function computedOutputs(made: Made): Properties {
  const { type, name, id, region } = made;
  const known = typeNamed(type);
  const arn = arnOf(type, known.id ? id : name, region, made.inputs);
  return {
    ...(arn === undefined ? {} : { arn }),
    ...(known.name === undefined ? {} : { [known.name]: name }),
    ...known.outputs?.(made),
  };
}

export function outputsOf(made: Made): Properties {
  return { ...echoed(made), ...computedOutputs(made) };
}

/** What a preview knows of a resource that is to be made: its inputs. */
export function outputsOfPreview(made: Made): Properties {
  const computed = Object.keys(computedOutputs(made)).filter((output) => made.inputs[output] === undefined);
  return { ...echoed(made), ...unknown(computed) };
}

/** What is left of the outputs when a resource changes in place. */
export function outputsOfUpdate(made: Made, old: Properties): Properties {
  const changing = typeNamed(made.type).changing ?? [];
  const kept = Object.entries(computedOutputs(made)).map(([output, value]) => {
    return [output, changing.includes(output) ? value : (old[output] ?? value)] as const;
  });
  return { ...echoed(made), ...Object.fromEntries(kept) };
}

export function outputsOfUpdatePreview(made: Made, old: Properties): Properties {
  return { ...outputsOfUpdate(made, old), ...unknown(typeNamed(made.type).changing ?? []) };
}

function echoed({ type, region, ...made }: Made): Properties {
  const inputs = withoutDefaults(made.inputs);
  return {
    ...inputs,
    ...(type.startsWith("aws:") ? { region, ...(inputs["tags"] ? { tagsAll: inputs["tags"] } : {}) } : {}),
  };
}

function unknown(outputs: string[]): Properties {
  return Object.fromEntries(outputs.map((output) => [output, UNKNOWN]));
}
