import type * as pulumi from "@pulumi/pulumi";

/** Where programs put what they don't keep, and what a read-only root leaves them to write to. */
export const SCRATCH = "/tmp";

/** What a container is given by the resources around it. */
export interface ContainerContext {
  image: pulumi.Input<string>;
  jobRoleArn: pulumi.Input<string>;
  executionRoleArn: pulumi.Input<string>;
  logGroup: pulumi.Input<string>;
  logPrefix: string;
  serviceAccountName?: string;
}
