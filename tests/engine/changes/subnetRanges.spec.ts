import { strict as assert } from "node:assert";

import type { VideoBatchPipelineArgs, Vpc } from "../../../index";
import { assertGone, assertNothingWrong } from "../assertions";
import { useRealEngine } from "../useRealEngine";
import { OTHERS, pipeline, reasons, SMALL } from "./pipelines";

const withVpc = (vpc: Vpc): VideoBatchPipelineArgs => ({ ...SMALL, network: { vpc } });

describe("a change of how many zones a pipeline's VPC has", () => {
  const engine = useRealEngine(OTHERS);
  afterEach(() => assertNothingWrong(engine().account));

  it("is refused before the first call where AWS would refuse the subnets' new ranges, and accepted elsewhere", async () => {
    const stack = await engine().stack({ name: "zones", project: "zones", program: pipeline(withVpc({})) });
    assert.equal((await stack.up()).error, undefined);
    assert.deepEqual(ranges(), ["10.0.0.0/18", "10.0.128.0/18", "10.0.192.0/18", "10.0.64.0/18"]);

    const three = pipeline(withVpc({ availabilityZones: 3 }));
    for (const operation of ["preview", "up"] as const) {
      const { steps, messages } = await stack[operation](three);
      assert.deepEqual(
        steps.filter((step) => step !== "update VideoBatchPipeline videos"),
        [],
      );
      const [reason = "", ...others] = reasons(messages);
      assert.deepEqual(others, []);
      assert.deepEqual(reason.split("\n").slice(1), [
        "- network.vpc.availabilityZones must change together with network.vpc.cidrBlock, except between 3 and 4 or between 5 and 6. Received 3. With 2 before, every subnet would get another range, which AWS refuses as long as the old subnets exist: choose another cidrBlock too, or keep 2.",
      ]);
    }

    assert.equal(
      (await stack.up(pipeline(withVpc({ availabilityZones: 3, cidrBlock: "10.1.0.0/16" })))).error,
      undefined,
    );
    assert.equal(
      (await stack.up(pipeline(withVpc({ availabilityZones: 4, cidrBlock: "10.1.0.0/16" })))).error,
      undefined,
    );
    assert.deepEqual(
      ranges(),
      [0, 128, 160, 192, 224, 32, 64, 96].map((part) => `10.1.${part}.0/19`),
    );
    assert.equal((await stack.destroy()).error, undefined);
    assertGone(engine().account, "zones");
  });

  function ranges(): string[] {
    const subnets = engine().account.all("aws:ec2/subnet:Subnet");
    return subnets.map(({ inputs }) => String(inputs["cidrBlock"])).sort();
  }
});
