import timers from "node:timers/promises";

import * as pulumi from "@pulumi/pulumi";

import { hasEngine } from "../context/engine";

/** One for all pipelines of a program: the state of an environment has this name, and a later version of the program must know it. */
const HOOK = "video-batch-pipeline:environment-deletion";

/** For a while after a queue has moved to another environment, Batch answers this to the deletion of the one that it left. */
const STILL_IN_USE = /found existing JobQueue relationship/;

const LONGEST_WAIT_SECONDS = 30;
/** Ten minutes in all, as long as the provider waits for a queue. */
const MOST_ATTEMPTS = 24;

/**
 * Repeats the deletion of an environment until Batch has noticed that no queue uses it. The provider itself fails at once.
 *
 * It is an error hook, because Pulumi refuses to destroy a stack with hooks before deletions unless it runs the program. Without the
 * program, or with versions of Pulumi that have no such hooks, the deletion fails as before, and the next deployment repeats it.
 * @see https://github.com/pulumi/pulumi-aws/issues/6233
 */
export function repeatDeletion(): pulumi.ResourceHookBinding | undefined {
  // Tests have no engine; the types don't tell that older SDKs have no such hooks.
  const register = pulumi.runtime.registerErrorHook as typeof pulumi.runtime.registerErrorHook | undefined;
  if (!hasEngine() || register === undefined) return undefined;
  const hook: pulumi.ErrorHook = { name: HOOK, callback: awaitRelease };
  // Fails when another pipeline has registered it, and with a CLI that knows no error hooks.
  register(hook).catch(() => undefined);
  return { onError: [hook] };
}

async function awaitRelease({ failedOperation, errors }: pulumi.ErrorHookArgs): Promise<boolean> {
  const failures = errors.length;
  if (failedOperation !== "delete" || !STILL_IN_USE.test(errors[0] ?? "") || failures >= MOST_ATTEMPTS) return false;
  await timers.setTimeout(Math.min(2 ** (failures - 1), LONGEST_WAIT_SECONDS) * 1000);
  return true;
}
