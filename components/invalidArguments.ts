import * as pulumi from "@pulumi/pulumi";

/**
 * Everything that is wrong with a component's arguments. A program can catch it as Pulumi's InputPropertiesError. If none does, Pulumi
 * prints only the message, as of a RunError. Of other errors it would print the fields and the stack too, and so each problem again.
 */
export class InvalidArguments extends pulumi.InputPropertiesError {
  /** What `RunError.isInstance` looks at. Pulumi has no class that is both. */
  readonly __pulumiRunError = true;
}
