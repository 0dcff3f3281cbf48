/** Where S3 is, as the environment says, which the jobs have too. */
export function s3Config(): { region: string; endpoint?: string } {
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const endpoint = AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL;
  return { region: AWS_REGION ?? AWS_DEFAULT_REGION ?? "us-east-1", ...(endpoint ? { endpoint } : {}) };
}
