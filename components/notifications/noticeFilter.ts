import { STATE_MACHINE_NOTICES } from "../../contract/notices";

/** All notices without a status: EventBridge and CloudWatch can't set attributes of a message. */
const SERVICE = "SERVICE";

export const NOTICE_STATUSES = [...STATE_MACHINE_NOTICES, SERVICE];

/**
 * Delivers messages with these statuses. Filters read the attributes, because the body is text for those who get e-mail.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
export function filterPolicy(statuses: string[]): string {
  return JSON.stringify({ status: statuses.map((status) => (status === SERVICE ? { exists: false } : status)) });
}
