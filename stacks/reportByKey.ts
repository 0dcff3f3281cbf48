import * as pulumi from "@pulumi/pulumi";

import { isSecret } from "./secrets";

/** What is wrong with an argument. */
interface Problem {
  propertyPath: string;
  reason: string;
}

/** Creates a component and reports what is wrong with its arguments by the keys of the configuration. */
export function reportByKey<T>(project: string, create: () => T): T {
  try {
    return create();
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
    throw new pulumi.RunError(error.errors.map((problem) => describeProblem(project, problem)).join("\n"));
  }
}

/** A problem by its key: a reason begins with the path of its argument, which is the path of the key, and then has the rule. */
export function describeProblem(project: string, { propertyPath, reason }: Problem): string {
  const shown = isSecret(`${project}:${keyOf(propertyPath)}`)
    ? `${reason.split(". Received ")[0]}. Its value is secret and not shown.`
    : reason;
  return `${project}:${shown}`;
}

export function keyOf(propertyPath: string): string {
  return propertyPath.split(/[.[]/)[0] ?? "";
}
