import * as pulumi from "@pulumi/pulumi";

/** Maps arguments to configuration keys. `*` matches any name or index. The first match wins. */
const KEYS: [argument: string, key: string][] = [
  ["renditions[*].name", "renditions[*]"],
  ["renditions[*].height", "renditions[*]"],
  ["renditions[*].codec", "renditions[*]"],
  ["queues[*].name", "queues[*]"],
  ["queues[*].priority", "queues[*]"],
  ["parts[*].seconds", "partSeconds[*]"],
  ["computeEnvironments[0].minVcpus", "minVcpus"],
  ["computeEnvironments[0].desiredVcpus", "desiredVcpus"],
  ["computeEnvironments[0].maxVcpus", "maxVcpus"],
  ["computeEnvironments[0].instanceTypes", "instanceTypes"],
  ["computeEnvironments[0].diskGiB", "diskGiB"],
  ["network.subnetIds", "subnetIds"],
  ["network.securityGroupIds", "securityGroupIds"],
  ["network.vpc", "ownVpc"],
  ["jobDefaults.attempts", "attempts"],
  ["jobDefaults.attemptTimeoutSeconds", "attemptTimeoutSeconds"],
  ["workflow.timeoutSeconds", "timeoutSeconds"],
  ["workflow.queueWaitSeconds", "queueWaitSeconds"],
  ["workflow.continueOnRenditionFailure", "continueOnRenditionFailure"],
  ["approval.timeoutSeconds", "approvalTimeoutSeconds"],
  ["image.uri", "workerImage"],
  ["storage.bucket", "bucket"],
  ["storage.inputBuckets", "inputBuckets"],
  ["storage.protect", "protectStorage"],
  ["storage.retainOnDelete", "retainStorage"],
  ["storage.enableVersioning", "versioning"],
  ["storage.forceDestroy", "deleteStorageWithStack"],
  ["storage.intermediateExpirationDays", "intermediateExpirationDays"],
  ["trigger.uploads.prefixes", "triggerPrefixes"],
  ["trigger.uploads.suffixes", "triggerSuffixes"],
  ["notifications.emailAddresses", "emailAddresses"],
  ["logs.retentionDays", "logRetentionDays"],
];

/** Creates a component and reports its argument errors by configuration key. */
export function reportByKey<T>(config: pulumi.Config, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
    // A reason begins with the path of its argument.
    const problems = error.errors.map(({ propertyPath, reason }) =>
      reason.replace(propertyPath, keyOf(config, propertyPath)),
    );
    throw new pulumi.RunError([...new Set(problems)].join("\n"));
  }
}

/** The configuration key of an argument's path, or of the longest prefix that has one. */
function keyOf(config: pulumi.Config, propertyPath: string): string {
  for (const [argument, key] of KEYS) {
    const indices = pattern(argument).exec(propertyPath);
    if (indices) return `${config.name}:${key.replace("*", indices[1] ?? "")}${indices.at(-1) ?? ""}`;
  }
  return `${config.name}:${propertyPath}`;
}

/** `*` becomes a group for an index or a name. The last group is the rest of the path, such as `[2]`. */
function pattern(argument: string): RegExp {
  const source = argument.replace(/[.[\]]/g, "\\$&").replaceAll("*", "(\\w+)");
  return new RegExp(`^${source}((?:[.[].*)?)$`);
}
