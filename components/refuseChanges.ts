import * as pulumi from "@pulumi/pulumi";

import type { VideoBatchPipelineArgs } from "./args";
import { checkFixedNames } from "./changes/checkFixedNames";
import { checkSubnetRanges } from "./changes/checkSubnetRanges";
import { type FixedName, listFixedNames } from "./changes/fixedNames";
import { hasEngine } from "./context/engine";
import type { VpcSettings } from "./network/defaults";
import { normalise } from "./settings";

/** How many hooks this process has registered. */
let hooks = 0;

/**
 * Options of the component with which it refuses what AWS would refuse in the middle of a deployment. Only the engine knows the
 * arguments of the last deployment: it gives them to a hook of the component before any child is registered, in a preview too.
 */
export function refuseChanges(
  name: string,
  args: VideoBatchPipelineArgs,
  opts: pulumi.ComponentResourceOptions = {},
): pulumi.ComponentResourceOptions {
  const { names, vpc } = readFixed(name, args);
  if ((names.length === 0 && vpc === undefined) || !hasEngine()) return opts;
  hooks += 1;
  const hook = new pulumi.ResourceHook(
    // The engine refuses a second hook of the same name, and pipelines below different parents may have one.
    `changes of ${name} (${hooks})`,
    async ({ oldInputs = {}, newInputs = {} }) => {
      const before = readFixed(name, await withoutSecrets(oldInputs));
      const now = readFixed(name, { ...args, ...withoutOutputs(newInputs) });
      const problems = [...checkFixedNames(before.names, now.names), ...checkSubnetRanges(before.vpc, now.vpc)];
      if (problems.length === 0) return;
      const reasons = problems.map(({ reason }) => `- ${reason}`);
      throw new Error([`VideoBatchPipeline "${name}" can't be changed in this way:`, ...reasons].join("\n"));
    },
    { onDryRun: true },
  );
  return { ...opts, hooks: { ...opts.hooks, beforeUpdate: [...(opts.hooks?.beforeUpdate ?? []), hook] } };
}

/** What AWS refuses to change in some ways. */
interface Fixed {
  names: FixedName[];
  vpc?: VpcSettings;
}

/** Empty if the arguments are from an earlier version of the package and no longer valid. */
function readFixed(name: string, args: VideoBatchPipelineArgs): Fixed {
  try {
    const settings = normalise(name, args);
    return { names: listFixedNames(args, settings), vpc: settings.network.vpc };
  } catch {
    return { names: [] };
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
