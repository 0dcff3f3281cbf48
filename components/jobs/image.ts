import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import * as awsx from "@pulumi/awsx/ecr";
import type * as pulumi from "@pulumi/pulumi";
import { output } from "@pulumi/pulumi";

import { entriesOf, type Pipeline } from "../settings";
import type { Architecture } from "../../contract/jobPlatform";
import { jobVariants } from "../workflow/batch/jobVariants";

/** Next to this directory, in the repository as in the published package. */
export const WORKER_DIRECTORY = path.join(__dirname, "..", "..", "worker");

/** The worker's image for each architecture that a job of it runs on. */
export type WorkerImages = Partial<Record<Architecture, pulumi.Output<string>>>;

/** Behind the image's name: never to be changed. */
const SUFFIXES: Record<Architecture, string> = { x86_64: "", arm64: "-arm64" };
const PLATFORMS: Record<Architecture, string> = { x86_64: "linux/amd64", arm64: "linux/arm64" };

/** True when some job runs in the worker's image and nobody named an existing one. */
export function buildsImage(pipeline: Pipeline): boolean {
  return usesWorkerImage(pipeline) && pipeline.imageUri === undefined;
}

/** The worker's images, if a job uses them. */
export function createImages(pipeline: Pipeline, parent: pulumi.Resource): WorkerImages {
  if (!usesWorkerImage(pipeline)) return {};
  const architectures = architecturesOf(pipeline);
  if (pipeline.imageUri !== undefined) {
    const existing = output(pipeline.imageUri);
    return Object.fromEntries(architectures.map((architecture) => [architecture, existing]));
  }
  const { name, tags, keyArn } = pipeline;
  const repository = new awsx.Repository(
    `${name}-repository`,
    {
      // The images can be built again from the package; without this, `pulumi destroy` stops at the first one.
      forceDelete: true,
      imageScanningConfiguration: { scanOnPush: true },
      imageTagMutability: "IMMUTABLE",
      encryptionConfigurations: keyArn === undefined ? undefined : [{ encryptionType: "KMS", kmsKey: keyArn }],
      // Job definitions name an image by its digest, and executions under way may run an earlier one.
      lifecyclePolicy: {
        rules: [{ description: "Keep the twenty latest images", tagStatus: "any", maximumNumberOfImages: 20 }],
      },
      tags,
    },
    { parent },
  );
  const digest = digestOf(WORKER_DIRECTORY);
  const images = architectures.map((architecture) => {
    const platform = PLATFORMS[architecture];
    const image = new awsx.Image(
      `${name}-image${SUFFIXES[architecture]}`,
      {
        repositoryUrl: repository.url,
        context: WORKER_DIRECTORY,
        platform,
        // A tag that never moves has to change with whatever the image is built from.
        imageTag: `${platform.replace("/", "-")}-${digest}`,
      },
      { parent },
    );
    return [architecture, image.imageUri];
  });
  return Object.fromEntries(images) as WorkerImages;
}

function architecturesOf(pipeline: Pipeline): Architecture[] {
  const used = jobVariants(pipeline)
    .filter(({ job }) => pipeline.jobs[job]?.image === undefined)
    .map(({ site }) => site.architecture);
  return [...new Set(used)];
}

/** What `.dockerignore` leaves of the worker's directory, and what is made of it: the same in a clone and in the package. */
const CONTEXT = ["Dockerfile", "dist/worker.cjs"];

function digestOf(directory: string): string {
  const hash = createHash("sha256");
  for (const file of CONTEXT) {
    hash
      .update(file)
      .update("\0")
      .update(fs.readFileSync(path.join(directory, file)));
  }
  return hash.digest("hex").slice(0, 16);
}

function usesWorkerImage({ jobs }: Pipeline): boolean {
  return entriesOf(jobs).some(([, job]) => job.image === undefined);
}
