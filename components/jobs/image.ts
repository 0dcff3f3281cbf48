import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import * as awsx from "@pulumi/awsx/ecr";
import type * as pulumi from "@pulumi/pulumi";
import { output } from "@pulumi/pulumi";

import type { Architecture } from "../../contract/jobPlatform";
import type { Context } from "../context/context";
import { type JobKinds, type JobsSettings, listJobs } from "./defaults";

/** Next to `components/`, in the repository as in the published package. */
export const WORKER_DIRECTORY = path.join(__dirname, "..", "..", "worker");

/** The worker's image for each architecture that a job needs it for. */
export type WorkerImages = Partial<Record<Architecture, pulumi.Output<string>>>;

/** Parts of resource names, which must never change. */
const SUFFIXES: Record<Architecture, string> = { x86_64: "", arm64: "-arm64" };
const PLATFORMS: Record<Architecture, string> = { x86_64: "linux/amd64", arm64: "linux/arm64" };

/** Whether the worker's image has to be built: some job uses it, and no existing one is given. */
export function buildsImage({ kinds, imageUri }: Pick<JobsSettings, "kinds" | "imageUri">): boolean {
  return imageUri === undefined && usesWorkerImage(kinds);
}

/** The worker's images, if a job uses them. */
export function createImages(context: Context, settings: JobsSettings): WorkerImages {
  if (!usesWorkerImage(settings.kinds)) return {};
  const architectures = findArchitectures(settings);
  const { imageUri } = settings;
  const findImage = imageUri === undefined ? prepareBuild(context) : () => output(imageUri);
  return Object.fromEntries(architectures.map((architecture) => [architecture, findImage(architecture)]));
}

function prepareBuild({ name, tags, keyArn, parent }: Context): (architecture: Architecture) => pulumi.Output<string> {
  const repository = new awsx.Repository(
    `${name}-repository`,
    {
      // The images can be built again from the package; without this, `pulumi destroy` would stop at the first one.
      forceDelete: true,
      imageScanningConfiguration: { scanOnPush: true },
      imageTagMutability: "IMMUTABLE",
      encryptionConfigurations: keyArn === undefined ? undefined : [{ encryptionType: "KMS", kmsKey: keyArn }],
      // Job definitions name an image by its digest, and running executions may use an earlier one.
      lifecyclePolicy: {
        rules: [{ description: "Keep the twenty latest images", tagStatus: "any", maximumNumberOfImages: 20 }],
      },
      tags,
    },
    { parent },
  );
  const digest = hashFiles(WORKER_DIRECTORY);
  return (architecture) => {
    const platform = PLATFORMS[architecture];
    const image = new awsx.Image(
      `${name}-image${SUFFIXES[architecture]}`,
      {
        repositoryUrl: repository.url,
        context: WORKER_DIRECTORY,
        platform,
        // A tag can't be reused, so it has to change with whatever the image is built from.
        imageTag: `${platform.replace("/", "-")}-${digest}`,
      },
      { parent },
    );
    return image.imageUri;
  };
}

function findArchitectures({ kinds, variants }: JobsSettings): Architecture[] {
  const used = variants
    .filter(({ job }) => kinds[job]?.image === undefined)
    .map(({ jobPlatform }) => jobPlatform.architecture);
  return [...new Set(used)];
}

/** What `.dockerignore` leaves of the worker's directory: the same files in a clone and in the package. */
const CONTEXT = ["Dockerfile", "dist/worker.cjs"];

function hashFiles(directory: string): string {
  const hash = createHash("sha256");
  for (const file of CONTEXT) {
    hash
      .update(file)
      .update("\0")
      .update(fs.readFileSync(path.join(directory, file)));
  }
  return hash.digest("hex").slice(0, 16);
}

function usesWorkerImage(kinds: JobKinds): boolean {
  return listJobs(kinds).some(([, job]) => job.image === undefined);
}
