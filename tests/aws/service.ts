import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers by operation: `AWSStepFunctions.StartExecution`, `/v1/describejobs`, `GET /bucket/key`, or `HEAD /bucket`. */
export type Answers = Record<string, (request: Record<string, unknown>) => unknown>;

/** What S3 says of a bucket. */
export interface BucketAnswer {
  status: number;
  region?: string;
}

/** An error response as AWS would send it. */
export class Refusal extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

export interface RecordedCall {
  operation: string;
  request: Record<string, unknown>;
}

/** AWS on loopback: it sends the given answers and records the calls. */
export async function startService(answers: Answers) {
  const calls: RecordedCall[] = [];
  const server = createServer((message, response) => {
    void bodyOf(message).then((body) => {
      const path = decodeURIComponent((message.url ?? "").split("?")[0]!);
      const target = message.headers["x-amz-target"];
      const isS3 = message.method === "GET" || message.method === "HEAD";
      const operation =
        typeof target === "string" ? target : isS3 ? `${message.method} ${path.replace(/\/$/, "")}` : path;
      const request = body === "" ? {} : (JSON.parse(body) as Record<string, unknown>);
      calls.push({ operation, request });
      const answer = answers[operation];
      try {
        if (!answer) throw new Refusal("NoSuchKey", `There is no answer for ${operation}.`);
        const given = answer(request);
        if (message.method === "HEAD") {
          const { status, region } = given as BucketAnswer;
          return void response.writeHead(status, region === undefined ? {} : { "x-amz-bucket-region": region }).end();
        }
        response.writeHead(200, { "content-type": "application/json" });
        response.end(Buffer.isBuffer(given) ? given : JSON.stringify(given));
      } catch (error) {
        const { type = "ServerError", message: text } = error as Refusal;
        if (isS3) {
          response.writeHead(404, { "content-type": "application/xml" });
          if (message.method === "HEAD") return void response.end();
          response.end(`<?xml version="1.0"?><Error><Code>${type}</Code><Message>${text}</Message></Error>`);
          return;
        }
        response.writeHead(400, { "content-type": "application/json", "x-amzn-errortype": type });
        response.end(JSON.stringify({ __type: type, message: text }));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    calls,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
