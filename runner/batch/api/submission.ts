import type { ExitRule, RetryStrategy } from "./configuration";
import { BatchClientError } from "./errors";

/** A validated SubmitJob call. For undefined values, the job definition's value applies. */
export interface Submission {
  jobName: string;
  jobQueue: string;
  jobDefinition: string;
  parameters: Record<string, string>;
  command?: string[];
  environment: Record<string, string>;
  vcpus?: number;
  memoryMiB?: number;
  arraySize?: number;
  retryStrategy?: RetryStrategy;
  attemptTimeoutSeconds?: number;
  shareIdentifier?: string;
  schedulingPriority?: number;
  tags: Record<string, string>;
}

/** The supported arguments of `batch:submitJob`. */
export const SUBMIT_FIELDS = [
  "JobName",
  "JobQueue",
  "JobDefinition",
  "Parameters",
  "ContainerOverrides",
  "ArrayProperties",
  "RetryStrategy",
  "Timeout",
  "ShareIdentifier",
  "SchedulingPriorityOverride",
  "Tags",
  "PropagateTags",
] as const;

/** @see https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html */
const MAX_BYTES = 30 * 1024;

const JOB_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

/** Reads SubmitJob's arguments in the PascalCase of Step Functions, and checks them with the service's rules. */
export function readSubmission(args: unknown): Submission {
  const request = new Reader(args, "", SUBMIT_FIELDS);
  const bytes = Buffer.byteLength(JSON.stringify(args));
  if (bytes > MAX_BYTES) {
    throw new BatchClientError(`A SubmitJob request must have at most ${MAX_BYTES} bytes. Received ${bytes}.`);
  }
  const overrides = request.reader("ContainerOverrides", ["Command", "Environment", "ResourceRequirements"]);
  const jobName = request.text("JobName");
  if (!JOB_NAME.test(jobName)) {
    const rule = "must begin with a letter or digit and have at most 128 letters, digits, hyphens and underscores";
    throw new BatchClientError(`JobName ${rule}. Received ${display(jobName)}.`);
  }
  const resources = resourceRequirements(overrides);
  return {
    jobName,
    jobQueue: request.text("JobQueue"),
    jobDefinition: request.text("JobDefinition"),
    parameters: request.texts("Parameters"),
    command: overrides?.textList("Command"),
    environment: environment(overrides),
    vcpus: resources["VCPU"],
    memoryMiB: resources["MEMORY"],
    arraySize: request.reader("ArrayProperties", ["Size"])?.whole("Size", 2, 10_000),
    retryStrategy: retryStrategy(request.reader("RetryStrategy", ["Attempts", "EvaluateOnExit"])),
    attemptTimeoutSeconds: request
      .reader("Timeout", ["AttemptDurationSeconds"])
      ?.whole("AttemptDurationSeconds", 60, Number.MAX_SAFE_INTEGER),
    shareIdentifier: request.optionalText("ShareIdentifier"),
    schedulingPriority: request.whole("SchedulingPriorityOverride", 0, 9999),
    tags: request.texts("Tags"),
  };
}

function environment(overrides: Reader | undefined): Record<string, string> {
  const entries = overrides?.readers("Environment", ["Name", "Value"]) ?? [];
  return Object.fromEntries(entries.map((entry) => [entry.text("Name"), entry.text("Value")]));
}

function resourceRequirements(overrides: Reader | undefined): Record<string, number> {
  const entries = overrides?.readers("ResourceRequirements", ["Type", "Value"]) ?? [];
  return Object.fromEntries(entries.map((entry) => [entry.text("Type"), Number(entry.text("Value"))]));
}

function retryStrategy(strategy: Reader | undefined): RetryStrategy | undefined {
  if (!strategy) return undefined;
  const fields = ["Action", "OnExitCode", "OnReason", "OnStatusReason"];
  const rules = strategy.readers("EvaluateOnExit", fields) ?? [];
  return {
    attempts: strategy.whole("Attempts", 1, 10) ?? 1,
    evaluateOnExit: rules.map((rule) => ({
      action: rule.text("Action").toUpperCase() as ExitRule["action"],
      onExitCode: rule.optionalText("OnExitCode"),
      onReason: rule.optionalText("OnReason"),
      onStatusReason: rule.optionalText("OnStatusReason"),
    })),
  };
}

/** Reads an object of the request. Its errors name the path, the rule and the value. */
class Reader {
  readonly #object: Record<string, unknown>;

  constructor(
    value: unknown,
    private readonly path: string,
    known: readonly string[],
  ) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new BatchClientError(`${path || "The request"} must be an object. Received ${display(value)}.`);
    }
    this.#object = value as Record<string, unknown>;
    for (const field of Object.keys(value)) {
      if (!known.includes(field)) {
        throw new BatchClientError(`${this.#at(field)} isn't supported in a local run. Use only ${known.join(", ")}.`);
      }
    }
  }

  text(field: string): string {
    const value = this.optionalText(field);
    if (!value) throw new BatchClientError(`${this.#at(field)} is required.`);
    return value;
  }

  optionalText(field: string): string | undefined {
    return asText(this.#object[field], this.#at(field));
  }

  texts(field: string): Record<string, string> {
    const value = this.#object[field] ?? {};
    const keys = Object.keys(value);
    const reader = new Reader(value, this.#at(field), keys);
    return Object.fromEntries(keys.map((key) => [key, reader.optionalText(key) ?? ""]));
  }

  textList(field: string): string[] | undefined {
    return this.#list(field)?.map((entry, index) => asText(entry, `${this.#at(field)}[${index}]`) ?? "");
  }

  whole(field: string, min: number, max: number): number | undefined {
    const value = this.#object[field];
    if (value === undefined) return undefined;
    if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
      const range = max === Number.MAX_SAFE_INTEGER ? `at least ${min}` : `from ${min} to ${max}`;
      throw new BatchClientError(`${this.#at(field)} must be a whole number, ${range}. Received ${display(value)}.`);
    }
    return value as number;
  }

  reader(field: string, known: readonly string[]): Reader | undefined {
    const value = this.#object[field];
    return value === undefined ? undefined : new Reader(value, this.#at(field), known);
  }

  readers(field: string, known: readonly string[]): Reader[] | undefined {
    return this.#list(field)?.map((entry, index) => new Reader(entry, `${this.#at(field)}[${index}]`, known));
  }

  #list(field: string): unknown[] | undefined {
    const value = this.#object[field];
    if (value === undefined || Array.isArray(value)) return value;
    throw new BatchClientError(`${this.#at(field)} must be an array. Received ${display(value)}.`);
  }

  #at(field: string): string {
    return this.path ? `${this.path}.${field}` : field;
  }
}

function asText(value: unknown, path: string): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  throw new BatchClientError(`${path} must be a string. Received ${display(value)}.`);
}

function display(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}
