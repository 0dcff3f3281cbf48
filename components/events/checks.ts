import { arnPattern, badFormIfKnown, type Form } from "../rules/forms";
import { type Check, when } from "../rules/problem";
import type { Events } from "./args";

const NAME = "[A-Za-z0-9._-]{1,256}";

/** Only the partner sends to a partner's bus, whose name begins with `aws.` and has slashes. */
const BUS: Form = {
  pattern: new RegExp(`^(?!aws\\.)${NAME}$|${arnPattern("events", `event-bus/(?!aws\\.)${NAME}`).source}`),
  rule: "must be the name or the ARN of an event bus that takes events of your own",
  remedy:
    "Take for example media, or arn:aws:events:eu-west-1:123456789012:event-bus/media; default is the account's own.",
};

export const checkEvents: Check<{ events?: Events }> = ({ args: { events } }) => [
  ...badFormIfKnown("events.busName", events?.busName, BUS),
  ...when(events?.busName !== undefined && events.enableBus === true, {
    path: "events.enableBus",
    rule: "must not be true together with events.busName",
    received: true,
    remedy: "Keep your bus, or let one be made.",
  }),
];
