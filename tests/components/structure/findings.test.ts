import { strict as assert } from "node:assert";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { findProblems } from "../../../components/checks";
import { synthesise } from "../../../runner/synthesis/synthesis";
import { IMAGE } from "../../support/pipeline";
import { type Refusal, refuses } from "../refusals";

const rendition = { name: "720p", height: 720 };
const fast = pulumi.output("fast");

const NAMES: Refusal[] = [
  [
    { rendition: [rendition] },
    ["rendition must not be given: there is no argument of this name. Received a list. Did you mean renditions?"],
  ],
  [
    { renditions: [{ ...rendition, crff: 20 }] },
    ["renditions[0].crff must not be given: there is no argument of this name. Received a number. Did you mean crf?"],
  ],
  [
    { renditions: [{ name: "720p", hieght: 720 }] },
    [
      "renditions[0].hieght must not be given: there is no argument of this name. Received a number. Did you mean height?",
    ],
  ],
  [
    { monitoring: { dashboard: true, charts: true } },
    [
      "monitoring.dashboard must not be given: there is no argument of this name. Received a boolean. Did you mean enableDashboard?",
      "monitoring.charts must not be given: there is no argument of this name. Received a boolean. There are enableDashboard, enableAlarms and enableTracing.",
    ],
  ],
  [
    { logs: { "retention days": 30 } },
    [
      'logs["retention days"] must not be given: there is no argument of this name. Received a number. Did you mean retentionDays?',
    ],
  ],
  [{ rendition: undefined, queue: null, renditions: null, tags: { a: null } }, []],
];

const TYPES: Refusal[] = [
  [
    { renditions: {} },
    ["renditions must be a list. Received an object. Put the entries in square brackets, even a single one."],
  ],
  [
    { trigger: { uploads: { suffixes: ".mp4" } } },
    [
      'trigger.uploads.suffixes must be a list. Received ".mp4". Put the entries in square brackets, even a single one.',
    ],
  ],
  [
    { monitoring: true },
    [
      "monitoring must be an object. Received true. Its members are enableDashboard, enableAlarms and enableTracing, and {} uses the default of each.",
    ],
  ],
  [
    { queues: ["high"] },
    [
      'queues[0] must be an object. Received "high". Its members are name, priority, environments, enabled, capacityWaitSeconds, misfitWaitSeconds, enableWaitLimits, fairShare and jobQueueName.',
    ],
  ],
  [{ tags: ["video"] }, ["tags must be an object. Received a list. Put names and their values in braces."]],
  [{ tags: new Map() }, ["tags must be an object. Received a Map. Put names and their values in braces."]],
  [{ enableDash: "yes" }, ['enableDash must be true or false. Received "yes". Write true or false, without quotes.']],
  [
    { workflow: { continueOnRenditionFailure: "false" } },
    [
      'workflow.continueOnRenditionFailure must be true or false. Received "false". Write true or false, without quotes.',
    ],
  ],
  [{ gopSeconds: "2" }, ['gopSeconds must be a number. Received "2". Write it without quotes.']],
  [{ gopSeconds: [2] }, ["gopSeconds must be a number. Received a list. Write a single value."]],
  [{ gopSeconds: NaN }, ["gopSeconds must be a number. Received NaN. Correct the calculation of the value."]],
  [
    { renditions: [{ ...rendition, height: Infinity }] },
    ["renditions[0].height must be a number. Received Infinity. Correct the calculation of the value."],
  ],
  [{ preset: 1 }, ["preset must be a string. Received 1. Put it in quotes."]],
  [{ preset: ["fast"] }, ["preset must be a string. Received a list. Write a single value."]],
  [{ preset: () => "fast" }, ["preset must be a string. Received a function. Write a single value."]],
];

const MISSING: Refusal[] = [
  [
    { renditions: [undefined] },
    ["renditions[0] must be an object. Received nothing. A list can't have gaps: remove the entry."],
  ],
  [
    { storage: { inputBuckets: ["masters", null] } },
    ["storage.inputBuckets[1] must be a string. Received null. A list can't have gaps: remove the entry."],
  ],
  [
    { renditions: [{ name: "720p" }] },
    [
      "renditions[0].height must be given. Received nothing. Pixels of the shorter side as displayed, an even number from 64 to 4,320.",
    ],
  ],
  [
    { parts: [{ queue: null }] },
    ["parts[0].queue must be given. Received null. Name of one of the pipeline's queues."],
  ],
];

