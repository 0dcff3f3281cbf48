import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers by operation: `AWSStepFunctions.StartExecution`, `/v1/describejobs`, or `GET /bucket/key`. */
export type Answers = Record<string, (request: Record<string, unknown>) => unknown>;

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
      const operation = typeof target === "string" ? target : message.method === "GET" ? `GET ${path}` : path;
      const request = body === "" ? {} : (JSON.parse(body) as Record<string, unknown>);
      calls.push({ operation, request });
      const answer = answers[operation];
      try {
        if (!answer) throw new Refusal("NoSuchKey", `There is no answer for ${operation}.`);
        const given = answer(request);
        response.writeHead(200, { "content-type": "application/json" });
        response.end(Buffer.isBuffer(given) ? given : JSON.stringify(given));
      } catch (error) {
        const { type = "ServerError", message: text } = error as Refusal;
        if (operation.startsWith("GET ")) {
          response.writeHead(404, { "content-type": "application/xml" });
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
