import type * as pulumi from "@pulumi/pulumi";

import type { Ladder } from "../../contract/plan";

/** The directory for temporary files: with a read-only root, the only one that programs can write to. */
export const SCRATCH = "/tmp";

/** What a container gets from the pipeline and its other resources. */
export interface ContainerContext {
  image: pulumi.Input<string>;
  jobRoleArn: pulumi.Input<string>;
  executionRoleArn: pulumi.Input<string>;
  logGroup: pulumi.Input<string>;
  logPrefix: string;
  serviceAccountName?: string;
  publicAddresses: boolean;
  ladder: Ladder;
}
