import * as fs from "node:fs";
import * as path from "node:path";

import { buildsImage, WORKER_DIRECTORY } from "./image";
import { type Check, problem, when } from "../rules/problem";

/** Without the bundle, Docker would fail in the middle of a deployment, and with a message about a COPY. */
export const checkImage: Check = ({ pipeline }) => {
  const bundle = path.join(WORKER_DIRECTORY, "dist", "worker.cjs");
  return when(buildsImage(pipeline) && !fs.existsSync(bundle), () =>
    problem(
      "image.uri",
      `must be given as long as the worker's bundle ${bundle} is missing, without which the image can't be built`,
      undefined,
      "Make the bundle with `node scripts/bundle-worker.mjs`, or name an existing image.",
    ),
  );
};
