import * as fs from "node:fs";
import * as path from "node:path";

import { badFormIfKnown, IMAGE_URI } from "../rules/forms";
import { type Check, type Problem, when } from "../rules/problem";
import type { Image } from "./args";
import type { JobsSettings } from "./defaults";
import { buildsImage, WORKER_DIRECTORY } from "./image";

export const checkImage: Check<{ image?: Image }, { jobs: JobsSettings }> = ({ args, settings }) => [
  ...badFormIfKnown("image.uri", args.image?.uri, IMAGE_URI),
  ...checkBundle(settings.jobs),
];

/** Without the bundle, Docker would fail in the middle of a deployment, with a message about a COPY. */
function checkBundle(jobs: JobsSettings): Problem[] {
  const bundle = path.join(WORKER_DIRECTORY, "dist", "worker.cjs");
  return when(buildsImage(jobs) && !fs.existsSync(bundle), {
    path: "image.uri",
    rule: `must be given as long as the worker's bundle ${bundle} is missing, without which the image can't be built`,
    received: undefined,
    remedy: "Make the bundle with `node scripts/bundle-worker.mjs`, or name an existing image.",
  });
}
