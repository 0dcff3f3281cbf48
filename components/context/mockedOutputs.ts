import type * as pulumi from "@pulumi/pulumi";

/**
 * A resource's output as text, empty if it has no value: AWS always returns one, but in tests of a program Pulumi's mocks may return only
 * the resource's inputs.
 */
export function textOf(output: pulumi.Output<string>): pulumi.Output<string> {
  return output.apply((value: string | undefined) => value ?? "");
}
