import type { AwsLocation } from "../../contract/arn";

/** The name of every account's own bus, to which AWS's services send. */
export const DEFAULT_BUS = "default";

/** The ARN of a bus that is given by it, or by its name. */
export function busArn(bus: string, { partition, region, account }: AwsLocation): string {
  return bus.startsWith("arn:") ? bus : `arn:${partition}:events:${region}:${account}:event-bus/${bus}`;
}

/** Whether a name or an ARN is that of an account's own bus. */
export function isDefaultBus(bus: string): boolean {
  return bus === DEFAULT_BUS || bus.endsWith(`:event-bus/${DEFAULT_BUS}`);
}
