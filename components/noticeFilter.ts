/** What notices can tell of. `ALARM` is CloudWatch's own message, which has a name of the alarm and no status like ours. */
export const NOTICE_STATUSES = [
  "SUCCEEDED",
  "PARTIAL",
  "FAILED",
  "APPROVAL_WANTED",
  "TIMED_OUT",
  "ABORTED",
  "QUEUE_BLOCKED",
  "ALARM",
];

/**
 * Lets messages with these statuses pass.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
export function filterPolicy(statuses: string[]): string {
  const ours = statuses.filter((status) => status !== "ALARM");
  const alternatives = [
    ...(ours.length > 0 ? [{ status: ours }] : []),
    ...(statuses.includes("ALARM") ? [{ AlarmName: [{ exists: true }] }] : []),
  ];
  return JSON.stringify(alternatives.length === 1 ? alternatives[0] : { $or: alternatives });
}
