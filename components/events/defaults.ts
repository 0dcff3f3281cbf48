import type * as pulumi from "@pulumi/pulumi";

import type { Events } from "./args";

export interface EventSettings {
  /** Name or ARN of an existing bus. */
  busName: pulumi.Input<string>;
  /** Whether a bus is made instead. */
  enableBus: boolean;
}

export function normaliseEvents({ busName = "default", enableBus = false }: Events): EventSettings {
  return { busName, enableBus };
}
