import { STATE_MACHINE_NOTICES } from "../../contract/notices";

/** Notices without a status: EventBridge and CloudWatch can't give a message attributes. */
const SERVICE = "SERVICE";

export const NOTICE_STATUSES = [...STATE_MACHINE_NOTICES, SERVICE];

/**
 * Lets messages with these statuses pass. Not by the message's body, which is text for those who get e-mail.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
export function filterPolicy(statuses: string[]): string {
  return JSON.stringify({ status: statuses.map((status) => (status === SERVICE ? { exists: false } : status)) });
}
