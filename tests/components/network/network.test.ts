import { strict as assert } from "node:assert";

import type { VideoBatchPipelineArgs } from "../../../index";
import type { Synthesis } from "../../../runner/synthesis/synthesis";
import { IMAGE, named, ofType, synthesisePipeline } from "../../support/pipeline";

const resourcesOf = (synthesis: Synthesis, name: string): Record<string, unknown> =>
  named(synthesis, name).inputs["computeResources"] as Record<string, unknown>;
const synthesised = (args: VideoBatchPipelineArgs): Promise<Synthesis> => synthesisePipeline({ image: IMAGE, ...args });

describe("the network", () => {
  const endpoints = (synthesis: Synthesis): unknown[] =>
    ofType(synthesis, "aws:ec2/vpcEndpoint:VpcEndpoint").map(({ inputs }) => [
      inputs["vpcEndpointType"],
      inputs["serviceName"],
    ]);

  it("is made with private subnets, one NAT gateway and an endpoint for S3", async () => {
    const synthesis = await synthesised({ network: { vpc: {} } });
    assert.deepEqual(named(synthesis, "videos-vpc").inputs, {
      ...{ cidrBlock: "10.0.0.0/16", numberOfAvailabilityZones: 2, natGateways: { strategy: "Single" } },
      ...{ subnetStrategy: "Auto", subnetSpecs: [{ type: "Private" }, { type: "Public" }] },
      ...{ enableDnsHostnames: true, enableDnsSupport: true },
    });
    assert.deepEqual(endpoints(synthesis), [["Gateway", "com.amazonaws.us-east-1.s3"]]);
    assert.deepEqual(named(synthesis, "videos-s3-endpoint").inputs["routeTableIds"], [
      "rtb-videos-vpc-private-a",
      "rtb-videos-vpc-private-b",
    ]);
    assert.deepEqual(resourcesOf(synthesis, "videos-compute")["subnets"], [
      "subnet-videos-vpc-private-a",
      "subnet-videos-vpc-private-b",
    ]);
    assert.match(
      JSON.stringify(named(synthesis, "videos-compute-launch-template").inputs),
      /"associatePublicIpAddress":"false"/,
    );
  });

  it("is made with interface endpoints instead, those for secrets only where there are any", async () => {
    const args = { network: { vpc: { enableInterfaceEndpoints: true } } };
    const services = ["ecs", "ecs-agent", "ecs-telemetry", "ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm"];
    const expected = services.map((service) => ["Interface", `com.amazonaws.us-east-1.${service}`]);
    const synthesis = await synthesised(args);
    assert.deepEqual(named(synthesis, "videos-vpc").inputs["natGateways"], { strategy: "None" });
    assert.deepEqual(
      new Set(endpoints(synthesis).map(String)),
      new Set([["Gateway", "com.amazonaws.us-east-1.s3"], ...expected.slice(0, 6)].map(String)),
    );
    const secrets = { KEY: "arn:aws:ssm:us-east-1:123456789012:parameter/key" };
    assert.equal(endpoints(await synthesised({ ...args, jobs: { features: { secrets } } })).length, 9);
    const withEvents = endpoints(await synthesised({ ...args, events: {} })).map(String);
    assert.deepEqual(
      withEvents.filter((endpoint) => !endpoints(synthesis).map(String).includes(endpoint)),
      ["Interface,com.amazonaws.us-east-1.events"],
    );
  });
});
