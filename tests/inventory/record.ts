import * as fs from "node:fs";
import * as path from "node:path";

import { changelog, identities, programs, recorded, recordOf, unacknowledged } from "./inventory";

/** `npm run inventory`: records what there is now. Refuses to forget a resource that the changelog does not mention. */
async function main(): Promise<void> {
  for (const program of programs()) {
    const now = await identities(program);
    const lost = (recorded(program) ?? []).filter((identity) => !now.includes(identity));
    const missing = unacknowledged(lost, changelog());
    if (missing.length > 0) {
      process.stderr.write(
        `${program.name} would lose these resources. Keep their names, or name each in the changelog's unreleased section, in ` +
          `backquotes, and say what a deployment does to it:\n${missing.join("\n")}\n`,
      );
      process.exitCode = 1;
      continue;
    }
    fs.mkdirSync(path.dirname(recordOf(program)), { recursive: true });
    fs.writeFileSync(recordOf(program), `${now.join("\n")}\n`);
  }
}

void main();
