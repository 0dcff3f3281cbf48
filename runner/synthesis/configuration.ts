/** `config:` of a Pulumi.yaml. Each entry is a type, or a plain value that is the default. */
export type ConfigurationSchema = Record<string, ConfigurationType | string | number | boolean>;

export interface ConfigurationType {
  type?: string;
  items?: ConfigurationType;
  default?: unknown;
  value?: unknown;
  secret?: boolean;
}

export interface StackConfiguration {
  config: Record<string, string>;
  secretKeys: string[];
  problems: string[];
}

/** Placeholder for a secret, which only the owner's key can decrypt. */
const ENCRYPTED = "[secret]";

/**
 * Merges a stack's values with the project's typed defaults and checks them, with the Pulumi CLI's error messages
 * (https://github.com/pulumi/pulumi/blob/master/sdk/go/common/workspace/config.go). It does not decrypt encrypted values, so the
 * program sees a placeholder.
 */
export function stackConfiguration(
  project: string,
  stack: string,
  schema: ConfigurationSchema,
  values: Record<string, unknown>,
): StackConfiguration {
  const result: StackConfiguration = { config: {}, secretKeys: [], problems: [] };
  const qualified = (key: string): string => (key.includes(":") ? key : `${project}:${key}`);
  for (const [key, value] of Object.entries(values)) {
    if (isEncrypted(value)) result.secretKeys.push(qualified(key));
    result.config[qualified(key)] = serialise(isEncrypted(value) ? ENCRYPTED : value);
  }
  for (const [key, declared] of Object.entries(schema)) {
    const type = typeof declared === "object" ? declared : { default: declared };
    const stackValue = values[key] ?? values[qualified(key)];
    const fallback = type.value ?? type.default;
    if (stackValue === undefined && fallback !== undefined) {
      result.config[qualified(key)] = serialise(fallback);
    } else if (stackValue === undefined && qualified(key).startsWith(`${project}:`)) {
      result.problems.push(`Stack '${stack}' is missing configuration value '${key}'`);
    } else if (stackValue !== undefined && !isEncrypted(stackValue) && !matchesType(stackValue, type)) {
      result.problems.push(`Stack '${stack}' with configuration key '${key}' must be of type '${typeName(type)}'`);
    }
  }
  return result;
}

function isEncrypted(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "secure" in value;
}

function serialise(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function matchesType(value: unknown, { type, items }: ConfigurationType): boolean {
  switch (type) {
    case "string":
      return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    case "integer":
      return /^-?\d+$/.test(serialise(value));
    case "boolean":
      return /^(true|false)$/.test(serialise(value));
    case "array":
      return Array.isArray(value) && (items === undefined || value.every((item) => matchesType(item, items)));
    default:
      return true;
  }
}

function typeName({ type, items }: ConfigurationType): string {
  return type === "array" && items ? `array<${typeName(items)}>` : String(type);
}
