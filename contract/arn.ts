/** The partition, region and account of a resource. All resources of a pipeline share them. */
export interface AwsLocation {
  partition: string;
  region: string;
  account: string;
}

/** Without an ARN, as with mocks that return none, all parts are empty. */
export function parseArn(arn = ""): AwsLocation {
  const [, partition = "", , region = "", account = ""] = arn.split(":");
  return { partition, region, account };
}

/** The text after the last slash or colon: `high` in `arn:aws:batch:…:job-queue/high`. */
export function lastSegment(arn: string): string {
  return arn.split(/[/:]/).at(-1)!;
}
