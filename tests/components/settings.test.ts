import { strict as assert } from "node:assert";

import fc from "fast-check";

import { findParameters, listJobs } from "../../components/jobs/defaults";
import { normalise } from "../../components/settings";
import { findProblems } from "../../components/checks";
import { Architecture, type VideoBatchPipelineArgs } from "../../index";
import { IMAGE } from "../support/pipeline";

describe("normalise", () => {
  it("asks for DASH only when it is wanted", () => {
    assert.equal(normalise("videos", { enableDash: true }).ladder.dash, true);
    assert.ok(!("dash" in normalise("videos", { enableDash: false }).ladder));
  });

  it("passes the longest video that is accepted on to the worker, unless it is a day", () => {
    assert.equal(normalise("videos", { maxDurationSeconds: 7200 }).ladder.maxDurationSeconds, 7200);
    assert.ok(!("maxDurationSeconds" in normalise("videos", { maxDurationSeconds: 86_400 }).ladder));
  });

  it("keeps the share that may be damaged out of the plan, so that another one encodes nothing again", () => {
    const strict = normalise("videos", { maxDamagedShare: 0 });
    assert.equal(strict.stateMachine.workflow.maxDamagedShare, 0);
    assert.equal(normalise("videos", {}).stateMachine.workflow.maxDamagedShare, 0.02);
    assert.deepEqual(strict.ladder, normalise("videos", {}).ladder);
  });

  it("passes the metadata job the names of the jobs that have another ffmpeg, or no worker", () => {
    const ladderOf = (jobs: VideoBatchPipelineArgs["jobs"]) => normalise("videos", { jobs }).ladder.otherImages;
    assert.equal(ladderOf({}), undefined);
    const image = "example.com/worker:1";
    assert.deepEqual(ladderOf({ transcode: { image } }), ["transcode"]);
    assert.deepEqual(ladderOf({ metadata: { image } }), ["features", "transcode"]);
    assert.equal(ladderOf({ metadata: { image }, features: { image }, transcode: { image } }), undefined);
    assert.deepEqual(ladderOf({ features: { image, command: ["faces"] } }), ["features"]);
    assert.deepEqual(ladderOf({ transcode: { environment: { FFMPEG_PATH: "/opt/ffmpeg" } } }), ["transcode"]);
  });

  it("passes the metadata job the parts that run on another architecture than itself", () => {
    const onQueues = (first: string, ...others: string[]) =>
      normalise("videos", {
        computeEnvironments: [{ name: "x86" }, { name: "graviton", architecture: Architecture.arm64 }],
        queues: [first, "x86", "graviton"].map((environment, index) => ({
          ...{ name: index === 0 ? "first" : environment, priority: 10 - index, environments: [environment] },
        })),
        parts: others.map((queue, index) => (index === others.length - 1 ? { queue } : { queue, seconds: 10 })),
      }).ladder.otherArchitectures;
    assert.equal(onQueues("x86", "x86", "first"), undefined);
    assert.deepEqual(onQueues("x86", "graviton", "x86", "graviton"), [1, 3]);
    assert.deepEqual(onQueues("graviton", "graviton", "x86"), [2]);
    assert.equal(normalise("videos", {}).ladder.otherArchitectures, undefined);
  });

  it("shares decoding only when it is wanted, with memory for all that a job may encode", () => {
    const { ladder, renditions } = normalise("videos", { enableSharedDecoding: true });
    assert.equal(ladder.shareDecoding, true);
    assert.deepEqual(
      renditions.map(({ resources }) => resources?.memoryMiB),
      [4096, 2048 + 1024 + 1024, 1024 + 1024, 1024],
    );
    const apart = normalise("videos", { enableSharedDecoding: false });
    assert.ok(!("shareDecoding" in apart.ladder));
    assert.deepEqual(
      apart.renditions.map(({ resources }) => resources?.memoryMiB),
      [4096, 2048, 1024, 1024],
    );
  });

  it("fills in the ladder that the worker gets", () => {
    assert.deepEqual(JSON.parse(JSON.stringify(normalise("videos", {}).ladder)), {
      renditions: [
        { name: "4k", height: 2160, preset: "fast", crf: 22, maxBitrateKbps: 16000 },
        { name: "1080p", height: 1080, preset: "fast", crf: 22, maxBitrateKbps: 6000 },
        { name: "720p", height: 720, preset: "fast", crf: 22, maxBitrateKbps: 3500 },
        { name: "480p", height: 480, preset: "fast", crf: 23, maxBitrateKbps: 1800 },
      ],
      parts: [{ seconds: 10 }, {}],
      audio: { bitrateKbps: 128, channels: 2, maxTracks: 8 },
      chunkSeconds: 60,
      segmentSeconds: 6,
      gopSeconds: 2,
    });
  });

  it("gives the pipeline's preset to renditions that name none", () => {
    const named = { name: "a", height: 720, preset: "slow" } as const;
    const { ladder } = normalise("videos", { preset: "medium", renditions: [named, { name: "b", height: 480 }] });
    assert.deepEqual(
      ladder.renditions.map(({ preset }) => preset),
      ["slow", "medium"],
    );
  });

  it("gives attempts and timeout of the pipeline to jobs that name none", () => {
    const { kinds } = normalise("videos", {
      jobDefaults: { attempts: 5, attemptTimeoutSeconds: 7200 },
      jobs: { features: { attempts: 1 }, transcode: { attemptTimeoutSeconds: 600 } },
    }).jobs;
    assert.deepEqual(
      listJobs(kinds).map(([key, { attempts, attemptTimeoutSeconds }]) => [key, attempts, attemptTimeoutSeconds]),
      [
        ["metadata", 5, 7200],
        ["features", 1, 7200],
        ["transcode", 5, 600],
        ["package", 5, 7200],
      ],
    );
  });

  it("takes a bitrate instead of a quality", () => {
    const { ladder } = normalise("videos", { renditions: [{ name: "a", height: 720, bitrateKbps: 3000 }] });
    assert.deepEqual(JSON.parse(JSON.stringify(ladder.renditions)), [
      { name: "a", height: 720, preset: "fast", bitrateKbps: 3000 },
    ]);
  });

  it("takes less bitrate and other numbers for other codecs, and more time", () => {
    const codecs = ["hevc", "av1", "vp9"] as const;
    const { ladder, renditions } = normalise("videos", {
      renditions: [
        ...codecs.map((codec) => ({ name: codec, height: 1080, codec })),
        { name: "gpu", height: 720, codec: "av1", encoder: "nvenc", bitDepth: 8 },
        { name: "kept", height: 480, codec: "hevc", encoder: "software", dynamicRange: "source" },
        { name: "mapped", height: 480, codec: "hevc", dynamicRange: "sdr", crf: 21, maxBitrateKbps: 999 },
        { name: "plain", height: 480, codec: "h264", dynamicRange: "sdr" },
      ],
    });
    assert.deepEqual(JSON.parse(JSON.stringify(ladder.renditions)), [
      { name: "hevc", height: 1080, codec: "hevc", preset: "fast", crf: 24, maxBitrateKbps: 4200 },
      { name: "av1", height: 1080, codec: "av1", preset: "fast", crf: 32, maxBitrateKbps: 3600 },
      { name: "vp9", height: 1080, codec: "vp9", preset: "fast", crf: 32, maxBitrateKbps: 4200 },
      {
        ...{ name: "gpu", height: 720, codec: "av1", encoder: "nvenc", bitDepth: 8 },
        ...{ preset: "fast", crf: 32, maxBitrateKbps: 2100 },
      },
      { name: "kept", height: 480, codec: "hevc", preset: "fast", crf: 25, maxBitrateKbps: 1260 },
      { name: "mapped", height: 480, codec: "hevc", preset: "fast", crf: 21, maxBitrateKbps: 999, dynamicRange: "sdr" },
      { name: "plain", height: 480, preset: "fast", crf: 23, maxBitrateKbps: 1800, dynamicRange: "sdr" },
    ]);
    assert.deepEqual(
      renditions.map(({ attemptTimeoutSeconds }) => attemptTimeoutSeconds),
      [7200, 7200, 14_400, 7200, 7200, 7200, 3600],
    );
  });

  const memory: [number, number][] = [
    [4320, 12288],
    [2160, 4096],
    [2158, 4096],
    [1440, 3072],
    [1080, 2048],
    [722, 2048],
    [720, 1024],
    [480, 1024],
    [64, 1024],
  ];
  for (const [height, memoryMiB] of memory) {
    it(`gives an encode of ${height} pixels ${memoryMiB} MiB`, () => {
      const [rendition] = normalise("videos", { renditions: [{ name: "a", height }] }).renditions;
      assert.deepEqual(rendition?.resources, { vcpus: 2, memoryMiB });
    });
  }

  it("takes resources from the rendition before the job before the table", () => {
    const { renditions } = normalise("videos", {
      renditions: [
        { name: "a", height: 1080, vcpus: 3 },
        { name: "b", height: 1080, memoryMiB: 999 },
      ],
      jobs: { transcode: { vcpus: 4, memoryMiB: 777 } },
    });
    assert.deepEqual(
      renditions.map(({ resources }) => resources),
      [
        { vcpus: 3, memoryMiB: 777 },
        { vcpus: 4, memoryMiB: 999 },
      ],
    );
  });

  it("uses the first and the last queue by default", () => {
    const queues = ["x", "y", "z"].map((name) => ({ name, priority: 1 }));
    assert.deepEqual(normalise("videos", { queues }).stateMachine.workflow.parts, [
      { queue: "x", seconds: 10 },
      { queue: "z" },
    ]);
    assert.deepEqual(normalise("videos", { queues: queues.slice(0, 1) }).stateMachine.workflow.parts, [
      { queue: "x", seconds: 10 },
      { queue: "x" },
    ]);
  });

  it("starts with vCPUs that are within the limits", () => {
    const desired = (minVcpus: number, maxVcpus: number): number | undefined =>
      normalise("videos", { computeEnvironments: [{ name: "a", minVcpus, maxVcpus }] }).compute.environments[0]
        ?.desiredVcpus;
    assert.deepEqual([desired(0, 4), desired(0, 1), desired(8, 16)], [2, 1, 8]);
  });

  it("needs storage only when a job does", () => {
    const own = { image: "alpine", command: ["true"] };
    const jobs = { metadata: own, features: own, transcode: own };
    assert.equal(normalise("videos", { jobs }).storage, undefined);
    assert.notEqual(normalise("videos", { jobs, storage: {} }).storage, undefined);
    const writes = { ...own, command: ["encode", "Ref::output"] };
    assert.notEqual(normalise("videos", { jobs: { ...jobs, transcode: writes } }).storage, undefined);
    assert.notEqual(normalise("videos", {}).storage, undefined);
  });

  it("finds the parameters of a command", () => {
    assert.deepEqual(findParameters(["a", "Ref::input", "--x=Ref::output", "Ref::input", "Ref:", "ref::part"]), [
      "input",
      "output",
    ]);
    assert.deepEqual(findParameters(["Ref::"]), [""]);
  });

  it("never fails, whatever the arguments, and neither does the validation", () => {
    const number = fc.oneof(fc.integer({ min: -5, max: 5000 }), fc.constant(NaN), fc.double());
    const text = fc.string({ maxLength: 8 });
    const rendition = fc.record(
      {
        name: text,
        height: number,
        preset: text,
        crf: number,
        maxBitrateKbps: number,
        bitrateKbps: number,
        vcpus: number,
      },
      { requiredKeys: ["name", "height"] },
    );
    const queue = fc.record({ name: text, priority: number }, { requiredKeys: ["name", "priority"] });
    const part = fc.record({ queue: text, seconds: number }, { requiredKeys: ["queue"] });
    const job = fc.record(
      { vcpus: number, attempts: number, command: fc.array(text, { maxLength: 3 }) },
      { requiredKeys: [] },
    );
    const args = fc.record(
      {
        renditions: fc.array(rendition, { maxLength: 4 }),
        queues: fc.array(queue, { maxLength: 3 }),
        parts: fc.array(part, { maxLength: 3 }),
        jobs: fc.record({ metadata: job, features: job, transcode: job, package: job }, { requiredKeys: [] }),
        computeEnvironments: fc.array(
          fc.record(
            { name: text, minVcpus: number, desiredVcpus: number, maxVcpus: number },
            { requiredKeys: ["name"] },
          ),
          { maxLength: 2 },
        ),
        workflow: fc.record({ timeoutSeconds: number, queueWaitSeconds: number }, { requiredKeys: [] }),
        gopSeconds: number,
        segmentSeconds: number,
        chunkSeconds: number,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(text, args, (name, given) => {
        for (const { propertyPath, reason } of findProblems(name, { ...given, image: IMAGE })) {
          assert.ok(reason.startsWith(`${propertyPath} must `), reason);
          assert.match(reason, /\. Received .*\. \S.*\.$/s);
        }
      }),
      { numRuns: 300 },
    );
  });
});
