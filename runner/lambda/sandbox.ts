import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const SDK = path.join("node_modules", "@aws-sdk");

/**
 * A copy of a function's code in a folder of its own, so that it finds nothing that the deployed archive lacks. Above it is the AWS SDK for
 * JavaScript, which Lambda's runtimes for Node.js have.
 */
export class Sandbox {
  readonly root = mkdtempSync(path.join(tmpdir(), "video-batch-function-"));
  /** Folder of the code. */
  readonly task = path.join(this.root, "task");

  constructor(code: string) {
    cpSync(code, this.task, { recursive: true });
    const sdk = findAbove(code) ?? findAbove(__dirname);
    if (sdk === undefined) return;
    mkdirSync(path.join(this.root, "node_modules"));
    symlinkSync(sdk, path.join(this.root, SDK));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** The SDK that code in a folder gets: the next one above. */
function findAbove(folder: string): string | undefined {
  const found = path.join(folder, SDK);
  if (existsSync(found)) return found;
  const above = path.dirname(folder);
  return above === folder ? undefined : findAbove(above);
}
