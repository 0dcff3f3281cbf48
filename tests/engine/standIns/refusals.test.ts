import { strict as assert } from "node:assert";

import { Account } from "./account";
import type { Existing } from "./resourceType";

function stateMachine(type: string, Resource: string): Existing {
  const definition = { StartAt: "S", States: { S: { Type: "Task", Resource, End: true } } };
  return {
    ...{ type: "aws:sfn/stateMachine:StateMachine", urn: "urn", name: "m", id: "m", region: "us-east-1", revision: 1 },
    ...{ inputs: { type, definition: JSON.stringify(definition) }, outputs: {} },
  };
}

describe("the account of stand-ins", () => {
  const SYNC = "arn:aws:states:::batch:submitJob.sync";

  it("refuses what an Express state machine can't do, when it is made and when it is changed", () => {
    const account = new Account();
    const refusal = `InvalidDefinition: SCHEMA_VALIDATION_FAILED: State 'S': an Express state machine can't wait for the end of what it starts. Received Resource "${SYNC}". Call batch:submitJob, or make the state machine STANDARD.`;
    assert.throws(() => account.create(stateMachine("EXPRESS", SYNC)), { message: refusal });
    account.create(stateMachine("EXPRESS", "arn:aws:states:::batch:submitJob"));
    assert.throws(() => account.update(stateMachine("EXPRESS", SYNC)), { message: refusal });
    assert.deepEqual(account.refused, [refusal, refusal]);
    assert.equal(account.all().length, 1);
  });

  it("refuses a rule whose pattern EventBridge doesn't take", () => {
    const rule = (pattern: object): Existing => ({
      ...{
        type: "aws:cloudwatch/eventRule:EventRule",
        urn: "urn",
        name: "r",
        id: "r",
        region: "us-east-1",
        revision: 1,
      },
      ...{ inputs: { eventPattern: JSON.stringify(pattern) }, outputs: {} },
    });
    const account = new Account();
    assert.throws(() => account.create(rule({ source: "our.uploads" })), {
      message:
        'InvalidEventPatternException: Event pattern is not valid. Reason: pattern.source must be a list of values, or an object of fields. Received "our.uploads". Put the value in square brackets.',
    });
    account.create(rule({ source: ["our.uploads"] }));
  });

  it("takes it of a Standard one", () => new Account().create(stateMachine("STANDARD", SYNC)));

  const made = (
    type: string,
    name: string,
    inputs: Existing["inputs"],
    outputs: Existing["outputs"] = {},
  ): Existing => ({
    ...{ type, urn: `urn of ${name}`, name, id: name, region: "us-east-1", revision: 1 },
    ...{ inputs, outputs },
  });
  it("refuses a subnet whose range overlaps with another one's of its VPC", () => {
    const subnet = (id: string, cidrBlock: string, vpcId = "vpc-1"): Existing =>
      made("aws:ec2/subnet:Subnet", id, { vpcId, cidrBlock });
    const account = new Account();
    account.create(subnet("a", "10.0.64.0/18"));
    account.update(subnet("a", "10.0.64.0/18"));
    for (const range of ["10.0.64.0/18", "10.0.96.0/19", "10.0.0.0/17"]) {
      assert.throws(() => account.create(subnet("b", range)), {
        message: `InvalidSubnet.Conflict: The CIDR '${range}' conflicts with another subnet`,
      });
    }
    account.create(subnet("c", "10.0.128.0/18"));
    account.create(subnet("d", "10.0.64.0/18", "vpc-2"));
  });

  const BUS = "arn:aws:events:us-east-1:123456789012:event-bus/media";
  const bus = (): Existing => made("aws:cloudwatch/eventBus:EventBus", "media", {}, { arn: BUS });
  const rule = (eventBusName?: string): Existing =>
    made("aws:cloudwatch/eventRule:EventRule", "uploads", eventBusName === undefined ? {} : { eventBusName });
  const busPolicy = (eventBusName: string, Resource: string): Existing => {
    const policy = JSON.stringify({ Statement: [{ Effect: "Deny", Action: "events:PutEvents", Resource }] });
    return made("aws:cloudwatch/eventBusPolicy:EventBusPolicy", eventBusName, { eventBusName, policy });
  };

  it("refuses rules and policies of a bus that is not there, and a policy that is about another", () => {
    const account = new Account();
    account.create(rule());
    const missing = "ResourceNotFoundException: Event bus media does not exist.";
    assert.throws(() => account.create({ ...rule("media"), name: "more" }), { message: missing });
    assert.throws(() => account.create(busPolicy("media", BUS)), { message: missing });
    account.create(bus());
    assert.throws(() => account.create(busPolicy("media", "*")), {
      message: "ValidationException: Resource * in the policy of media is not this event bus.",
    });
    account.create(busPolicy("media", BUS));
    account.create({ ...rule(BUS), name: "more", id: "more" });
  });

  it("refuses to delete a bus that has a rule", () => {
    const account = new Account();
    account.create(bus());
    account.create(rule("media"));
    assert.throws(() => account.delete("aws:cloudwatch/eventBus:EventBus", "media", "us-east-1"), {
      message: "ValidationException: Cannot delete event bus media: it has the rule uploads",
    });
    account.delete("aws:cloudwatch/eventRule:EventRule", "uploads", "us-east-1");
    account.delete("aws:cloudwatch/eventBus:EventBus", "media", "us-east-1");
  });

  const ROLE = "arn:aws:iam::123456789012:role/one";
  const roleFor = (Service: string): Existing => {
    const Statement = [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }];
    return made("aws:iam/role:Role", "one", { assumeRolePolicy: JSON.stringify({ Statement }) }, { arn: ROLE });
  };
  const FUNCTION = { runtime: "nodejs22.x", handler: "index.handler", role: ROLE, timeout: 30, memorySize: 256 };
  const CASES: [change: object, problem: string][] = [
    [{ runtime: "nodejs14.x" }, "The runtime nodejs14.x is not supported."],
    [{ handler: undefined }, "A function in a .zip file needs a handler."],
    [{ timeout: 901 }, "Timeout 901 is not between 1 and 900."],
    [{ memorySize: 64 }, "MemorySize 64 is not between 128 and 10240."],
    [{ environment: { variables: { AWS_REGION: "a" } } }, "Lambda reserves the environment variable AWS_REGION."],
    [
      { environment: { variables: { "a-b": "c" } } },
      "The environment variable a-b needs two letters, digits or underscores, a letter first.",
    ],
    [
      { environment: { variables: { NAME: "x".repeat(4096) } } },
      "The environment variables have 4107 bytes, and may have 4096.",
    ],
  ];
  for (const [change, problem] of CASES) {
    it(`refuses a function with ${JSON.stringify(change).slice(0, 60)}`, () => {
      const account = new Account();
      account.create(roleFor("lambda.amazonaws.com"));
      const one = (inputs: object): Existing => made("aws:lambda/function:Function", "one", { ...FUNCTION, ...inputs });
      const message = `InvalidParameterValueException: ${problem}`;
      assert.throws(() => account.create(one(change)), { message });
      account.create(one({ environment: { variables: { BUCKET: "videos" } } }));
      assert.throws(() => account.update(one(change)), { message });
    });
  }

  it("refuses a function whose role Lambda can't assume", () => {
    const account = new Account();
    account.create(roleFor("states.amazonaws.com"));
    assert.throws(() => account.create(made("aws:lambda/function:Function", "one", FUNCTION)), {
      message: "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.",
    });
  });
});
