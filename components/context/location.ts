/** The partition, region and account that all resources of a pipeline share. */
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

/** The domain of the services' names. China is the only partition with one of its own. */
export function serviceDomain(partition: string): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
