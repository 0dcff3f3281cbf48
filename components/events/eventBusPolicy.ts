import * as pulumi from "@pulumi/pulumi";

import { policy } from "../access/statements";
import { OWN_SOURCE } from "../workflow/events/ownSource";
import type { EventBus } from "./eventBus";

/**
 * What the policy of a bus in another account needs, as JSON: it names the pipeline's roles, so that nothing else of the account may send.
 * In the pipeline's own account, the roles' permissions are enough.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html
 */
export function eventBusPolicy(
  bus: EventBus | undefined,
  roleArns: pulumi.Input<string>[],
): pulumi.Output<string | undefined> {
  if (!bus) return pulumi.output(undefined);
  return pulumi.jsonStringify(
    policy([
      {
        Sid: "VideoEvents",
        Effect: "Allow",
        Principal: { AWS: roleArns },
        Action: "events:PutEvents",
        Resource: bus.arn,
        ...OWN_SOURCE,
      },
    ]),
  );
}
