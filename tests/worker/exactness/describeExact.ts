import { join } from "node:path";

import { clipDirectory } from "../../support/clips";
import { needing } from "../../support/ffmpegNeeds";
import { assertExact } from "./check";
import type { Source } from "./sources";

/**
 * Declares a suite in which the output of every source is exact.
 *
 * @param declareOthers Declares its further tests, which work in the same directory.
 */
export function describeExact(
  title: string,
  sources: readonly Source[],
  declareOthers: (directory: () => string) => void = () => undefined,
): void {
  describe(title, () => {
    let path: string;
    let remove: () => Promise<void>;
    before(async () => ({ path, remove } = await clipDirectory()));
    after(() => remove());

    sources.forEach((source, number) => {
      needing(...(source.needs ?? [])).it(source.name, () => assertExact(source, path, join(path, `out-${number}`)));
    });
    declareOthers(() => path);
  });
}
