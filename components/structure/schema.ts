/** The part of Pulumi's package schema that arguments are checked against. */

/** @see https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/ */
export interface PackageSchema {
  resources: Record<string, { inputProperties: Record<string, Position>; requiredInputs: string[] }>;
  types: Record<string, ObjectType | ChoiceType>;
}

interface ObjectType {
  properties: Record<string, Position>;
  required: string[];
}

/** A value that is one of a few. Which they are is a rule of its concern. */
interface ChoiceType {
  type: string;
  enum: unknown[];
}

/** A place in the arguments where a value may be. */
export interface Position {
  type?: string;
  /** Stands for an object of one of the types, instead of `type`. */
  $ref?: string;
  items?: Position;
  additionalProperties?: Position;
  /** Whether the value must be known before the deployment. */
  plain?: boolean;
  description?: string;
}

/** Whether any JSON may be at the position, which may have outputs within. */
export function isAny({ $ref }: Position): boolean {
  return $ref === "pulumi.json#/Any";
}

/** The members that an object may have, and those that it must have. */
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
  const type = $ref === undefined || isAny({ $ref }) ? undefined : typeOf(types, $ref);
  return type && "properties" in type ? { known: type.properties, required: type.required } : undefined;
}

/** The position with the type of its values in place of the name of a choice. */
export function withoutChoice({ types }: PackageSchema, position: Position): Position {
  const { $ref, ...others } = position;
  const type = $ref === undefined || isAny({ $ref }) ? undefined : typeOf(types, $ref);
  return type && "enum" in type ? { ...others, type: type.type } : position;
}

function typeOf(types: PackageSchema["types"], $ref: string): ObjectType | ChoiceType {
  const type = types[$ref.replace("#/types/", "")];
  if (type === undefined) throw new Error(`The schema has no type ${$ref}.`);
  return type;
}
