import type { GetObjectCommandInput, S3Client } from "@aws-sdk/client-s3";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { SignatureV4 } from "@smithy/signature-v4";

/** The parts of a request that its signature covers. */
type Request = Parameters<SignatureV4["presign"]>[0];

/** Makes a URL from which anyone can read the object, or ranges of it, for this many seconds. */
export async function presignUrl(client: S3Client, input: GetObjectCommandInput, seconds: number): Promise<string> {
  const { method, protocol, hostname, port, path, query } = await buildRequest(client, input);
  const signer = new SignatureV4({
    service: "s3",
    region: client.config.region,
    credentials: client.config.credentials,
    sha256: client.config.sha256,
    // S3 signs the path as it is, without encoding it a second time.
    uriEscapePath: false,
    applyChecksum: false,
  });
  const host = port ? `${hostname}:${port}` : hostname;
  // A checksum mode in the query would make S3 send checksums, which ffmpeg doesn't use.
  const bare = { method, protocol, hostname, port, path, query: { "x-id": query?.["x-id"] ?? "GetObject" } };
  const headers = { host, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
  const signed = await signer.presign({ ...bare, headers }, { expiresIn: seconds });
  return `${protocol}//${host}${path}?${queryString(signed.query ?? {})}`;
}

/**
 * Builds the request as the SDK would send it, since the SDK knows how endpoint, region and bucket form a URL. The command passes through
 * the SDK up to the point where it would be signed and sent.
 */
async function buildRequest(client: S3Client, input: GetObjectCommandInput): Promise<Request> {
  const command = new GetObjectCommand(input);
  let request: Request | undefined;
  command.middlewareStack.add(
    () => (args) => {
      request = args.request as Request | undefined;
      return Promise.resolve({ response: undefined, output: { $metadata: {} } });
    },
    { step: "finalizeRequest", priority: "high", name: "takeRequest" },
  );
  await client.send(command);
  if (!request) throw new Error("The AWS SDK built no request.");
  return request;
}

function queryString(query: NonNullable<Request["query"]>): string {
  return Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join("&");
}
