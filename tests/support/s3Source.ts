import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";

/** What the stand-in does instead of answering as it should. */
export type Fault =
  | { status: number; code: string; headers?: Record<string, string> }
  /** The connection ends, or nothing more comes: before the answer, or at a position of the object that is asked for. */
  | { connection: "reset" | "stalls"; at?: number };

export interface Asked {
  method: string;
  headers: IncomingMessage["headers"];
  /** The bytes asked for, the end not included. */
  start: number;
  end: number;
}

export interface S3Source {
  endpoint: string;
  /** All requests since the last `script`. */
  asked: Asked[];
  /** Bytes of the object sent since the last `script`. */
  sent: () => number;
  /** Decides from now on what goes wrong. */
  script: (fault?: (asked: Asked) => Fault | undefined) => void;
  stop: () => void;
}

export interface Pace {
  /** Milliseconds until an answer begins. */
  latency?: number;
  /** Bytes per second of each connection. */
  speed?: number;
}

const PIECE = 64 * 1024;

/** One object of S3, whatever key it is asked for by: ranges, conditions and headers as S3 has them, and faults by script. */
export async function serveSource(file: string, { latency = 0, speed = Infinity }: Pace = {}): Promise<S3Source> {
  const object = readFileSync(file);
  const etag = `"${createHash("md5").update(object).digest("hex")}"`;
  let sent = 0;
  const asked: Asked[] = [];
  let fault: (asked: Asked) => Fault | undefined = () => undefined;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", headers } = request;
    const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? "") ?? [];
    const start = Number(first ?? 0);
    const end = Math.min(object.length, last ? Number(last) + 1 : object.length);
    const one = { method, headers, start, end };
    asked.push(one);
    const wrong = fault(one);
    if (latency > 0) await setTimeout(latency);
    if (wrong && "status" in wrong) return refuse(response, method, wrong);
    if (wrong && wrong.at === undefined) return void (wrong.connection === "reset" && response.destroy());
    const wanted = headers["if-match"];
    if (wanted !== undefined && wanted !== etag) {
      return refuse(response, method, { status: 412, code: "PreconditionFailed" });
    }
    if (start >= object.length) return refuse(response, method, { status: 416, code: "InvalidRange" });
    const range = { "content-range": `bytes ${start}-${end - 1}/${object.length}` };
    const described = { etag, "accept-ranges": "bytes", "content-length": end - start, ...(first ? range : {}) };
    response.writeHead(first ? 206 : 200, described);
    if (method === "HEAD") return void response.end();
    const began = performance.now();
    const until = wrong?.at === undefined ? end : Math.min(end, wrong.at);
    for (let at = start; at < until && !response.destroyed;) {
      const piece = object.subarray(at, Math.min(at + PIECE, until));
      at += piece.length;
      sent += piece.length;
      await new Promise((resolve) => response.write(piece, resolve));
      const early = ((at - start) / speed) * 1000 - (performance.now() - began);
      if (early > 1) await setTimeout(early);
    }
    if (until === end) response.end();
    else if (wrong && "connection" in wrong && wrong.connection === "reset") response.destroy();
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    sent: () => sent,
    script: (next = () => undefined) => {
      asked.length = 0;
      sent = 0;
      fault = next;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function refuse(
  response: ServerResponse,
  method: string,
  { status, code, headers }: Extract<Fault, { status: number }>,
): void {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>As the test says.</Message></Error>`;
  response.writeHead(status, { "content-type": "application/xml", ...headers });
  response.end(method === "HEAD" ? undefined : body);
}
