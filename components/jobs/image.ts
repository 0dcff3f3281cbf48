import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import * as awsx from "@pulumi/awsx/ecr";
import type * as pulumi from "@pulumi/pulumi";
import { output } from "@pulumi/pulumi";

import type { Architecture } from "../../contract/jobPlatform";
import type { Context } from "../context/context";
import type { Image } from "./args";
import { type JobKinds, type JobsSettings, listJobs } from "./defaults";
import { aliasRepository } from "./repositoryAliases";

/** Next to `components/`, in the repository as in the published package. */
const WORKER_DIRECTORY = path.join(__dirname, "..", "..", "worker");

/** What `.dockerignore` leaves of it, besides the Dockerfile: the same files in a clone and in the package. */
export const BUNDLE = path.join(WORKER_DIRECTORY, "dist", "worker.cjs");

/** The worker's image for each architecture that a job needs it for. */
export type WorkerImages = Partial<Record<Architecture, pulumi.Output<string>>>;

/** Parts of resource names, which must never change. */
const SUFFIXES: Record<Architecture, string> = { x86_64: "", arm64: "-arm64" };
const PLATFORMS: Record<Architecture, string> = { x86_64: "linux/amd64", arm64: "linux/arm64" };

/** Whether the worker's image has to be built: some job uses it, and no existing one is given. */
export function buildsImage({ kinds, image }: Pick<JobsSettings, "kinds" | "image">): boolean {
  return image.uri === undefined && usesWorkerImage(kinds);
}

/** The worker's images, if a job uses them. */
export function createImages(context: Context, settings: JobsSettings): WorkerImages {
  if (!usesWorkerImage(settings.kinds)) return {};
  const architectures = findArchitectures(settings);
  const { uri } = settings.image;
  if (uri !== undefined) {
    return Object.fromEntries(architectures.map((architecture) => [architecture, output(uri)]));
  }
  const repository = createRepository(context, KEPT_IMAGES * architectures.length);
  const build = { repositoryUrl: repository.url, tag: tagImages(context.name, settings.image), image: settings.image };
  return Object.fromEntries(
    architectures.map((architecture) => [architecture, buildImage(context, architecture, build)]),
  );
}

/** Images for each architecture that stay for executions that began with them, and for redrives. */
const KEPT_IMAGES = 20;

function createRepository({ name, tags, keyArn, parent, aliases }: Context, keptImages: number): awsx.Repository {
  return new awsx.Repository(
    `${name}-repository`,
    {
      // The images can be built again from the package; without this, `pulumi destroy` would stop at the first one.
      forceDelete: true,
      imageScanningConfiguration: { scanOnPush: true },
      imageTagMutability: "IMMUTABLE",
      encryptionConfigurations: keyArn === undefined ? undefined : [{ encryptionType: "KMS", kmsKey: keyArn }],
      // Job definitions name an image by its digest, and running executions and redrives use earlier ones. A rule by age would delete
      // the only image of a pipeline that nobody changes.
      lifecyclePolicy: {
        rules: [
          {
            description: `Keep the ${keptImages} latest images`,
            tagStatus: "any",
            maximumNumberOfImages: keptImages,
          },
        ],
      },
      tags,
    },
    { parent, ...aliasRepository(aliases) },
  );
}

interface Build {
  repositoryUrl: pulumi.Output<string>;
  tag: (platform: string) => string;
  image: Image;
}

function buildImage(
  { name, parent }: Context,
  architecture: Architecture,
  { repositoryUrl, tag, image: { baseImage, rebuild } }: Build,
): pulumi.Output<string> {
  const platform = PLATFORMS[architecture];
  const image = new awsx.Image(
    `${name}-image${SUFFIXES[architecture]}`,
    {
      repositoryUrl,
      // Docker's provider compares the path as text: a relative one is the same on every machine.
      context: path.relative(process.cwd(), WORKER_DIRECTORY).split(path.sep).join("/") || ".",
      platform,
      args: {
        ...(baseImage === undefined ? {} : { BASE_IMAGE: baseImage }),
        ...(rebuild === undefined ? {} : { REBUILD: rebuild }),
      },
      imageTag: tag(platform),
    },
    // The next image must not delete this one from the registry: queued jobs and redrives name it. The repository's rule does later.
    { parent, retainOnDelete: true },
  );
  return image.imageUri;
}

/**
 * A tag can't be reused, so it has to change with whatever the image is built from. It is also the name of the resource inside
 * awsx's component, which has to differ between the pipelines of a stack.
 */
function tagImages(name: string, { baseImage = "", rebuild = "" }: Image): Build["tag"] {
  const dockerfile = fs.readFileSync(path.join(WORKER_DIRECTORY, "Dockerfile"));
  const bundle = fs.readFileSync(BUNDLE);
  // Docker's provider rebuilds when the file mode differs, which depends on the umask at installation.
  const mode = (fs.statSync(BUNDLE).mode & 0o777).toString(8);
  const hash = createHash("sha256");
  for (const part of [dockerfile, bundle, mode, baseImage, rebuild]) hash.update(part).update("\0");
  const digest = hash.digest("hex").slice(0, 16);
  return (platform) => `${name}-${platform.replace("/", "-")}-${digest}`;
}

function findArchitectures({ kinds, variants }: JobsSettings): Architecture[] {
  const used = variants
    .filter(({ job }) => kinds[job]?.image === undefined)
    .map(({ jobPlatform }) => jobPlatform.architecture);
  return [...new Set(used)];
}

function usesWorkerImage(kinds: JobKinds): boolean {
  return listJobs(kinds).some(([, job]) => job.image === undefined);
}
