import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context/context";
import { ANYTHING } from "../eventPattern/values";
import { busArn, DEFAULT_BUS, isDefaultBus } from "../events/buses";
import type { EventBus } from "../events/eventBus";
import type { Problem } from "../rules/problem";
import type { WorkflowSettings } from "../workflow/settings/settings";
import type { EventTrigger } from "./args";
import { checkBusLocation, checkEvents } from "./checkEventTrigger";
import { checkOwnEvents, mayMatch } from "./checkOwnEvents";
import { serviceEvents, videoEvents } from "./ownEvents";
import type { StartingRule } from "./startOnEvents";

/** What the rule must not start from. */
export interface OwnOutputs {
  workflow: WorkflowSettings;
  /** The bus that the pipeline sends events to. */
  eventBus?: EventBus;
  bucketName?: pulumi.Output<string>;
  stateMachineArn: pulumi.Output<string>;
}

/** The rule for events on a bus. */
export function createEventRule(context: Context, events: EventTrigger, own: OwnOutputs): StartingRule {
  const { name, tags, parent } = context;
  const { busName } = events;
  const rule = new cloudwatch.EventRule(
    `${name}-events-trigger`,
    {
      description: `Events start the pipeline ${name}`,
      eventBusName: busName,
      eventPattern: checkedPattern(context, events, own),
      tags,
    },
    { parent },
  );
  return { suffix: "events-trigger", rule, busName };
}

/** The pattern as JSON, once everything is checked that wasn't known before. It waits for no resource unless that decides. */
function checkedPattern(
  { name, location }: Context,
  { busName = DEFAULT_BUS, ...events }: EventTrigger,
  { workflow, eventBus, bucketName, stateMachineArn }: OwnOutputs,
): pulumi.Output<string> {
  return pulumi
    .all([pulumi.output(events.pattern), pulumi.output(events.sample), pulumi.output(busName), location])
    .apply(([pattern, sample, bus, here]) => {
      refuse([...checkBusLocation(bus, here), ...checkEvents(pattern, sample, workflow)]);
      const text = JSON.stringify(pattern);
      const services = (bucket: unknown, stateMachine: unknown) =>
        isDefaultBus(bus)
          ? serviceEvents({ outputPrefix: workflow.outputPrefix, bucket, stateMachineArn: stateMachine })
          : [];
      const video = videoEvents(name);
      const maySend = eventBus !== undefined && mayMatch(pattern, video);
      const mayLoop = services(bucketName && ANYTHING, ANYTHING).some((each) => mayMatch(pattern, each));
      if (!maySend && !mayLoop) return pulumi.output(text);
      return pulumi.all([eventBus?.arn, bucketName, stateMachineArn]).apply(([target, bucket, stateMachine]) => {
        const isSameBus = maySend && target === busArn(bus, here);
        refuse(checkOwnEvents(pattern, [...(isSameBus ? [video] : []), ...services(bucket, stateMachine)]));
        return text;
      });
    });
}

function refuse(problems: Problem[]): void {
  if (problems.length > 0) throw new Error(problems.map(({ reason }) => reason).join("\n"));
}
