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
    "Take for example public.ecr.aws/docker/library/node:24.19.0-trixie-slim, without https:// and without spaces.",
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
      ? { where: "when no job uses the worker's image", remedy: "Remove it: nothing is built." }
      : { where: "together with image.uri", remedy: "Keep your image, or let one be built." }),
  });
}

/** Without the bundle, Docker would fail in the middle of a deployment, with a message about a COPY. */
export function checkBundle(jobs: JobsSettings, bundle = BUNDLE): Problem[] {
  return when(buildsImage(jobs) && !fs.existsSync(bundle), {
    path: "image.uri",
    rule: `must be given as long as the worker's bundle ${bundle} is missing, without which the image can't be built`,
    received: undefined,
    remedy: "Make the bundle with `node scripts/bundle-worker.mjs`, or name an existing image.",
  });
}
