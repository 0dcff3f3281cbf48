/** How the environment configures every client of S3: in jobs, in the local runner and on the command line. */
export interface S3Settings {
  /** Absent where only the profile has a region, or nothing has. */
  region?: string;
  endpoint?: string;
  /** A custom endpoint rarely has a host name for every bucket, so buckets go into the path. */
  forcePathStyle: boolean;
}

/** Requests to a service that is compatible with S3 are signed for a region too, and any will do. */
const ANY_REGION = "us-east-1";

/** Does not guess an AWS region: a job in the wrong one would read across regions, and nobody would notice. */
export function s3Settings(environment: Readonly<Record<string, string | undefined>>): S3Settings {
  const endpoint = environment["AWS_ENDPOINT_URL_S3"] ?? environment["AWS_ENDPOINT_URL"];
  const region = environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? (endpoint ? ANY_REGION : undefined);
  return {
    ...(region ? { region } : {}),
    ...(endpoint ? { endpoint } : {}),
    forcePathStyle: Boolean(endpoint),
  };
}

/** The region that S3 names in its answer to a request for a bucket, in whichever region that was sent. */
export function bucketRegion(error: unknown): string | undefined {
  const { $response } = error as { $response?: { headers?: Record<string, string> } };
  return $response?.headers?.["x-amz-bucket-region"];
}

/** What `reachBuckets` uses of a client of the AWS SDK. */
interface Client {
  config: { region: string | (() => Promise<string>) };
  send: (command: never, ...options: never[]) => unknown;
  destroy: () => void;
}

/**
 * Lets a client reach the buckets of every region: S3's refusal names the region of a bucket that is elsewhere, and from then on its
 * requests go there. The SDK's own `followRegionRedirects` doesn't follow a HEAD request that is answered with 400, as in regions since
 * 2019, and mixes up regions when several requests are under way (https://github.com/aws/aws-sdk-js-v3/issues/5554).
 *
 * @param open Makes the same client for another region.
 */
export function reachBuckets<C extends Client>(client: C, open: (region: string) => C): C {
  const others = new Map<string, C>();
  /** The regions of the buckets that are not in the client's. */
  const regions = new Map<string, string>();
  const clientIn = (region: string): C => {
    const other = others.get(region) ?? open(region);
    others.set(region, other);
    return other;
  };
  const [send, destroy] = [client.send.bind(client), client.destroy.bind(client)];
  client.send = async (command: { input: { Bucket?: string } }, ...options: never[]): Promise<unknown> => {
    const { Bucket = "" } = command.input;
    const known = regions.get(Bucket);
    const used = known === undefined ? send : clientIn(known).send.bind(clientIn(known));
    try {
      return await used(command as never, ...options);
    } catch (error) {
      const actual = isElsewhere(error) ? bucketRegion(error) : undefined;
      const { region } = client.config;
      if (actual === undefined || actual === (known ?? (typeof region === "string" ? region : await region())))
        throw error;
      regions.set(Bucket, actual);
      return clientIn(actual).send(command as never, ...options);
    }
  };
  client.destroy = () => {
    destroy();
    for (const other of others.values()) other.destroy();
  };
  return client;
}

/** 301 and 307 send a request to another region. Regions since 2019 answer it with 400 instead, as they do other bad requests. */
function isElsewhere(error: unknown): boolean {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return [301, 307, 400].includes($metadata?.httpStatusCode ?? 0);
}
