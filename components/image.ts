import * as path from "node:path";

import * as awsx from "@pulumi/awsx/ecr";
import type * as pulumi from "@pulumi/pulumi";
import { output } from "@pulumi/pulumi";

import { entriesOf, type Pipeline } from "./pipeline";

/** Next to this directory, in the repository as in the published package. */
export const WORKER_DIRECTORY = path.join(__dirname, "..", "worker");

/** True when some job runs in the worker's image and nobody named an existing one. */
export function buildsImage(pipeline: Pipeline): boolean {
  return usesWorkerImage(pipeline) && pipeline.imageUri === undefined;
}

/** The worker's image, if a job uses it. */
export function createImage(pipeline: Pipeline, parent: pulumi.Resource): pulumi.Output<string> | undefined {
  if (!usesWorkerImage(pipeline)) return undefined;
  if (pipeline.imageUri !== undefined) return output(pipeline.imageUri);
  const { name, tags } = pipeline;
  const repository = new awsx.Repository(
    `${name}-repository`,
    {
      // The images can be built again from the package; without this, `pulumi destroy` stops at the first one.
      forceDelete: true,
      imageScanningConfiguration: { scanOnPush: true },
      // Job definitions name an image by its digest, and executions under way may run an earlier one.
      lifecyclePolicy: {
        rules: [{ description: "Keep the ten latest images", tagStatus: "untagged", maximumNumberOfImages: 10 }],
      },
      tags,
    },
    { parent },
  );
  const image = new awsx.Image(
    `${name}-image`,
    { repositoryUrl: repository.url, context: WORKER_DIRECTORY, platform: "linux/amd64" },
    { parent },
  );
  return image.imageUri;
}

function usesWorkerImage({ jobs }: Pipeline): boolean {
  return entriesOf(jobs).some(([, job]) => job.image === undefined);
}
