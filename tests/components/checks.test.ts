import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { type Preset, VideoBatchPipeline, type VideoBatchPipelineArgs } from "../../index";
import { findProblems } from "../../components/checks";
import { synthesise, type Synthesis } from "../../runner/synthesis/synthesis";
import { IMAGE } from "../support/pipeline";

/** A value of each argument that its own rules refuse. */
const AGAINST_RULES: VideoBatchPipelineArgs = {
  renditions: [{ name: "720p", height: 63 }],
  preset: "warp" as Preset,
  queues: [{ name: "high", priority: -1 }],
  parts: [],
  computeEnvironments: [{ name: "compute", minVcpus: -1 }],
  network: { vpc: { availabilityZones: 9 } },
  jobs: { features: { userId: -1 } },
  jobDefaults: { attempts: 11 },
  storage: { intermediateExpirationDays: 0 },
  trigger: { schedules: [{ name: "", expression: "rate(1 day)", input: "s3://videos/a.mp4" }] },
  notifications: { subscriptions: [{ name: "", protocol: "email", endpoint: "a@example.com" }] },
  encryption: { kmsKeyArn: "key" },
  workflow: { timeoutSeconds: 1 },
  approval: { timeoutSeconds: 1 },
  logs: { retentionDays: 8 },
  audio: { channels: 9 },
  gopSeconds: 0,
  roles: { jobRoleArn: "role" },
  tags: { "aws:team": "video" },
};

/** The other arguments that an argument's own rules can't do without. */
const NEEDED: Record<string, string[]> = {
  parts: ["queues", "computeEnvironments", "workflow"],
};

describe("the checks together", () => {
  it("accept a pipeline without arguments", () => assert.deepEqual(findProblems("videos", { image: IMAGE }), []));

  for (const name of ["", "9videos", "my_videos", "v".repeat(33)]) {
    it(`refuse ${JSON.stringify(name)} as a name`, () => {
      assert.deepEqual(findProblems(name, { image: IMAGE }), [
        {
          propertyPath: "name",
          reason: `name must be 1 to 32 letters, digits or hyphens, and begin with a letter. Received ${JSON.stringify(name)}. All resource names begin with it: choose a short one such as videos.`,
        },
      ]);
    });
  }

  it("report everything at once, before anything is registered", async () => {
    const args = { queues: [], gopSeconds: 0, image: IMAGE };
    let caught: unknown;
    const synthesis: Synthesis = await synthesise(() => {
      try {
        new VideoBatchPipeline("videos", args);
      } catch (error) {
        caught = error;
      }
    });
    assert.deepEqual(synthesis.resources, []);
    assert.ok(pulumi.InputPropertiesError.isInstance(caught));
    assert.ok(pulumi.RunError.isInstance(caught), "Pulumi would print it with its fields and its stack.");
    assert.deepEqual(caught.errors, findProblems("videos", args));
    assert.equal(
      caught.message,
      [
        'VideoBatchPipeline "videos" has 2 problems:',
        "- queues must have at least one entry. Received []. Omit it to use the queues high and low.",
        "- gopSeconds must be a whole number from 1 to 10. Received 0. 2 is usual.",
      ].join("\n"),
    );
  });

  it("let null stand for what is not given, as other languages do", async () => {
    const resources = async (args: object): Promise<Map<string, unknown>> => {
      const synthesis = await synthesise(() => void new VideoBatchPipeline("videos", { image: IMAGE, ...args }));
      // The component itself has the arguments as they were given.
      return new Map(synthesis.resources.slice(1).map(({ urn, inputs }) => [urn, inputs]));
    };
    const nothing = { renditions: null, network: null, gopSeconds: null, logs: { retentionDays: null }, tags: null };
    const jobs = { features: { environment: { A: "1", B: null }, pod: null }, package: null };
    assert.deepEqual(
      await resources({ ...nothing, jobs }),
      await resources({ jobs: { features: { environment: { A: "1" } } } }),
    );
  });

  describe("of an argument, where another one has a structure that is wrong,", () => {
    // No type has it.
    const broken = 7n;
    const pathsWith = (args: object): string[] =>
      findProblems("videos", { image: IMAGE, ...args }).map(({ propertyPath }) => propertyPath);

    for (const [name, value] of Object.entries(AGAINST_RULES)) {
      const needed = NEEDED[name] ?? [];
      const others = Object.keys(AGAINST_RULES).filter((other) => other !== name && !needed.includes(other));

      it(`report a wrong ${name} too`, () => {
        const [path, ...more] = pathsWith({ [name]: value as unknown });
        assert.ok(path?.startsWith(name));
        assert.deepEqual(more, []);
        const args = { ...Object.fromEntries(others.map((other) => [other, broken])), [name]: value as unknown };
        assert.deepEqual(pathsWith(args), [...others, path]);
      });

      for (const other of needed) {
        it(`say nothing of ${name} without ${other}`, () => {
          assert.deepEqual(pathsWith({ [name]: value as unknown, [other]: broken }), [other]);
        });
      }
    }

    it("say nothing of names that are in it", () => {
      assert.deepEqual(pathsWith({ queues: [{ nmae: "fast", priority: 1 }], parts: [{ queue: "fast" }] }), [
        "queues[0].nmae",
      ]);
      assert.deepEqual(pathsWith({ queue: [{ name: "fast", priority: 1 }], parts: [{ queue: "fast" }] }), ["queue"]);
    });
  });
});
