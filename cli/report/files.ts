import { readFile } from "node:fs/promises";
import path from "node:path";

import { Account } from "../../aws/account";
import { OutputFiles, ReadableFiles } from "../../aws/outputFiles";
import { s3Config } from "../../runner/integrations/s3Config";
import type { RunStart } from "../../contract/run";

/** The output of a local run, in the folder of the run or in S3. */
export class RunFiles extends ReadableFiles {
  /** Link from a page in the run's folder to the output. Absent if the output is in S3. */
  readonly link: string | undefined;
  private readonly output: string;
  private readonly bucket: OutputFiles | undefined;

  constructor({ output }: RunStart, directory: string) {
    super();
    // The URI may end with a slash.
    this.output = output?.replace(/\/+$/, "") ?? path.join(directory, "output");
    if (output === undefined) this.link = "output/";
    else this.bucket = new OutputFiles(new Account(s3Config()), this.output);
  }

  override read(name: string): Promise<Buffer | undefined> {
    // The jobs have already reported why S3 is not readable.
    return (this.bucket?.read(name) ?? readFile(path.join(this.output, name))).catch(() => undefined);
  }

  /** Paths or URIs of those files that exist. */
  async existingPaths(names: readonly string[]): Promise<string[]> {
    const contents = await Promise.all(names.map((name) => this.read(name)));
    const existing = names.filter((_, index) => contents[index] !== undefined);
    return existing.map((name) => (this.bucket ? `${this.output}/${name}` : path.join(this.output, name)));
  }
}
