import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context/context";
import { ANYTHING, SomeText } from "../eventPattern/values";
import { busArn, DEFAULT_BUS, isDefaultBus } from "../events/buses";
import type { EventBus } from "../events/eventBus";
import type { Problem } from "../rules/problem";
import type { WorkflowSettings } from "../workflow/settings/settings";
import type { EventTrigger } from "./args";
import { checkBusLocation, checkEvents } from "./checkEventTrigger";
import { checkOwnEvents, mayMatch } from "./checkOwnEvents";
import { checkSampleBucket, knownBuckets, type ReadableBuckets } from "./checkSampleBucket";
import { ANY_ARNS, NO_ARNS, NOT_KNOWN, type OwnArns, serviceEvents, videoEvents } from "./ownEvents";
import type { StartingRule } from "./startOnEvents";

/** What the rule must not start from, and what its executions may read. */
export interface OwnResources {
  workflow: WorkflowSettings;
  /** The bus that the pipeline sends events to. */
  eventBus?: EventBus;
  /** Absent if no job has storage. */
  buckets?: ReadableBuckets;
  bucketName?: pulumi.Output<string>;
  stateMachineArn: pulumi.Output<string>;
  jobQueueArns: pulumi.Output<Record<string, string>>;
  jobDefinitionArns: pulumi.Output<Record<string, string>>;
}

/** The rule for events on a bus. */
export function createEventRule(context: Context, events: EventTrigger, own: OwnResources): StartingRule {
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
  own: OwnResources,
): pulumi.Output<string> {
  const { workflow, eventBus, buckets, bucketName } = own;
  return pulumi
    .all([pulumi.output(events.pattern), pulumi.output(events.sample), pulumi.output(busName), location])
    .apply(([pattern, sample, bus, here]) => {
      refuse([...checkBusLocation(bus, here), ...checkEvents(pattern, sample, workflow, buckets)]);
      const text = JSON.stringify(pattern);
      const services = (bucket: unknown, arns: OwnArns) =>
        isDefaultBus(bus) ? serviceEvents({ outputPrefix: workflow.outputPrefix, bucket, ...arns }) : [];
      const video = videoEvents(name);
      const maySend = eventBus !== undefined && mayMatch(pattern, video);
      const mayBeCaused = (bucket: unknown, arns: OwnArns) =>
        services(bucket, arns).some((each) => mayMatch(pattern, each));
      const mayLoop = mayBeCaused(bucketName && ANYTHING, ANY_ARNS);
      const mayBeJobs = mayBeCaused(undefined, { ...ANY_ARNS, stateMachineArn: NOT_KNOWN });
      const isReadable = refuseUnreadable(sample, workflow, buckets);
      if (!maySend && !mayLoop) return isReadable.apply(() => text);
      return pulumi
        .all([eventBus?.arn, bucketName, own.stateMachineArn, mayBeJobs ? jobArns(own) : undefined, isReadable])
        .apply(([target, bucket, stateMachineArn, jobs]) => {
          const isSameBus = maySend && target === busArn(bus, here);
          const causes = services(bucket, { ...NO_ARNS, stateMachineArn, ...(jobs && ownJobs(jobs)) });
          refuse(checkOwnEvents(pattern, [...(isSameBus ? [video] : []), ...causes]));
          return text;
        });
    });
}

type JobArns = Record<"queues" | "definitions", Record<string, string>>;

/** A preview doesn't know the revision of a job definition that changes, so only patterns for jobs wait for these. */
function jobArns({ jobQueueArns, jobDefinitionArns }: OwnResources): pulumi.Output<JobArns> {
  return pulumi.output({ queues: jobQueueArns, definitions: jobDefinitionArns });
}

/** Earlier revisions of a job definition are the pipeline's own too. Mocks may know no ARN. */
function ownJobs({ queues, definitions }: JobArns): Omit<OwnArns, "stateMachineArn"> {
  const known = Object.values(definitions).filter((arn) => arn !== "");
  return {
    jobQueues: Object.values(queues),
    jobDefinitions: known.map((arn) => new SomeText(arn.replace(/\d+$/, ""))),
  };
}

/** Waits for the names of buckets if none that is known is that of the sample's. */
function refuseUnreadable(
  sample: object,
  workflow: WorkflowSettings,
  buckets: ReadableBuckets | undefined,
): pulumi.Output<void> {
  if (buckets === undefined || checkSampleBucket(sample, workflow, knownBuckets(buckets)).length === 0) {
    return pulumi.output(undefined);
  }
  return pulumi
    .output(buckets.names)
    .apply((names) => refuse(checkSampleBucket(sample, workflow, { ...buckets, names })));
}

function refuse(problems: Problem[]): void {
  if (problems.length > 0) throw new Error(problems.map(({ reason }) => reason).join("\n"));
}
