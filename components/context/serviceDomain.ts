/** The domain of the services' names. China is the only partition with one of its own. */
export function serviceDomain(partition: string): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
