import * as pulumi from "@pulumi/pulumi";

import { textOf } from "./mockedOutputs";

/** What a resource is called in AWS. */
export interface Named {
  arn: pulumi.Output<string>;
  name: pulumi.Output<string>;
}

export function arnsOf(resources: Record<string, Named>): pulumi.Output<Record<string, string>> {
  return readEach(resources, ({ arn }) => arn);
}

export function namesOf(resources: Record<string, Named>): pulumi.Output<Record<string, string>> {
  return readEach(resources, ({ name }) => name);
}

function readEach(
  resources: Record<string, Named>,
  read: (resource: Named) => pulumi.Output<string>,
): pulumi.Output<Record<string, string>> {
  return pulumi.output(
    Object.fromEntries(Object.entries(resources).map(([key, resource]) => [key, textOf(read(resource))])),
  );
}
