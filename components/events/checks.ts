import { arnPattern, badFormIfKnown, type Form } from "../rules/forms";
import { type Check, when } from "../rules/problem";
import type { Events } from "./args";

const NAME = "[A-Za-z0-9._-]{1,256}";

/** Only the partner sends to a partner's bus, whose name begins with `aws.` and has slashes. */
const BUS: Form = {
  pattern: new RegExp(`^(?!aws\\.)${NAME}$|${arnPattern("events", `event-bus/(?!aws\\.)${NAME}`).source}`),
  rule: "must be the name or the ARN of an event bus that accepts custom events",
  remedy:
    "Use a name such as media, or an ARN such as arn:aws:events:eu-west-1:123456789012:event-bus/media. The account's own bus is default.",
};

export const checkEvents: Check<{ events?: Events }> = ({ args: { events } }) => [
  ...badFormIfKnown("events.busName", events?.busName, BUS),
  ...when(events?.busName !== undefined && events.enableBus === true, {
    path: "events.enableBus",
    rule: "must not be true together with events.busName",
    received: true,
    remedy: "Remove events.busName to create a bus, or events.enableBus to keep yours.",
  }),
];
