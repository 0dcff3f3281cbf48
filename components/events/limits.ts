/** The longest ARN that a bus can have. */
export const LONGEST_BUS_ARN = `arn:aws-us-gov:events:us-gov-west-1:123456789012:event-bus/${"x".repeat(256)}`;
