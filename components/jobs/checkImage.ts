import * as fs from "node:fs";
import * as path from "node:path";

import { type Check, when } from "../rules/problem";
import type { JobsSettings } from "./defaults";
import { buildsImage, WORKER_DIRECTORY } from "./image";

/** Without the bundle, Docker would fail in the middle of a deployment, with a message about a COPY. */
export const checkImage: Check<unknown, { jobs: JobsSettings }> = ({ settings: { jobs } }) => {
  const bundle = path.join(WORKER_DIRECTORY, "dist", "worker.cjs");
  return when(buildsImage(jobs) && !fs.existsSync(bundle), {
    path: "image.uri",
    rule: `must be given as long as the worker's bundle ${bundle} is missing, without which the image can't be built`,
    received: undefined,
    remedy: "Make the bundle with `node scripts/bundle-worker.mjs`, or name an existing image.",
  });
};
