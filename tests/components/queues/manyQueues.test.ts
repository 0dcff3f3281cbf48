import { strict as assert } from "node:assert";

import fc from "fast-check";

import { normalise } from "../../../components/settings";
import { groupForEventRules } from "../../../components/queues/eventRuleGroups";
import type { Synthesis } from "../../../testing";
import { added, IMAGE, ofType, synthesisePipeline } from "../../support/pipeline";

/** What AWS takes of each document, in characters. */
const LIMITS: [type: string, document: string, most: number, source: string][] = [
  [
    ...(["aws:cloudwatch/eventRule:EventRule", "eventPattern", 2048] as const),
    "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html",
  ],
  [
    // All inline policies of a role together: none of these has two.
    ...(["aws:iam/rolePolicy:RolePolicy", "policy", 10_240] as const),
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
  ],
  [
    ...(["aws:iam/role:Role", "assumeRolePolicy", 2048] as const),
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
  ],
  [
    ...(["aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "policyDocument", 5120] as const),
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html",
  ],
  [
    ...(["aws:sns/topicPolicy:TopicPolicy", "policy", 30_720] as const),
    "https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html",
  ],
  [
    ...(["aws:sfn/stateMachine:StateMachine", "definition", 1_048_576] as const),
    "https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html",
  ],
];

describe("a pipeline with as many queues as a region has", () => {
  let synthesis: Synthesis;
  let few: Synthesis;
  const queuesOf = (count: number): { name: string; priority: number }[] =>
    Array.from({ length: count }, (_, index) => ({ name: `customer-${index}`, priority: 1 }));
  const synthesiseWith = (count: number): Promise<Synthesis> =>
    synthesisePipeline({
      image: IMAGE,
      trigger: { uploads: {} },
      monitoring: {},
      approval: {},
      queues: queuesOf(count),
    });
  before(async () => {
    few = await synthesiseWith(10);
    synthesis = await synthesiseWith(50);
  });

  it("has documents that AWS takes", () => {
    for (const [type, document, most, source] of LIMITS) {
      assert.match(source, /^https:/);
      const lengths = ofType(synthesis, type).map(({ name, inputs }): [string, number] => {
        const value = inputs[document];
        return [name, (typeof value === "string" ? value : JSON.stringify(value)).length];
      });
      assert.ok(lengths.length > 0, type);
      assert.deepEqual(
        lengths.filter(([, length]) => length > most),
        [],
      );
    }
  });

  it("hears of every queue, by one rule or several", () => {
    const heard = (one: Synthesis, rule: string): string[] =>
      ofType(one, "aws:cloudwatch/eventRule:EventRule")
        .filter(({ name }) => name.startsWith(rule))
        .flatMap(({ inputs }) => (JSON.parse(inputs["eventPattern"] as string) as Pattern).detail.jobQueue);
    for (const [one, count] of [
      [few, 10],
      [synthesis, 50],
    ] as const) {
      const arns = ofType(one, "aws:batch/jobQueue:JobQueue").map(({ outputs }) => outputs["arn"] as string);
      assert.equal(arns.length, count);
      for (const rule of ["videos-job-events-rule", "videos-blocked-queues"]) assert.deepEqual(heard(one, rule), arns);
    }
    const further = [2, 3];
    assert.deepEqual(
      added(synthesis, few).filter((text) => /^Event/.test(text)),
      [
        ...further.map((number) => `EventRule videos-blocked-queues-${number}`),
        ...further.map((number) => `EventRule videos-job-events-rule-${number}`),
        ...further.map((number) => `EventTarget videos-blocked-queues-${number}-target`),
        ...further.map((number) => `EventTarget videos-job-events-target-${number}`),
      ],
    );
  });
});

it("queues are put into groups that have room in a pattern, all of them, in their order", () => {
  const letters = (most: number): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom("a", "-"), minLength: 1, maxLength: most });
  const queue = fc.record(
    { name: letters(60), priority: fc.constant(1), jobQueueName: letters(128) },
    { requiredKeys: ["name", "priority"] },
  );
  fc.assert(
    fc.property(letters(32), fc.array(queue, { minLength: 1, maxLength: 50 }), (name, queues) => {
      const groups = groupForEventRules(name, normalise(name, { queues }).queues);
      assert.deepEqual(
        groups.flat(),
        queues.map((one) => one.name),
      );
      let index = 0;
      for (const group of groups) {
        // The longest that the names can become, in the longest of regions.
        const arns = group.map(() => {
          const { name: own, jobQueueName = `${name}-${own}-queue-1a2b3c4` } = queues[index++]!;
          return `arn:aws-us-gov:batch:ap-southeast-1:123456789012:job-queue/${jobQueueName}`;
        });
        const detail = { jobQueue: arns };
        const types = ["Batch Job State Change", "Batch Job Queue Blocked"];
        const pattern = JSON.stringify({ "source": ["aws.batch"], "detail-type": types, detail });
        assert.ok(pattern.length <= 2048, `${pattern.length} characters`);
      }
    }),
    { numRuns: 300 },
  );
});

interface Pattern {
  detail: { jobQueue: string[] };
}
