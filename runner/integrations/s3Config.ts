/** Region and endpoint of S3 from the environment variables, which jobs also get. */
export function s3Config(): { region: string; endpoint?: string } {
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const endpoint = AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL;
  return { region: AWS_REGION ?? AWS_DEFAULT_REGION ?? "us-east-1", ...(endpoint ? { endpoint } : {}) };
}
