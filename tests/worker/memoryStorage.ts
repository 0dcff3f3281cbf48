import { Readable } from "node:stream";

import type { Body, MediaInput, Storage, StoredObject } from "../../worker/storage/storage";

/** A bucket in memory. Each operation waits its turn, so that a test can choose the order in which jobs get on. */
export class MemoryStorage implements Storage {
  readonly objects = new Map<string, Buffer>();

  constructor(
    private readonly turn: () => Promise<unknown> = () => Promise.resolve(),
    private readonly onWrite: (uri: string, text: string) => void = () => undefined,
  ) {}

  async stat(uri: string): Promise<StoredObject | undefined> {
    await this.turn();
    const bytes = this.objects.get(uri);
    return bytes && { bytes: bytes.length, etag: bytes.toString("base64") };
  }

  async readText(uri: string): Promise<string | undefined> {
    await this.turn();
    return this.objects.get(uri)?.toString("utf8");
  }

  async openRead(uri: string): Promise<Readable> {
    await this.turn();
    const bytes = this.objects.get(uri);
    if (!bytes) throw new Error(`${uri} is not there.`);
    return Readable.from([bytes], { objectMode: true });
  }

  mediaInput(): Promise<MediaInput> {
    throw new Error("There is no media in memory.");
  }

  async write(uri: string, body: Body): Promise<number> {
    await this.turn();
    if (typeof body !== "string" && !Buffer.isBuffer(body)) throw new Error("Streams are not kept in memory.");
    this.objects.set(uri, Buffer.from(body));
    this.onWrite(uri, body.toString());
    return body.length;
  }

  async remove(uri: string): Promise<void> {
    await this.turn();
    this.objects.delete(uri);
  }

  async list(uri: string): Promise<Map<string, number>> {
    await this.turn();
    const names = [...this.objects].filter(([key]) => key.startsWith(uri) && !key.slice(uri.length).includes("/"));
    return new Map(names.map(([key, bytes]) => [key.slice(uri.length), bytes.length]));
  }
}
