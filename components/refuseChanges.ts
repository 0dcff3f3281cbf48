import * as pulumi from "@pulumi/pulumi";

import type { VideoBatchPipelineArgs } from "./args";
import { checkFixedNames } from "./changes/checkFixedNames";
import { type FixedName, listFixedNames } from "./changes/fixedNames";
import { hasEngine } from "./context/engine";
import { normalise } from "./settings";

/**
 * Options of the component with which it refuses what AWS would refuse in the middle of a deployment. Only the engine knows the
 * arguments of the last deployment: it gives them to a hook of the component before any child is registered, in a preview too.
 */
export function refuseChanges(
  name: string,
  args: VideoBatchPipelineArgs,
  opts: pulumi.ComponentResourceOptions = {},
): pulumi.ComponentResourceOptions {
  const names = fixedNames(name, args);
  if (names.length === 0 || !hasEngine()) return opts;
  const hook = new pulumi.ResourceHook(
    // Hooks have different names, as these have in AWS.
    `fixed names of ${name} (${names.map(({ value }) => value).join(", ")})`,
    async ({ oldInputs = {}, newInputs = {} }) => {
      const before = fixedNames(name, await withoutSecrets(oldInputs));
      const problems = checkFixedNames(before, fixedNames(name, { ...args, ...withoutOutputs(newInputs) }));
      if (problems.length === 0) return;
      const reasons = problems.map(({ reason }) => `- ${reason}`);
      throw new Error([`VideoBatchPipeline "${name}" can't be changed in this way:`, ...reasons].join("\n"));
    },
    { onDryRun: true },
  );
  return { ...opts, hooks: { ...opts.hooks, beforeUpdate: [...(opts.hooks?.beforeUpdate ?? []), hook] } };
}

/** Empty if the arguments are from an earlier version of the package and no longer valid. */
function fixedNames(name: string, args: VideoBatchPipelineArgs): FixedName[] {
  try {
    return listFixedNames(args, normalise(name, args));
  } catch {
    return [];
  }
}

/** Hooks get arguments that contain a secret as Outputs. Those of the last deployment are known. */
function withoutSecrets(inputs: Record<string, unknown>): Promise<Record<string, unknown>> {
  return new Promise((resolve) => pulumi.output(inputs).apply(resolve));
}

/** These may contain values that are not known yet, so waiting for them could last forever. */
function withoutOutputs(inputs: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => !pulumi.Output.isInstance(value)));
}
