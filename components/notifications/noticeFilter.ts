import { NotificationStatus } from "./args";

/**
 * Delivers messages with these statuses. Filters read the attributes, because the body is text for those who get e-mail.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
export function filterPolicy(statuses: NotificationStatus[]): string {
  // EventBridge and CloudWatch can't set attributes of a message.
  const matches = (status: NotificationStatus) => (status === NotificationStatus.SERVICE ? { exists: false } : status);
  return JSON.stringify({ status: statuses.map(matches) });
}
