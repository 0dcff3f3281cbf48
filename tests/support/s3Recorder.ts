import { createServer, request, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

import type { Call } from "./aws/iam";

/** Stands before a service with S3's interface, and writes down which permissions each request would need. */
export async function recordS3(port: number): Promise<{ endpoint: string; calls: Call[]; stop: () => Promise<void> }> {
  const calls: Call[] = [];
  const server = createServer((incoming, answer) => {
    calls.push(...callsOf(incoming));
    const { method, url, headers } = incoming;
    const onward = request({ host: "127.0.0.1", port, method, path: url, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    incoming.on("error", () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls, stop };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
function callsOf({ method = "", url = "", headers }: IncomingMessage): Call[] {
  const { pathname, searchParams: query } = new URL(url, "http://s3");
  const [, bucket = "", key = ""] = /^\/([^/]+)\/?(.*)$/s.exec(pathname) ?? [];
  if (key === "") {
    if (method !== "GET") throw new Error(`Nobody should send ${method} ${url}.`);
    return [{ action: "s3:ListBucket", resource: `arn:aws:s3:::${bucket}` }];
  }
  const resource = `arn:aws:s3:::${bucket}/${decodeURIComponent(key)}`;
  const tagged = headers["x-amz-tagging"] === undefined ? [] : [{ action: "s3:PutObjectTagging", resource }];
  switch (method) {
    case "GET":
    case "HEAD":
      return [{ action: "s3:GetObject", resource }];
    case "PUT":
    case "POST":
      return [{ action: "s3:PutObject", resource }, ...tagged];
    case "DELETE":
      return [{ action: query.has("uploadId") ? "s3:AbortMultipartUpload" : "s3:DeleteObject", resource }];
    default:
      throw new Error(`Which permission does ${method} ${url} need?`);
  }
}
