import { join } from "node:path";

import { clipDirectory } from "../../support/clips";
import { needing } from "../../support/ffmpegNeeds";
import { assertExact } from "./check";
import type { Source } from "./sources";

/** Declares a suite in which the output of every source is exact. */
export function describeExact(title: string, sources: readonly Source[]): void {
  describe(title, function () {
    this.timeout(60_000);
    let path: string;
    let remove: () => Promise<void>;
    before(async () => ({ path, remove } = await clipDirectory()));
    after(() => remove());

    sources.forEach((source, number) => {
      needing(...(source.needs ?? [])).it(source.name, () => assertExact(source, path, join(path, `out-${number}`)));
    });
  });
}
