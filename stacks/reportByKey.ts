import * as pulumi from "@pulumi/pulumi";

import { isSecret } from "./secrets";

/** Creates a component and reports what is wrong with its arguments by the keys of the configuration. */
export function reportByKey<T>(project: string, create: () => T): T {
  try {
    return create();
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
    throw new pulumi.RunError(error.errors.map((problem) => describe(project, problem)).join("\n"));
  }
}

/** A reason begins with the path of its argument, which is the path of the key, and then has the rule. */
function describe(project: string, { propertyPath, reason }: { propertyPath: string; reason: string }): string {
  const [key = ""] = propertyPath.split(/[.[]/);
  const shown = isSecret(`${project}:${key}`)
    ? `${reason.split(". Received ")[0]}. Its value is secret and not shown.`
    : reason;
  return `${project}:${shown}`;
}
