import { createHash, randomUUID } from "node:crypto";

import jsonata from "jsonata";

import type { Json } from "../../contract/asl";

const ALGORITHMS: Record<string, string> = {
  "MD5": "md5",
  "SHA-1": "sha1",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

const MAX_RANGE_LENGTH = 1000;

/** The clock and the random numbers that functions read: tests replace them. */
export interface FunctionSources {
  now: () => number;
  random: () => number;
}

/**
 * Registers the functions of Step Functions, replaces those of JSONata that read the clock, and removes `$eval`, as the
 * service does.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn
 */
export function registerFunctions(expression: jsonata.Expression, { now, random }: FunctionSources): void {
  expression.registerFunction("partition", partition, "<an:a<a>>");
  expression.registerFunction("range", range, "<nnn:a<n>>");
  expression.registerFunction("hash", hash, "<ss:s>");
  expression.registerFunction(
    "random",
    (seed?: number) => (seed === undefined ? random() : seededRandom(seed)),
    "<n?:n>",
  );
  expression.registerFunction("uuid", () => randomUUID(), "<:s>");
  expression.registerFunction("parse", (text: string) => JSON.parse(text) as Json, "<s:x>");
  expression.registerFunction("millis", () => now(), "<:n>");
  expression.registerFunction("now", (picture?: string, zone?: string) => formatTime(now(), picture, zone), "<s?s?:s>");
  expression.assign("eval", undefined);
}

function partition(values: Json[], size: number): Json[][] {
  if (!Number.isInteger(size) || size < 1) {
    throw new Error(`$partition needs a chunk size that is a positive integer. Received ${size}.`);
  }
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}

/** Includes both ends. */
function range(first: number, last: number, step: number): number[] {
  if (step === 0) throw new Error("$range needs a step other than 0.");
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > MAX_RANGE_LENGTH) {
    throw new Error(`$range yields at most ${MAX_RANGE_LENGTH} numbers. From ${first} to ${last} there are ${length}.`);
  }
  return Array.from({ length }, (_, index) => first + index * step);
}

function hash(text: string, algorithm: string): string {
  const name = ALGORITHMS[algorithm];
  if (!name) {
    throw new Error(`$hash knows ${Object.keys(ALGORITHMS).join(", ")}. Received ${algorithm}.`);
  }
  return createHash(name).update(text, "utf8").digest("hex");
}

/** Gives the same number for the same seed, though not the service's. */
function seededRandom(seed: number): number {
  return createHash("sha256").update(String(seed)).digest().readUInt32BE(0) / 2 ** 32;
}

function formatTime(time: number, picture: string | undefined, zone: string | undefined): string | Promise<string> {
  if (picture === undefined) return new Date(time).toISOString();
  const bindings = { time, picture, ...(zone === undefined ? {} : { zone }) };
  return jsonata("$fromMillis($time, $picture, $zone)").evaluate(null, bindings) as Promise<string>;
}
