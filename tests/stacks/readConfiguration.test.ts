import assert from "node:assert/strict";
import path from "node:path";

import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";

import schema from "../../components/schema.json";
import { argumentsOf } from "../../components/structure/schema";
import { synthesiseProgram } from "../../runner/synthesis/evaluation";
import { loadProgram } from "../../runner/synthesis/program";
import { readConfiguration } from "../../stacks/readConfiguration";

const ROOT = path.resolve(__dirname, "../..");

/** What a program reads from these keys. */
function read(config: Record<string, string>, secretKeys: string[] = []): Record<string, unknown> {
  const before = pulumi.runtime.allConfig();
  const qualified = (key: string): string => (key.includes(":") ? key : `p:${key}`);
  const entries = Object.entries(config).map(([key, value]) => [qualified(key), value]);
  pulumi.runtime.setAllConfig(Object.fromEntries(entries) as Record<string, string>, secretKeys.map(qualified));
  try {
    return readConfiguration("p", "videos") as Record<string, unknown>;
  } finally {
    pulumi.runtime.setAllConfig(before, []);
  }
}

/** What deploying dev with other values says. */
async function deploy(config: Record<string, string>, secretKeys: string[] = []): Promise<string> {
  const program = loadProgram({ directory: ROOT, stack: "dev" });
  for (const [key, value] of Object.entries(config)) program.config[`video-batch-pipeline:${key}`] = value;
  program.secretKeys.push(...secretKeys.map((key) => `video-batch-pipeline:${key}`));
  try {
    await synthesiseProgram(program);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("readConfiguration", () => {
  it("takes every argument by its name", () => {
    const names = Object.keys(argumentsOf(schema).known);
    const args = read(Object.fromEntries(names.map((name) => [name, "{}"])));
    assert.deepEqual(Object.keys(args), names);
  });

  it("ignores the keys of other packages", () => assert.deepEqual(read({ "aws:region": "us-east-1" }), {}));

  it("converts texts to the types that the arguments have, at any depth", () => {
    assert.deepEqual(
      read({
        preset: "fast",
        chunkSeconds: "30",
        enableDash: "true",
        queues: '[{"name":"high","priority":"10"},{"name":"1","priority":1}]',
        jobs: '{"features":{"vcpus":"0.25","enableWritableRoot":"false","environment":{"A":"1"}}}',
        tags: '{"team":"7"}',
      }),
      {
        preset: "fast",
        chunkSeconds: 30,
        enableDash: true,
        queues: [
          { name: "high", priority: 10 },
          { name: "1", priority: 1 },
        ],
        jobs: { features: { vcpus: 0.25, enableWritableRoot: false, environment: { A: "1" } } },
        tags: { team: "7" },
      },
    );
  });

  it("reads JSON where a list or an object belongs, as a whole and below a path", () => {
    const queues = [{ name: "high", priority: 10 }];
    assert.deepEqual(read({ queues: JSON.stringify(queues) }), { queues });
    // What `pulumi config set --path 'queues[0]' '{…}'` stores.
    assert.deepEqual(read({ queues: JSON.stringify(['{"name":"high","priority":"10"}']) }), { queues });
    assert.deepEqual(read({ jobs: JSON.stringify({ features: '{"vcpus":2,"environment":"{\\"A\\":\\"{}\\"}"}' }) }), {
      jobs: { features: { vcpus: 2, environment: { A: "{}" } } },
    });
    assert.deepEqual(read({ renditions: JSON.stringify(['{"name":"720p","height":720}']) }), {
      renditions: [{ name: "720p", height: 720 }],
    });
  });

  it("keeps the text of a name or a choice that looks like another value", () => {
    assert.deepEqual(read({ preset: "5", tags: '{"a":"[1]"}' }), { preset: "5", tags: { a: "[1]" } });
  });

  it("refuses text in brackets that is no JSON", () => {
    const remedy = "Put names and texts in double quotes, or set each value with `pulumi config set --path`.";
    assert.throws(() => read({ queues: "[{name: high}]" }), {
      message: `p:queues must be JSON when it is set as text. Received "[{name: high}]". ${remedy}`,
    });
    assert.throws(() => read({ jobs: "{features: hidden}" }, ["jobs"]), {
      message: `p:jobs must be JSON when it is set as text. Its value is secret and not shown. ${remedy}`,
    });
  });

  it("shows how a path is set that was given as a key", () => {
    assert.throws(() => read({ "storage.protect": "true", "queues[0].name": "high" }), {
      message: [
        "p:storage.protect must not be a key, because it is a path into p:storage. Set it again with `pulumi config set --path 'storage.protect'`, and remove the key with `pulumi config rm 'storage.protect'`.",
        "p:queues[0].name must not be a key, because it is a path into p:queues. Set it again with `pulumi config set --path 'queues[0].name'`, and remove the key with `pulumi config rm 'queues[0].name'`.",
      ].join("\n"),
    });
  });

  it("leaves texts that stand for no exact number or boolean to the component, which refuses them", async () => {
    for (const text of ["007", "1e3", "0x10", " 1", "", "12345678901234567890", "NaN", "Infinity", "1.0"]) {
      assert.deepEqual(read({ chunkSeconds: JSON.stringify(text) }), { chunkSeconds: text });
    }
    assert.deepEqual(read({ enableDash: "yes" }), { enableDash: "yes" });
    assert.equal(
      await deploy({ enableDash: "yes", chunkSeconds: "a minute" }),
      [
        'video-batch-pipeline:enableDash must be true or false. Received "yes". Write true or false, without quotes.',
        'video-batch-pipeline:chunkSeconds must be a number. Received "a minute". Write it without quotes.',
      ].join("\n"),
    );
  });

  it("converts exactly the texts that JSON prints for numbers", () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (value) => {
        const text = JSON.stringify(value);
        const [expected] = Object.is(value, -0) ? [0] : [value];
        assert.deepEqual(read({ chunkSeconds: JSON.stringify(text) }), { chunkSeconds: expected });
      }),
    );
  });

  it("refuses keys that are no arguments", () => {
    assert.throws(() => read({ rendition: "[]", maximum: "1" }), {
      message: [
        "p:rendition must not be configured: there is no argument of this name. Did you mean p:renditions?",
        "p:maximum must not be configured: there is no argument of this name. docs/configuration.md lists all keys.",
      ].join("\n"),
    });
  });

  it("shows how former keys are written now", () => {
    const cases: [key: string, value: string, sentence: string][] = [
      [
        "maxVcpus",
        "8",
        'p:maxVcpus has moved into p:computeEnvironments. Write p:computeEnvironments: [{"name":"compute","maxVcpus":8}].',
      ],
      [
        "spot",
        "true",
        'p:spot has moved into p:computeEnvironments. Write p:computeEnvironments: [{"name":"compute","type":"SPOT","onDemandFallback":true}].',
      ],
      [
        "partSeconds",
        "[10,120]",
        'p:partSeconds has moved into p:parts. Write p:parts: [{"queue":"high","seconds":10},{"queue":"normal","seconds":120},{"queue":"low"}].',
      ],
      ["ownVpc", "true", 'p:ownVpc has moved into p:network. Write p:network: {"vpc":{}}.'],
      ["bucket", "archive", 'p:bucket has moved into p:storage. Write p:storage: {"bucket":"archive"}.'],
      [
        "triggerPrefixes",
        '["in/"]',
        'p:triggerPrefixes has moved into p:trigger. Write p:trigger: {"uploads":{"prefixes":["in/"]}}.',
      ],
      [
        "shareDecoding",
        "true",
        "p:shareDecoding has moved into p:enableSharedDecoding. Write p:enableSharedDecoding: true.",
      ],
      [
        "renditions",
        '["4k","720p:av1"]',
        'The form of p:renditions has changed. Write p:renditions: [{"name":"4k","height":2160},{"name":"720p-av1","height":720,"codec":"av1"}].',
      ],
      [
        "queues",
        '["high:10","low:1"]',
        'The form of p:queues has changed. Write p:queues: [{"name":"high","priority":10},{"name":"low","priority":1}].',
      ],
      ["monitoring", "true", "The form of p:monitoring has changed. Write p:monitoring: {}."],
      ["monitoring", "false", "The form of p:monitoring has changed. Remove it to turn monitoring off."],
    ];
    for (const [key, value, sentence] of cases) assert.throws(() => read({ [key]: value }), { message: sentence });
  });

  it("shows a value of its own for a former key that is secret", () => {
    assert.throws(() => read({ bucket: "hidden" }, ["bucket"]), {
      message: 'p:bucket has moved into p:storage. Write p:storage: {"bucket":"my-bucket"}.',
    });
  });

  it("shows no value of a secret key in its former form either", () => {
    assert.throws(() => read({ renditions: '["2160p"]', queues: '["hidden:7"]' }, ["renditions", "queues"]), {
      message: [
        'The form of p:renditions has changed. Write p:renditions: [{"name":"1080p","height":1080}].',
        'The form of p:queues has changed. Write p:queues: [{"name":"high","priority":10}].',
      ].join("\n"),
    });
  });

  it("takes null below a secret key for what isn't given", () => {
    const { jobs } = read({ jobs: '{"features":{"roleArn":null},"metadata":{"roleArn":"arn"}}' }, ["jobs"]) as {
      jobs: { features: object };
    };
    assert.deepEqual(jobs.features, { roleArn: null });
  });

  it("refuses keys and values at once, and reports nothing that follows from them", () => {
    const config = {
      maxVcpus: "8",
      rendition: "[]",
      queues: '["fast:1"]',
      parts: '[{"queue":"fast"}]',
      preset: "warp",
      chunkSeconds: "a minute",
    };
    assert.throws(() => read(config), {
      message: [
        'p:maxVcpus has moved into p:computeEnvironments. Write p:computeEnvironments: [{"name":"compute","maxVcpus":8}].',
        "p:rendition must not be configured: there is no argument of this name. Did you mean p:renditions?",
        'The form of p:queues has changed. Write p:queues: [{"name":"fast","priority":1}].',
        'p:chunkSeconds must be a number. Received "a minute". Write it without quotes.',
        'p:preset must be one of ultrafast, superfast, veryfast, faster, fast, medium, slow, slower, veryslow. Received "warp". Omit it to use fast.',
      ].join("\n"),
    });
  });

  it("makes everything below a secret key secret that can be", async () => {
    const { jobs } = read({ jobs: '{"features":{"vcpus":2,"roleArn":"arn"}}' }, ["jobs"]) as {
      jobs: { features: { vcpus: number; roleArn: pulumi.Output<string> } };
    };
    assert.equal(jobs.features.vcpus, 2);
    assert.ok(pulumi.Output.isInstance(jobs.features.roleArn));
    assert.equal(await pulumi.isSecret(jobs.features.roleArn), true);
  });

  it("refuses a secret key in which nothing can be secret", () => {
    assert.throws(() => read({ queues: '[{"name":"hidden","priority":1}]' }, ["queues"]), {
      message:
        "p:queues must not be secret: it decides which resources exist, so it can't be hidden. Set its secret values again with `pulumi config set --path … --plaintext`.",
    });
  });

  it("names the key of a single value that can't be secret", () => {
    assert.throws(() => read({ preset: "fast" }, ["preset"]), {
      message:
        "p:preset must not be secret: it decides which resources exist, so it can't be hidden. Set it again with `pulumi config set preset --plaintext`.",
    });
  });

  it("prints no value below a secret key", async () => {
    const message = await deploy({ jobs: '{"features":{"vcpus":77.5,"roleArn":"arn:hidden"}}' }, ["jobs"]);
    assert.match(message, /^video-batch-pipeline:jobs\.features\.vcpus must .*\. Its value is secret and not shown\.$/);
    assert.doesNotMatch(message, /77|hidden/);
  });

  it("reports what the component refuses by the path of the key, all at once", async () => {
    assert.equal(
      await deploy({
        preset: "warp",
        computeEnvironments: '[{"name":"compute","maxVcpus":0}]',
        jobDefaults: '{"attempts":11}',
      }),
      [
        'video-batch-pipeline:preset must be one of ultrafast, superfast, veryfast, faster, fast, medium, slow, slower, veryslow. Received "warp". Omit it to use fast.',
        "video-batch-pipeline:computeEnvironments[0].maxVcpus must be a whole number from 1 to 100,000. Received 0. More vCPUs run more jobs at once.",
        "video-batch-pipeline:jobDefaults.attempts must be a whole number from 1 to 10. Received 11. The default is 3.",
      ].join("\n"),
    );
  });
});
