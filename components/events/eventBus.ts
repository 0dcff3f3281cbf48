import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context/context";
import { busArn } from "./buses";
import type { EventSettings } from "./defaults";

/** Where events go. */
export interface EventBus {
  arn: pulumi.Output<string>;
}

/** The bus: one that is made, or an existing one. Nothing when no events are sent. */
export function createEventBus(context: Context, settings: EventSettings | undefined): EventBus | undefined {
  if (!settings) return undefined;
  return settings.enableBus ? makeBus(context) : { arn: findBus(context, settings.busName) };
}

function makeBus({ name, tags, keyArn, parent }: Context): EventBus {
  const { arn } = new cloudwatch.EventBus(
    `${name}-events`,
    { description: `Events of the videos of the pipeline ${name}`, kmsKeyIdentifier: keyArn, tags },
    { parent },
  );
  return { arn };
}

function findBus({ location }: Context, busName: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.all([busName, location]).apply(([bus, here]) => busArn(bus, here));
}
