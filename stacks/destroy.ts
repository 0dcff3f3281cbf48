import type * as pulumi from "@pulumi/pulumi";

/** Said after every deployment, so that nobody learns it from `pulumi destroy`. */
export function onDestroy(config: pulumi.Config, bucketName: pulumi.Output<string | undefined>): pulumi.Output<string> {
  return bucketName.apply((name) => {
    const bucket = `the bucket ${name ?? ""}`;
    if (config.require("bucket") !== "") return `pulumi destroy leaves ${bucket} alone: it was there before.`;
    if (config.requireBoolean("deleteStorageWithStack")) {
      return `pulumi destroy DELETES ${bucket} with all videos and outputs in it.`;
    }
    const refused = config.requireBoolean("protectStorage")
      ? "pulumi destroy refuses to run while protectStorage is true. After that, it"
      : "pulumi destroy";
    return config.requireBoolean("retainStorage")
      ? `${refused} leaves ${bucket} in AWS, with everything in it.`
      : `${refused} deletes ${bucket} only when it is empty, and fails as long as it holds anything.`;
  });
}
