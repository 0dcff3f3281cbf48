import { readFile } from "node:fs/promises";
import path from "node:path";

import { Account } from "../../aws/account";
import { OutputFiles, ReadableFiles } from "../../aws/outputFiles";
import type { RunStart } from "../../contract/run";
import { s3Settings } from "../../contract/s3";

/** The output of a local run in the folder of the run. */
class LocalFiles extends ReadableFiles {
  constructor(
    private readonly folder: string,
    warn: (sentence: string) => void,
  ) {
    super(warn);
  }

  override locate(name: string): string {
    return path.join(this.folder, name);
  }

  protected override async fetch(name: string): Promise<Buffer | undefined> {
    try {
      return await readFile(this.locate(name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }
}

/** What a local run has left. */
export interface RunFiles {
  /** Folder of the run. */
  directory: string;
  output: ReadableFiles;
  /** Link from a page in the run's folder to the output. Absent if the output is in S3. */
  link?: string;
}

export function openRunFiles({ output }: RunStart, directory: string, warn: (sentence: string) => void): RunFiles {
  if (output !== undefined)
    return { directory, output: new OutputFiles(new Account(s3Settings(process.env)), output, warn) };
  return { directory, output: new LocalFiles(path.join(directory, "output"), warn), link: "output/" };
}

/** Paths or URIs of those files that exist. */
export async function existingPaths(files: ReadableFiles, names: readonly string[]): Promise<string[]> {
  const contents = await Promise.all(names.map((name) => files.read(name)));
  return names.filter((_, index) => contents[index] !== undefined).map((name) => files.locate(name));
}
