import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import type { Property, PropertyType, SpecDatabase } from "@aws-cdk/service-spec-types";

type Properties = Record<string, Property>;

let database: SpecDatabase | undefined;

/** AWS' own schemas, which take two seconds to load. */
function schemas(): SpecDatabase {
  database ??= loadAwsServiceSpecSync();
  return database;
}

/** How keys are compared: the provider's words differ from CloudFormation's in case. */
type Spelling = (key: string) => string;
const inAnyCase: Spelling = (key) => key.toLowerCase();
export const exactly: Spelling = (key) => key;

/** What of a value AWS' schema of a CloudFormation type does not know, misses, or has of another type. */
export function violations(cloudFormationType: string, value: unknown, spelt = inAnyCase): string[] {
  const { properties } = schemas().lookup("resource", "cloudFormationType", "equals", cloudFormationType).only();
  return inObject(properties, value, cloudFormationType, spelt);
}

/** The same of a part of it, for what travels as a string. */
export function violationsOfPart(cloudFormationType: string, part: string, value: unknown): string[] {
  const { properties } = schemas().lookup("resource", "cloudFormationType", "equals", cloudFormationType).only();
  const property = properties[part];
  return property ? inValue(property.type, value, part, inAnyCase) : [`${cloudFormationType} has no ${part}`];
}

function inObject(properties: Properties, value: unknown, path: string, spelt: Spelling): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${path} is no object`];
  const given = new Map(Object.entries(value).map(([key, member]) => [spelt(key), member as unknown]));
  const known = new Map(Object.entries(properties).map(([key, property]) => [spelt(key), { key, property }]));
  return [
    ...[...given].flatMap(([key, member]) => {
      const found = known.get(key);
      return found ? inValue(found.property.type, member, `${path}.${found.key}`, spelt) : [`${path} has no ${key}`];
    }),
    ...[...known].flatMap(([key, found]) =>
      found.property.required === true && !given.has(key) ? [`${path}.${found.key} is missing`] : [],
    ),
  ];
}

function inValue(type: PropertyType, value: unknown, path: string, spelt: Spelling): string[] {
  const wrong = (right: boolean): string[] => (right ? [] : [`${path} is no ${type.type}: ${JSON.stringify(value)}`]);
  switch (type.type) {
    case "string": {
      const { allowedValues } = type as { allowedValues?: string[] };
      if (allowedValues && typeof value === "string" && !allowedValues.includes(value)) {
        return [`${path} is none of ${allowedValues.join(", ")}: ${value}`];
      }
      return wrong(typeof value === "string");
    }
    case "integer":
      return wrong(Number.isInteger(value));
    case "number":
      return wrong(typeof value === "number");
    case "boolean":
      return wrong(typeof value === "boolean");
    case "array":
      if (!Array.isArray(value)) return wrong(false);
      return value.flatMap((entry, index) => inValue(type.element, entry, `${path}[${index}]`, spelt));
    case "map":
      if (typeof value !== "object" || value === null) return wrong(false);
      return Object.entries(value).flatMap(([key, entry]) => inValue(type.element, entry, `${path}.${key}`, spelt));
    case "ref":
      return inObject(schemas().get("typeDefinition", type.reference.$ref).properties, value, path, spelt);
    case "union":
      return type.types.some((one) => inValue(one, value, path, spelt).length === 0) ? [] : wrong(false);
    default:
      return [];
  }
}
