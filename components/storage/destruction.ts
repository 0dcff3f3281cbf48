import * as pulumi from "@pulumi/pulumi";

import type { Storage } from "../settings";
import type { CreatedStorage } from "./storage";

/** What becomes of the videos when the pipeline goes: said after every deployment, so that nobody learns it from `pulumi destroy`. */
export function whatDestroyDoes(
  storage: Storage | undefined,
  created: CreatedStorage | undefined,
): pulumi.Output<string> {
  if (!storage || !created) return pulumi.output("pulumi destroy deletes no videos: no job of this pipeline has any.");
  return created.bucketName.apply((name) => sentence(storage, `the bucket ${name}`));
}

function sentence(storage: Storage, bucket: string): string {
  if (storage.bucket !== undefined) return `pulumi destroy leaves ${bucket} alone: it was there before.`;
  if (storage.forceDestroy) return `pulumi destroy DELETES ${bucket} with all videos and outputs in it.`;
  const refused = storage.protect
    ? "pulumi destroy refuses to run while storage.protect is true. After that, it"
    : "pulumi destroy";
  return storage.retain
    ? `${refused} leaves ${bucket} in AWS, with everything in it.`
    : `${refused} deletes ${bucket} only when it is empty, and fails as long as it holds anything.`;
}

/** On the terminal, at every preview and deployment. Where nobody deploys, as in tests, there is no engine to tell. */
export function warnOfDestruction(storage: Storage | undefined, component: pulumi.Resource): void {
  if (!storage?.forceDestroy || !pulumi.runtime.hasEngine()) return;
  void pulumi.log.warn(
    "storage.forceDestroy is true: pulumi destroy DELETES the bucket with all videos and outputs in it.",
    component,
  );
}
