import { type AwsLocation, parseArn } from "../../contract/arn";
import { checkPattern } from "../eventPattern/checkPattern";
import { DEFAULT_BUS, isDefaultBus } from "../events/buses";
import type { EventSettings } from "../events/defaults";
import { arnPattern, badFormIfKnown, type Form } from "../rules/forms";
import { type Check, type Problem, when } from "../rules/problem";
import { isUnknown } from "../rules/received";
import type { StateMachineSettings } from "../stateMachine/defaults";
import type { StorageSettings } from "../storage/defaults";
import type { WorkflowSettings } from "../workflow/settings/settings";
import type { Trigger } from "./args";
import { checkExecutionInput } from "./checkExecutionInput";
import { checkOwnEvents, PATTERN } from "./checkOwnEvents";
import { checkEnvelope, checkSample } from "./checkSample";
import { checkSampleBucket, type ReadableBuckets, readableBuckets } from "./checkSampleBucket";
import { NO_ARNS, NOT_KNOWN, serviceEvents, videoEvents } from "./ownEvents";

const BUS_NAME = "trigger.events.busName";
const NAME = "[/A-Za-z0-9._-]{1,256}";

/** A partner's bus, whose name has slashes, will do: rules may be on it. */
const BUS: Form = {
  pattern: new RegExp(`^${NAME}$|${arnPattern("events", `event-bus/${NAME}`).source}`),
  rule: "must be the name or the ARN of an event bus",
  remedy: "Use a name such as media, or an ARN such as arn:aws:events:eu-west-1:123456789012:event-bus/media.",
};

/** Rules of the events' trigger alone. */
export const checkEventTrigger: Check<{ trigger?: Trigger }> = ({ args: { trigger } }) => {
  const { events } = trigger ?? {};
  if (!events) return [];
  return [
    ...badFormIfKnown(BUS_NAME, events.busName, BUS),
    ...(isKnown(events.pattern) ? checkPattern(PATTERN, events.pattern) : []),
    ...(isKnown(events.sample) ? checkEnvelope(events.sample) : []),
    ...checkExecutionInput(events.executionInput),
  ];
};

interface Settings {
  name: string;
  outputPrefix: string;
  storage?: StorageSettings;
  events?: EventSettings;
  stateMachine: StateMachineSettings;
}

/** Rules of the events' trigger together with what the pipeline causes itself, as far as that is known. */
export const checkEventTriggerTogether: Check<{ trigger?: Trigger }, Settings> = (subject) => {
  const { events } = subject.args.trigger ?? {};
  if (!events || !isKnown(events.pattern) || checkEventTrigger(subject).length > 0) return [];
  const { pattern, sample, busName = DEFAULT_BUS } = events;
  const { name, storage, outputPrefix, events: sent, stateMachine } = subject.settings;
  const bucket = storage && (typeof storage.bucket === "string" ? storage.bucket : NOT_KNOWN);
  const isShared = sent !== undefined && !sent.enableBus && sent.busName === busName;
  return [
    ...(isKnown(sample)
      ? checkSampleTogether(pattern, sample, stateMachine.workflow, storage && readableBuckets(name, storage))
      : []),
    ...checkOwnEvents(pattern, [
      ...(isShared ? [videoEvents(name)] : []),
      ...(typeof busName === "string" && isDefaultBus(busName)
        ? serviceEvents({ outputPrefix, bucket, ...NO_ARNS })
        : []),
    ]),
  ];
};

/** The same for values that are known by now. */
export function checkEvents(
  pattern: object,
  sample: object,
  workflow: WorkflowSettings,
  buckets: ReadableBuckets | undefined,
): Problem[] {
  const problems = [...checkPattern(PATTERN, pattern), ...checkEnvelope(sample)];
  return problems.length > 0 ? problems : checkSampleTogether(pattern, sample, workflow, buckets);
}

function checkSampleTogether(
  pattern: object,
  sample: object,
  workflow: WorkflowSettings,
  buckets: ReadableBuckets | undefined,
): Problem[] {
  const problems = checkSample(pattern, sample, workflow);
  return problems.length > 0 || buckets === undefined ? problems : checkSampleBucket(sample, workflow, buckets);
}

/** A rule is where its bus is, and EventBridge starts state machines only in the rule's own account and region. */
export function checkBusLocation(bus: string, { region, account }: AwsLocation): Problem[] {
  const found = parseArn(bus);
  return when(bus.startsWith("arn:") && (found.region !== region || found.account !== account), {
    path: BUS_NAME,
    rule: `must be a bus in the pipeline's account and region, which are ${account} and ${region}`,
    received: bus,
    remedy: "EventBridge starts no state machine elsewhere: forward the events to a bus here, and name that one.",
  });
}

/** Whether nothing in a value comes out of another resource. */
export function isKnown(value: unknown): value is object {
  if (isUnknown(value)) return false;
  return typeof value !== "object" || value === null || Object.values(value).every(isKnown);
}
