import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context/context";
import type { EventTrigger } from "./args";
import type { StartingRule } from "./startOnEvents";

/** The rule for events on a bus. */
export function createEventRule({ name, tags, parent }: Context, { busName, pattern }: EventTrigger): StartingRule {
  const rule = new cloudwatch.EventRule(
    `${name}-events-trigger`,
    {
      description: `Events start the pipeline ${name}`,
      eventBusName: busName,
      eventPattern: pulumi.jsonStringify(pattern),
      tags,
    },
    { parent },
  );
  return { suffix: "events-trigger", rule, busName };
}