const UNKNOWN: Refusal[] = [
  ...[fast, pulumi.secret(["fast"]), Promise.resolve("fast")].flatMap((value): Refusal[] =>
    ["queues", "preset", "enableDash", "monitoring"].map((name) => [
      { [name]: value },
      [
        `${name} must be known before deployment, because it decides which resources exist. Received ${value instanceof Promise ? "a promise" : "an Output"}. Give a plain value, neither a secret nor another resource's output.`,
      ],
    ]),
  ),
  [{ storage: { bucket: fast, inputBuckets: [Promise.resolve("masters"), fast] }, tags: fast }, []],
  [{ tags: { then: "a tag", apply: "another" } }, []],
];

/** Words that no message may have. */
const SECRET = "hunter2";

const CONFIDENTIAL: Refusal[] = [
  [
    { jobs: { features: { environment: { TOKEN: [SECRET] }, secrets: SECRET } } },
    [
      "jobs.features.environment.TOKEN must be a string. Received a list. Write a single value.",
      "jobs.features.secrets must be an object. Received a string. Put names and their values in braces.",
    ],
  ],
  [
    { jobs: { features: { environment: { "my token": 123456 } } } },
    ['jobs.features.environment["my token"] must be a string. Received a number. Put it in quotes.'],
  ],
  [
    { jobs: { features: { enviroment: { TOKEN: SECRET } } } },
    [
      "jobs.features.enviroment must not be given: there is no argument of this name. Received an object. Did you mean environment?",
    ],
  ],
  [
    { computeEnvironments: [{ name: "a", type: "FARGATE", userData: SECRET }] },
    [
      "computeEnvironments[0].userData must not be given with Fargate, which has no instances. Received a string. Remove it, or choose the type EC2 or SPOT.",
    ],
  ],
  [
    { notifications: { topicKeyArn: fast } },
    [
      "notifications.topicKeyArn must not be given without notifications.topicArn. Received an Output. Remove it: a topic that the pipeline creates uses the key of encryption.",
    ],
  ],
];

describe("the structure of arguments, in words", () => {
  describe("names", () => refuses(NAMES));
  describe("types", () => refuses(TYPES));
  describe("what is missing", () => refuses(MISSING));
  describe("what is not known yet", () => refuses(UNKNOWN));
  describe("what nobody may read", () => refuses(CONFIDENTIAL));

  it("says nothing of secrets", () => {
    for (const [, reasons] of CONFIDENTIAL) assert.ok(!reasons.join().includes(SECRET));
  });

  it("takes arguments of a class, whose own names alone can be wrong", () => {
    class Team {
      image = IMAGE;
      get gopSeconds(): string {
        return "2";
      }
      rendition(): void {}
    }
    assert.deepEqual(
      findProblems("videos", new Team()).map(({ reason }) => reason),
      ['gopSeconds must be a number. Received "2". Write it without quotes.'],
    );
  });

  it("says nothing of what is in an object, which may be in itself", () => {
    const cycle: { name: string; height?: unknown } = { name: "720p" };
    cycle.height = cycle;
    assert.deepEqual(findProblems("videos", { image: IMAGE, renditions: [cycle] }), [
      {
        propertyPath: "renditions[0].height",
        reason: "renditions[0].height must be a number. Received an object. Write a single value.",
      },
    ]);
  });

  it("takes an object for the whole", () => {
    const reasons = (args: unknown): string[] => findProblems("videos", args).map(({ reason }) => reason);
    for (const [args, kind] of [
      [null, "null"],
      [[rendition], "a list"],
      ["720p", '"720p"'],
    ] as const) {
      const [reason, ...others] = reasons(args);
      assert.deepEqual(others, []);
      assert.ok(reason?.startsWith(`args must be an object. Received ${kind}. Its members are renditions, preset,`));
    }
    assert.deepEqual(reasons(pulumi.output({})), [
      "args must be known before deployment, because it decides which resources exist. Received an Output. Give a plain value, neither a secret nor another resource's output.",
    ]);
  });

  it("says what to take of a resource", async () => {
    let reasons: string[] = [];
    await synthesise(() => {
      const bucket = new aws.s3.Bucket("masters");
      const args = { storage: { bucket, outputPrefix: bucket }, network: bucket, tags: bucket };
      reasons = findProblems("videos", { image: IMAGE, ...args }).map(({ reason }) => reason);
    });
    assert.deepEqual(reasons, [
      "storage.bucket must be a string. Received a resource. Use its `.id`, `.arn` or `.bucket`.",
      "storage.outputPrefix must be a string. Received a resource. Give a plain value: outputs aren't known before deployment.",
      "network must be an object. Received a resource. Give a plain value: outputs aren't known before deployment.",
      "tags must be an object. Received a resource. Use one of its outputs.",
    ]);
  });
});
