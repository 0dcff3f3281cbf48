import * as fs from "node:fs";

import { notAllowed } from "../rules/choices";
import { badFormIfKnown, type Form, IMAGE_URI } from "../rules/forms";
import { type Check, type Problem, when } from "../rules/problem";
import type { Image } from "./args";
import type { JobsSettings } from "./defaults";
import { BUNDLE, buildsImage } from "./image";

const BASE_IMAGE: Form = {
  ...IMAGE_URI,
  remedy:
    "Use a URI such as public.ecr.aws/docker/library/node:24.19.0-trixie-slim, without https:// and without spaces.",
};

export const checkImage: Check<{ image?: Image }, { jobs: JobsSettings }> = ({ args: { image = {} }, settings }) => [
  ...badFormIfKnown("image.uri", image.uri, IMAGE_URI),
  ...badFormIfKnown("image.baseImage", image.baseImage, BASE_IMAGE),
  ...(buildsImage(settings.jobs) ? [] : notBuilt(image)),
  ...checkBundle(settings.jobs),
];

function notBuilt(image: Image): Problem[] {
  return notAllowed("image", image, {
    keys: ["baseImage", "rebuild"],
    ...(image.uri === undefined
      ? { where: "when no job uses the worker's image", remedy: "Remove it: no image is built." }
      : { where: "together with image.uri", remedy: "Remove it to use your image, or remove image.uri to build one." }),
  });
}

/** Without the bundle, Docker would fail in the middle of a deployment, with a message about a COPY. */
export function checkBundle(jobs: JobsSettings, bundle = BUNDLE): Problem[] {
  return when(buildsImage(jobs) && !fs.existsSync(bundle), {
    path: "image.uri",
    rule: `must be given when the worker's bundle ${bundle} is missing, because the image can't be built without it`,
    received: undefined,
    remedy: "Build the bundle with `node scripts/bundle-worker.mjs`, or name an existing image.",
  });
}
