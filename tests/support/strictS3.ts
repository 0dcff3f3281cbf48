import { createServer, request, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Where to send requests, and how to end it. */
export interface StrictS3 {
  endpoint: string;
  /** Method and path of all requests so far. */
  requests: string[];
  stop: () => Promise<void>;
}

/**
 * An S3 on loopback that keeps conditions and regions. fauxqs carries out conditional writes and deletions unconditionally, and takes
 * requests that are signed for any region. This stands before it and answers as S3 does:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html,
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 *
 * @param regions The regions of the buckets, by name.
 */
export async function startStrictS3(regions: Record<string, string>): Promise<StrictS3> {
  const { startFauxqs } = await import("fauxqs");
  const init = { buckets: Object.keys(regions) };
  const upstream = await startFauxqs({ port: 0, logger: false, host: "127.0.0.1", init });
  const requests: string[] = [];
  // One conditional request at a time, so that nothing happens between the comparison and what depends on it.
  let turn: Promise<unknown> = Promise.resolve();
  const server = createServer((incoming, response) => {
    requests.push(`${incoming.method} ${incoming.url?.split("?")[0]}`);
    const region = regions[/^\/([^/?]+)/.exec(incoming.url ?? "")?.[1] ?? ""];
    if (region !== undefined && signedFor(incoming) !== region) return refuseRegion(incoming, response, region);
    if (!isConditional(incoming)) return void forward(upstream.port, incoming, response);
    turn = turn.then(async () => {
      const code = await refusal(upstream.port, incoming);
      return code === undefined ? forward(upstream.port, incoming, response) : refuse(incoming, response, code);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    requests,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await upstream.stop();
    },
  };
}

/** Regions that began after March 20, 2019. */
const NEW_REGIONS = ["af-south-1", "eu-south-1"];

function signedFor({ headers, url = "" }: IncomingMessage): string | undefined {
  const credential = /Credential=([^,]+)/.exec(headers.authorization ?? decodeURIComponent(url))?.[1];
  return credential?.split("/")[2];
}

/** An answer to HEAD has no body, and hence no name for what is wrong. */
function refuseRegion(incoming: IncomingMessage, response: ServerResponse, region: string): void {
  incoming.resume();
  const [status, code] = NEW_REGIONS.includes(region)
    ? [400, "IllegalLocationConstraintException"]
    : [301, "PermanentRedirect"];
  response.writeHead(status, { "content-type": "application/xml", "x-amz-bucket-region": region });
  response.end(incoming.method === "HEAD" ? undefined : errorBody(code));
}

function errorBody(code: string): string {
  return `<?xml version="1.0"?><Error><Code>${code}</Code><Message>As S3 says.</Message></Error>`;
}

function isConditional({ method, headers }: IncomingMessage): boolean {
  const writes = method === "PUT" || method === "POST" || method === "DELETE";
  return writes && (headers["if-match"] ?? headers["if-none-match"]) !== undefined;
}

const STATUS = { PreconditionFailed: 412, NoSuchKey: 404 };
type Refusal = keyof typeof STATUS;

async function refusal(port: number, { url = "", headers }: IncomingMessage): Promise<Refusal | undefined> {
  const etag = await etagAt(port, url.split("?")[0] as string, headers);
  if (headers["if-none-match"] === "*") return etag === undefined ? undefined : "PreconditionFailed";
  if (etag === undefined) return "NoSuchKey";
  return headers["if-match"] === etag ? undefined : "PreconditionFailed";
}

function etagAt(port: number, path: string, { authorization, host }: IncomingHttpHeaders): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { ...(authorization ? { authorization } : {}), ...(host ? { host } : {}) };
    const head = request({ host: "127.0.0.1", port, method: "HEAD", path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200 ? answer.headers.etag : undefined);
    });
    head.on("error", reject).end();
  });
}

function refuse(incoming: IncomingMessage, response: ServerResponse, code: Refusal): void {
  incoming.resume();
  response.writeHead(STATUS[code], { "content-type": "application/xml" });
  response.end(errorBody(code));
}

/** Resolves when the answer is complete. */
function forward(port: number, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const { method, url, headers } = incoming;
    const outgoing = request({ host: "127.0.0.1", port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    outgoing.on("error", () => response.destroy());
    incoming.on("error", () => outgoing.destroy());
    response.on("close", () => resolve());
    incoming.pipe(outgoing);
  });
}
