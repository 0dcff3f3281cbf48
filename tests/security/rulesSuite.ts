import { strict as assert } from "node:assert";

import type { Synthesis, SynthesisedResource } from "../../testing";
import { allPrograms } from "./programs";
import { RULES } from "./rules";

type Change = (inputs: Record<string, unknown>) => Record<string, unknown>;

const kindOf = ({ type }: SynthesisedResource): string => type.split(":").at(-1)!;

/** Of a rule, what is against it in a program. */
function found(rule: (typeof RULES)[number], synthesis: Synthesis): string[] {
  return synthesis.resources
    .filter((resource) => rule.types.includes(kindOf(resource)))
    .flatMap((resource) =>
      rule.violations(resource.inputs, resource, synthesis).map((text) => `${resource.name}: ${text}`),
    );
}

const open =
  (statement: object): Change =>
  () => ({ policy: { Version: "2012-10-17", Statement: [statement] } });
const container =
  (change: object): Change =>
  ({ containerProperties }) => ({
    containerProperties: JSON.stringify({ ...(JSON.parse(containerProperties as string) as object), ...change }),
  });
const allowsAll = { Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: "*" };

/** For each rule, something that breaks it: a type, what is changed of its inputs, and what has to be found then. */
const BREAKS: [type: string, change: Change, violation: string][] = [
  ["BucketPolicy", (inputs) => ({ ...inputs, bucket: "another" }), "it has no BucketPolicy"],
  ["BucketServerSideEncryptionConfiguration", () => ({ rules: [{}] }), "objects are stored as they are"],
  ["BucketPublicAccessBlock", () => ({ blockPublicAcls: true }), "restrictPublicBuckets"],
  ["BucketOwnershipControls", () => ({ rule: { objectOwnership: "ObjectWriter" } }), "access lists are in force"],
  ["BucketPolicy", open({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }), "it takes plain HTTP"],
  ["BucketLifecycleConfiguration", () => ({ rules: [] }), "their pieces are paid for ever"],
  ["Topic", () => ({}), "messages are stored as they are"],
  ["Topic", () => ({ kmsMasterKeyId: "alias/aws/sns" }), "EventBridge and CloudWatch can't publish"],
  ["TopicPolicy", open(allowsAll), "it takes plain HTTP"],
  ["Queue", () => ({}), "messages are stored as they are"],
  ["QueuePolicy", open(allowsAll), "it takes plain HTTP"],
  ["LogGroup", () => ({ retentionInDays: 0 }), "they are kept for ever"],
  ["StateMachine", () => ({ loggingConfiguration: { level: "OFF" } }), "nothing is logged"],
  ["LaunchTemplate", () => ({}), "containers get at the instance's role"],
  ["LaunchTemplate", () => ({}), "a disk is not"],
  ["SecurityGroup", () => ({ ingress: [{ fromPort: 22 }] }), "the security group lets something in"],
  [
    "LaunchTemplate",
    () => ({ networkInterfaces: [{ associatePublicIpAddress: "true" }] }),
    "they have public addresses",
  ],
  ["Repository", () => ({}), "tags can be moved"],
  ["Key", () => ({ policy: '{"Statement":[]}' }), "it is never rotated"],
  ["RolePolicy", open({ Effect: "Allow", Action: ["s3:*"], Resource: "*" }), "s3:*"],
  [
    "Role",
    () => ({
      assumeRolePolicy: {
        Statement: [{ Effect: "Allow", Principal: { Service: "states.amazonaws.com" }, Action: "sts:AssumeRole" }],
      },
    }),
    "states.amazonaws.com",
  ],
  ["TopicPolicy", open(allowsAll), "a statement is for everybody"],
  ["JobDefinition", container({ privileged: true }), "it is privileged"],
  ["JobDefinition", container({ user: "0", command: ["worker"] }), "it is root"],
  ["JobDefinition", container({ volumes: [{ host: { sourcePath: "/" } }] }), "it sees the machine's disk"],
  [
    "JobDefinition",
    () => ({ eksProperties: { podProperties: { hostNetwork: false, containers: [{}] } } }),
    "it can gain privileges",
  ],
  ["Schedule", () => ({ target: { arn: "arn:aws:states:a:b:stateMachine:c" } }), "an event can get lost"],
];

describe("AWS security rules", () => {
  let programs: [string, Synthesis][];
  before(async function () {
    this.timeout(60_000);
    programs = await allPrograms();
  });

  for (const [index, rule] of RULES.entries()) {
    it(rule.rule, () => {
      const of = programs.map(([program, synthesis]) => [program, found(rule, synthesis)] as const);
      assert.deepEqual(
        of.filter(([, violations]) => violations.length > 0),
        [],
      );
      assert.match(rule.source, /^https:\/\/(docs|repost)\.aws/);

      const [type, change, violation] = BREAKS[index]!;
      // The one with everything in it, and an image built for it where that is what matters.
      const [, whole] = programs.find(([name]) => name === (type === "Repository" ? "stack prod" : "everything"))!;
      const at = whole.resources.findIndex((resource) => kindOf(resource) === type);
      assert.ok(at >= 0, `there is no ${type} to break`);
      const broken = { ...whole.resources[at]!, inputs: change(whole.resources[at]!.inputs) };
      const violations = found(rule, { ...whole, resources: whole.resources.with(at, broken) });
      assert.ok(
        violations.some((text) => text.endsWith(`: ${violation}`)),
        `broken, it found ${JSON.stringify(violations)}`,
      );
    });
  }

  it("are as many as there are ways to break them", () => assert.equal(BREAKS.length, RULES.length));
});
