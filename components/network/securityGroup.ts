import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context/context";

/** What machines can reach, and what can reach them. */
export function createSecurityGroup({ name, tags, parent }: Context, vpcId: pulumi.Input<string>): ec2.SecurityGroup {
  return new ec2.SecurityGroup(
    `${name}-security-group`,
    {
      vpcId,
      description: `Instances of the video batch pipeline ${name}: everything out, nothing in`,
      egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] }],
      tags,
    },
    // AWS can't change the description, and a pipeline that is renamed keeps its group.
    { parent, ignoreChanges: ["description"] },
  );
}
