import * as pulumi from "@pulumi/pulumi";

/** Whether Pulumi's engine runs the program. In tests it doesn't. The SDK's own `hasEngine` is false until something has been logged. */
export function hasEngine(): boolean {
  return pulumi.runtime.getEngine() !== undefined;
}
