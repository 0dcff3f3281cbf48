import * as pulumi from "@pulumi/pulumi";

import { hasEngine } from "../context/engine";
import type { StorageSettings } from "./defaults";
import type { CreatedStorage } from "./storage";

/**
 * What happens to the videos when the pipeline is destroyed: visible after every deployment, so that nobody learns it from
 * the deletion.
 */
export function whatDestroyDoes(
  settings: StorageSettings | undefined,
  created: CreatedStorage | undefined,
): pulumi.Output<string> {
  if (!settings || !created) return pulumi.output("pulumi destroy deletes no videos: this pipeline has no storage.");
  return created.bucketName.apply((name) => describeDestruction(settings, `the bucket ${name}`));
}

function describeDestruction(settings: StorageSettings, bucket: string): string {
  if (settings.bucket !== undefined) return `pulumi destroy doesn't touch ${bucket}: the pipeline didn't create it.`;
  if (settings.forceDestroy) return `pulumi destroy DELETES ${bucket} with all videos and outputs in it.`;
  const refused = settings.protect
    ? `pulumi destroy fails in its preview while storage.protect is true; with --skip-preview, which the Automation API uses, it deletes everything but ${bucket} and what belongs to it. After that, it`
    : "pulumi destroy";
  return settings.retain
    ? `${refused} leaves ${bucket} in AWS, with everything in it.`
    : `${refused} deletes ${bucket} only when it is empty, and fails as long as it holds anything.`;
}

/**
 * Warns on the terminal, at every preview and deployment. Tests have no engine that could show it. The message has the pipeline's name
 * instead of its resource: if that failed to register, the SDK would wait for it, and every later program of the process too.
 */
export function warnOfDestruction(settings: StorageSettings | undefined, name: string): void {
  if (!settings?.forceDestroy || !hasEngine()) return;
  void pulumi.log.warn(
    `storage.forceDestroy of ${name} is true: pulumi destroy DELETES the bucket with all videos and outputs in it.`,
  );
}
