import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import type { Property, PropertyType, SpecDatabase } from "@aws-cdk/service-spec-types";

type Properties = Record<string, Property>;

let database: SpecDatabase | undefined;

/** AWS' own schemas, which take two seconds to load. */
function schemas(): SpecDatabase {
  database ??= loadAwsServiceSpecSync();
  return database;
}

/** What of a value AWS' schema of a CloudFormation type does not know, misses, or has of another type. */
export function violations(cloudFormationType: string, value: unknown): string[] {
  const { properties } = schemas().lookup("resource", "cloudFormationType", "equals", cloudFormationType).only();
  return inObject(properties, value, cloudFormationType);
}

/** The same of a part of it, for what travels as a string. */
export function violationsOfPart(cloudFormationType: string, part: string, value: unknown): string[] {
  const { properties } = schemas().lookup("resource", "cloudFormationType", "equals", cloudFormationType).only();
  const property = properties[part];
  return property ? inValue(property.type, value, part) : [`${cloudFormationType} has no ${part}`];
}

function inObject(properties: Properties, value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${path} is no object`];
  const given = new Map(Object.entries(value).map(([key, member]) => [key.toLowerCase(), member as unknown]));
  const known = new Map(Object.entries(properties).map(([key, property]) => [key.toLowerCase(), { key, property }]));
  return [
    ...[...given].flatMap(([key, member]) => {
      const found = known.get(key);
      return found ? inValue(found.property.type, member, `${path}.${found.key}`) : [`${path} has no ${key}`];
    }),
    ...[...known].flatMap(([key, found]) =>
      found.property.required === true && !given.has(key) ? [`${path}.${found.key} is missing`] : [],
    ),
  ];
}

function inValue(type: PropertyType, value: unknown, path: string): string[] {
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
      return value.flatMap((entry, index) => inValue(type.element, entry, `${path}[${index}]`));
    case "map":
      if (typeof value !== "object" || value === null) return wrong(false);
      return Object.entries(value).flatMap(([key, entry]) => inValue(type.element, entry, `${path}.${key}`));
    case "ref":
      return inObject(schemas().get("typeDefinition", type.reference.$ref).properties, value, path);
    case "union":
      return type.types.some((one) => inValue(one, value, path).length === 0) ? [] : wrong(false);
    default:
      return [];
  }
}
