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
    const shown = withoutSecrets(value);
    // As in Pulumi, one secret value makes its whole key secret.
    if (serialise(shown) !== serialise(value)) result.secretKeys.push(qualified(key));
    result.config[qualified(key)] = serialise(shown);
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

/** As the CLI writes secrets, at any depth: `{ secure: … }`. */
function isEncrypted(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).join() === "secure";
}

function withoutSecrets(value: unknown): unknown {
  if (isEncrypted(value)) return ENCRYPTED;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutSecrets(member)]));
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
