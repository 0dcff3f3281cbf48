/** Notices that the state machine sends, whose attribute `status` says what they tell of. */
const OWN = ["SUCCEEDED", "PARTIAL", "FAILED", "APPROVAL_WANTED"];

/** All others: EventBridge and CloudWatch can't give a message attributes. */
const SERVICE = "SERVICE";

export const NOTICE_STATUSES = [...OWN, SERVICE];

/**
 * Lets messages with these statuses pass. Not by the message's body, which is text for those who get e-mail.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
export function filterPolicy(statuses: string[]): string {
  return JSON.stringify({ status: statuses.map((status) => (status === SERVICE ? { exists: false } : status)) });
}
