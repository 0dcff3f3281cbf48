/** The part of Pulumi's package schema that arguments are checked against. */

/** @see https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/ */
export interface PackageSchema {
  resources: Record<string, { inputProperties: Record<string, Position>; requiredInputs: string[] }>;
  types: Record<string, { properties: Record<string, Position>; required: string[] }>;
}

/** A place in the arguments where a value may be. */
export interface Position {
  type?: string;
  /** Stands for an object of one of the types, instead of `type`. */
  $ref?: string;
  items?: Position;
  additionalProperties?: Position;
  /** Whether the value has to be known before the deployment. */
  plain?: boolean;
  description?: string;
}

/** The members that an object may have, and has to have. */
export interface Members {
  known: Record<string, Position>;
  required: string[];
}

/** The members of the arguments of the package's only component. */
export function argumentsOf({ resources }: PackageSchema): Members {
  const [component] = Object.values(resources);
  if (component === undefined) throw new Error("The schema has no component.");
  return { known: component.inputProperties, required: component.requiredInputs };
}

/** The members of the object that belongs at the position, or nothing if their names are up to the user. */
export function membersAt({ types }: PackageSchema, { $ref }: Position): Members | undefined {
  if ($ref === undefined) return undefined;
  const type = types[$ref.replace("#/types/", "")];
  if (type === undefined) throw new Error(`The schema has no type ${$ref}.`);
  return { known: type.properties, required: type.required };
}
