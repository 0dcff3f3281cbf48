import type * as pulumi from "@pulumi/pulumi";

import type { JobsSettings } from "./defaults";

/** The directory for temporary files: with a read-only root, the only one that programs can write to. */
export const SCRATCH = "/tmp";

/** What a container gets from the pipeline and its other resources. */
export interface ContainerContext {
  image: pulumi.Input<string>;
  jobRoleArn: pulumi.Input<string>;
  executionRoleArn: pulumi.Input<string>;
  /** Where the job runs. */
  region: pulumi.Input<string>;
  logGroup: pulumi.Input<string>;
  logPrefix: string;
  settings: JobsSettings;
}
