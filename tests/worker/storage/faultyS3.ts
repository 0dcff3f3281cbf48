import type { IncomingHttpHeaders } from "node:http";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export interface Answer {
  status: number;
  code: string;
}

export interface Asked {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
}

/** A proxy in front of an S3 server on loopback that can answer in its place. */
export async function startFaultyS3(upstream: number) {
  const asked: Asked[] = [];
  let answer: (asked: Asked) => Answer | undefined = () => undefined;
  const server = createServer((incoming, response) => {
    const { method = "", url = "", headers } = incoming;
    const one = { method, url, headers };
    asked.push(one);
    const given = answer(one);
    if (given) {
      incoming.resume();
      const body = `<?xml version="1.0"?><Error><Code>${given.code}</Code><Message>As the test says.</Message></Error>`;
      response.writeHead(given.status, { "content-type": "application/xml" });
      return void response.end(method === "HEAD" ? undefined : body);
    }
    const outgoing = request({ host: "127.0.0.1", port: upstream, method, path: url, headers }, (answered) => {
      response.writeHead(answered.statusCode ?? 500, answered.headers);
      answered.pipe(response);
    });
    outgoing.on("error", () => response.destroy());
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    asked,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Sets the answers to give instead, from now on. */
    answer: (next: typeof answer): void => {
      asked.length = 0;
      answer = next;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
