import type { Account } from "./account";

/** Small files of an output. An unreadable file counts as missing. */
export abstract class ReadableFiles {
  abstract read(name: string): Promise<Buffer | undefined>;

  /** A file that is not JSON also counts as missing. */
  async json(name: string): Promise<unknown> {
    const content = await this.read(name);
    try {
      return content === undefined ? undefined : (JSON.parse(content.toString("utf8")) as unknown);
    } catch {
      return undefined;
    }
  }

  async text(name: string): Promise<string | undefined> {
    return (await this.read(name))?.toString("utf8");
  }
}

/** Files below an output prefix like `s3://bucket/prefix`. */
export class OutputFiles extends ReadableFiles {
  constructor(
    private readonly account: Account,
    private readonly prefix: string,
  ) {
    super();
  }

  override async read(name: string): Promise<Buffer | undefined> {
    const match = /^s3:\/\/([^/]+)\/(.*)$/s.exec(this.prefix);
    if (!match) return undefined;
    const [, bucket, key] = match;
    return this.account.s3(async (sdk, client) => {
      try {
        const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key: `${key}/${name}` }));
        return Body && Buffer.from(await Body.transformToByteArray());
      } catch (error) {
        if (error instanceof sdk.S3ServiceException) return undefined;
        throw error;
      }
    });
  }
}
