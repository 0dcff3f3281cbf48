import { createHash } from "node:crypto";
import { Readable } from "node:stream";

import { NOTHING, PreconditionFailed } from "../../worker/storage/conditionalWrite";
import { contentType } from "../../worker/storage/contentType";
import { goneError, replacedError } from "../../worker/storage/sourceErrors";
import type { Body, ObjectRange, Storage, StoredObject, WriteOptions } from "../../worker/storage/storage";
import { baseName } from "../../worker/storage/uri";

/** A bucket in memory. Each operation waits its turn, so that a test can choose the order in which jobs get on. */
export class MemoryStorage implements Storage {
  constructor(
    private readonly turn: () => Promise<unknown> = () => Promise.resolve(),
    private readonly onWrite: (uri: string, text: string) => void = () => undefined,
    readonly objects = new Map<string, Buffer>(),
  ) {}

  async stat(uri: string): Promise<StoredObject | undefined> {
    await this.turn();
    const bytes = this.objects.get(uri);
    return bytes && { bytes: bytes.length, etag: this.etag(uri) };
  }

  async readText(uri: string): Promise<string | undefined> {
    await this.turn();
    return this.objects.get(uri)?.toString("utf8");
  }

  async openRead(uri: string): Promise<Readable> {
    await this.turn();
    const bytes = this.objects.get(uri);
    if (!bytes) throw new Error(`${uri} doesn't exist.`);
    return Readable.from([bytes], { objectMode: true });
  }

  async readRange(uri: string, { etag, start, length }: ObjectRange): Promise<Buffer> {
    await this.turn();
    const bytes = this.objects.get(uri);
    if (!bytes) throw goneError(uri);
    if (etag !== this.etag(uri)) throw replacedError(uri);
    return bytes.subarray(start, start + length);
  }

  async write(uri: string, body: Body, { replaces }: WriteOptions = {}): Promise<number> {
    contentType(baseName(uri));
    const content = await contentOf(body);
    await this.turn();
    if (replaces !== undefined && replaces !== this.etag(uri)) throw new PreconditionFailed(uri);
    this.objects.set(uri, content);
    this.onWrite(uri, content.toString());
    return content.length;
  }

  async remove(uri: string, etag?: string): Promise<void> {
    await this.turn();
    if (etag === undefined || etag === this.etag(uri)) this.objects.delete(uri);
  }

  private etag(uri: string): string {
    const bytes = this.objects.get(uri);
    return bytes ? createHash("md5").update(bytes).digest("hex") : NOTHING;
  }

  async list(uri: string): Promise<Map<string, number>> {
    await this.turn();
    const names = [...this.objects].filter(([key]) => key.startsWith(uri) && !key.slice(uri.length).includes("/"));
    return new Map(names.map(([key, bytes]) => [key.slice(uri.length), bytes.length]));
  }

  async folders(uri: string): Promise<string[]> {
    await this.turn();
    const below = [...this.objects.keys()].filter((key) => key.startsWith(uri)).map((key) => key.slice(uri.length));
    return [...new Set(below.filter((name) => name.includes("/")).map((name) => name.slice(0, name.indexOf("/"))))];
  }
}

async function contentOf(body: Body): Promise<Buffer> {
  if (typeof body === "string" || Buffer.isBuffer(body)) return Buffer.from(body);
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces);
}
