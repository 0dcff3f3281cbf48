import type * as pulumi from "@pulumi/pulumi";

import type { Events } from "./args";
import { DEFAULT_BUS } from "./buses";

export interface EventSettings {
  /** Name or ARN of an existing bus. */
  busName: pulumi.Input<string>;
  /** Whether a bus is made instead. */
  enableBus: boolean;
}

export function normaliseEvents({ busName = DEFAULT_BUS, enableBus = false }: Events): EventSettings {
  return { busName, enableBus };
}
