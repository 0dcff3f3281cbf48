type Replacement = (value: unknown) => Record<string, unknown>;

const environment =
  (member: string): Replacement =>
  (value) => ({ computeEnvironments: [{ name: "compute", [member]: value }] });
const within =
  (key: string, member: string): Replacement =>
  (value) => ({ [key]: { [member]: value } });

/** Examples stand for the value where it is secret or isn't taken over. */
const FORMER: Record<string, [example: unknown, replacement: Replacement]> = {
  partSeconds: [[10], (seconds) => ({ parts: partsOf(seconds) })],
  shareDecoding: [true, (value) => ({ enableSharedDecoding: value })],
  minVcpus: [0, environment("minVcpus")],
  desiredVcpus: [2, environment("desiredVcpus")],
  maxVcpus: [4, environment("maxVcpus")],
  instanceTypes: [["optimal"], environment("instanceTypes")],
  spot: [true, () => ({ computeEnvironments: [{ name: "compute", type: "SPOT", onDemandFallback: true }] })],
  diskGiB: [100, environment("diskGiB")],
  ownVpc: [true, () => ({ network: { vpc: {} } })],
  subnetIds: [["subnet-1"], within("network", "subnetIds")],
  securityGroupIds: [["sg-1"], within("network", "securityGroupIds")],
  attempts: [3, within("jobDefaults", "attempts")],
  attemptTimeoutSeconds: [3600, within("jobDefaults", "attemptTimeoutSeconds")],
  timeoutSeconds: [3600, within("workflow", "timeoutSeconds")],
  queueWaitSeconds: [600, within("workflow", "queueWaitSeconds")],
  continueOnRenditionFailure: [true, within("workflow", "continueOnRenditionFailure")],
  approvalTimeoutSeconds: [86_400, within("approval", "timeoutSeconds")],
  workerImage: ["registry/worker@sha256:…", within("image", "uri")],
  bucket: ["my-bucket", within("storage", "bucket")],
  inputBuckets: [["my-videos"], within("storage", "inputBuckets")],
  protectStorage: [true, within("storage", "protect")],
  deleteStorageWithStack: [true, within("storage", "forceDestroy")],
  retainStorage: [true, within("storage", "retainOnDelete")],
  versioning: [true, within("storage", "enableVersioning")],
  intermediateExpirationDays: [30, within("storage", "intermediateExpirationDays")],
  triggerPrefixes: [["uploads/"], (prefixes) => ({ trigger: { uploads: { prefixes } } })],
  triggerSuffixes: [[".mp4"], (suffixes) => ({ trigger: { uploads: { prefixes: ["uploads/"], suffixes } } })],
  emailAddresses: [["a@example.com"], within("notifications", "emailAddresses")],
  logRetentionDays: [30, within("logs", "retentionDays")],
};

/** What to write instead of a key that no longer exists, or whose value has its former form. A secret value is not shown. */
export function describeFormerKey(project: string, key: string, value: unknown, isSecret: boolean): string | undefined {
  const path = `${project}:${key}`;
  const moved = Object.hasOwn(FORMER, key) ? FORMER[key] : undefined;
  if (moved) {
    const [example, replacement] = moved;
    const [name = "", now] = Object.entries(replacement(isSecret ? example : value))[0] ?? [];
    return `${path} has moved into ${project}:${name}. Write ${project}:${name}: ${JSON.stringify(now)}.`;
  }
  const form = newForm(key, value, isSecret);
  if (!form) return undefined;
  const remedy = form.now ? `Write ${path}: ${JSON.stringify(form.now)}.` : "Remove it to turn monitoring off.";
  return `The form of ${path} has changed. ${remedy}`;
}

/** Keys that still exist, but mean something else. */
function newForm(key: string, value: unknown, isSecret: boolean): { now?: object } | undefined {
  if (key === "renditions" && areTexts(value)) return { now: (isSecret ? ["1080p"] : value).map(rendition) };
  if (key === "queues" && areTexts(value)) return { now: (isSecret ? ["high:10"] : value).map(queue) };
  if (key === "monitoring" && typeof value === "boolean") return value || isSecret ? { now: {} } : {};
  return undefined;
}

function areTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === "string");
}

/** `4k`, `8k` or a height such as `720p`, and a codec as in `720p:av1`. */
function rendition(text: string): object {
  const named: Record<string, number> = { "4k": 2160, "8k": 4320 };
  const [size = "", codec] = text.split(":");
  const height = named[size] ?? (Number(/^(\d+)p$/.exec(size)?.[1] ?? 720) || 720);
  return codec === undefined || codec === "h264" ? { name: size, height } : { name: `${size}-${codec}`, height, codec };
}

/** `high:10` */
function queue(text: string): object {
  const [name, priority] = text.split(":");
  return { name, priority: Number(priority) || 0 };
}

/** Every part but the last had its seconds, on the first queue, on the second queue, and so on. */
function partsOf(seconds: unknown): object[] {
  const queues = ["high", "normal", "low"];
  const before = (Array.isArray(seconds) ? seconds : [10]).map((one: unknown, index) => ({
    queue: queues[index] ?? "high",
    seconds: one,
  }));
  return [...before, { queue: "low" }];
}
