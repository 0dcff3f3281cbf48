import type { Account } from "./account";

/** Small files of an output. Whoever asks goes without those that are missing, and is told why the others can't be read. */
export abstract class ReadableFiles {
  readonly #reasons = new Set<string>();

  /** @param warn Is called once for each reason why files can't be read. */
  constructor(private readonly warn: (sentence: string) => void) {}

  /** Returns undefined for a file that is missing. */
  protected abstract fetch(name: string): Promise<Buffer | undefined>;

  /** The path or URI of a file. */
  abstract locate(name: string): string;

  async read(name: string): Promise<Buffer | undefined> {
    try {
      return await this.fetch(name);
    } catch (error) {
      this.#report(name, (error as Error).message);
      return undefined;
    }
  }

  /** A file that is not JSON counts as one that can't be read. */
  async json(name: string): Promise<unknown> {
    const text = await this.text(name);
    try {
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    } catch (error) {
      this.#report(name, (error as Error).message);
      return undefined;
    }
  }

  async text(name: string): Promise<string | undefined> {
    return (await this.read(name))?.toString("utf8");
  }

  #report(name: string, reason: string): void {
    if (this.#reasons.has(reason)) return;
    this.#reasons.add(reason);
    this.warn(`${this.locate(name)} can't be read: ${reason.replace(/\.?$/, ".")}`);
  }
}

/** Files below an output prefix like `s3://bucket/prefix`. */
export class OutputFiles extends ReadableFiles {
  readonly #prefix: string;

  constructor(
    private readonly account: Account,
    prefix: string,
    warn: (sentence: string) => void,
  ) {
    super(warn);
    // The URI may end with a slash.
    this.#prefix = prefix.replace(/\/+$/, "");
  }

  override locate(name: string): string {
    return `${this.#prefix}/${name}`;
  }

  protected override async fetch(name: string): Promise<Buffer | undefined> {
    const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(this.locate(name)) ?? [];
    // Another pipeline may have its outputs elsewhere than in S3.
    if (Bucket === undefined) return undefined;
    return this.account.s3(async (sdk, client) => {
      try {
        const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket, Key }));
        return Body && Buffer.from(await Body.transformToByteArray());
      } catch (error) {
        if (error instanceof sdk.NoSuchKey) return undefined;
        throw error;
      }
    });
  }
}
