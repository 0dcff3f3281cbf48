import * as pulumi from "@pulumi/pulumi";

/**
 * Everything that is wrong with a component's arguments. A program can catch it as Pulumi's InputPropertiesError. If it
 * doesn't, Pulumi prints only the message, as for a RunError. For other errors it would also print the fields and the stack,
 * and so repeat each problem.
 */
export class InvalidArguments extends pulumi.InputPropertiesError {
  /** `RunError.isInstance` checks this field. Pulumi has no class that is both. */
  readonly __pulumiRunError = true;
}
