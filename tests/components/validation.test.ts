import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { VideoBatchPipeline, type VideoBatchPipelineArgs } from "../../index";
import { problemsOf } from "../../components/checks";
import { synthesise, type Synthesis } from "../../runner/synthesis/synthesis";
import { IMAGE } from "../support/pipeline";

const own = { image: "alpine", command: ["true"] };
const rendition = { name: "a", height: 720 };
const high = { name: "high", priority: 1 };

/** Arguments, and exactly what is wrong with them. */
const CASES: [VideoBatchPipelineArgs, string[]][] = [
  [{ storage: { retainOnDelete: true, enableVersioning: true, versionExpirationDays: 3650 } }, []],
  [
    { storage: { retainOnDelete: true, forceDestroy: true, versionExpirationDays: 0 } },
    [
      "storage.versionExpirationDays must be a whole number from 1 to 3,650. Received 0. It is the time to notice that something was overwritten or deleted; 30 is the default.",
      "storage.versionExpirationDays must not be given without storage.enableVersioning. Received 0. Without versions there is nothing that expires.",
      "storage.forceDestroy must not be true together with storage.retainOnDelete. Received true. Keep the bucket, or let it be deleted with all that is in it.",
    ],
  ],
  [
    { storage: { bucket: "ours", retainOnDelete: true, enableVersioning: true } },
    [
      "storage.retainOnDelete must not be given together with storage.bucket. Received true. An existing bucket is left as it is: set it where that bucket is made.",
      "storage.enableVersioning must not be given together with storage.bucket. Received true. An existing bucket is left as it is: set it where that bucket is made.",
    ],
  ],
  [{}, []],
  [
    { renditions: [] },
    ["renditions must have at least one entry. Received []. Leave it out for 4k, 1080p, 720p and 480p."],
  ],
  [
    { renditions: [{ name: "7 20p", height: 720 }] },
    [
      'renditions[0].name must be 1 to 60 letters, digits, hyphens or underscores, beginning with a letter or digit. Received "7 20p". Choose a name like 1080p or my-queue.',
    ],
  ],
  [
    { renditions: [{ name: "Audio", height: 720 }] },
    [
      'renditions[0].name must not be audio, alone or with a number. Received "Audio". The sound has such names: choose another.',
    ],
  ],
  [
    { renditions: [{ name: "hd", height: 720 }, rendition, { name: "HD", height: 1080 }] },
    [
      'renditions[2].name must differ from renditions[0].name by more than case. Received "HD". Rename or remove one of them.',
    ],
  ],
  ...[62, 721, 4322, 720.5, NaN].map((height): [VideoBatchPipelineArgs, string[]] => [
    { renditions: [{ name: "a", height }] },
    [
      `renditions[0].height must be an even number of pixels from 64 to 4,320. Received ${height}. Video with 4:2:0 colour has no odd sizes: take for example 720.`,
    ],
  ]),
  [
    { renditions: [{ ...rendition, preset: "warp" }] },
    [
      'renditions[0].preset must be one of ultrafast, superfast, veryfast, faster, fast, medium, slow, slower, veryslow. Received "warp". Leave it out for fast.',
    ],
  ],
  [
    { renditions: [{ ...rendition, crf: 52, maxBitrateKbps: 1 }] },
    [
      "renditions[0].crf must be a number from 0 to 51. Received 52. Lower is better and larger; 18 to 28 is usual.",
      "renditions[0].maxBitrateKbps must be a whole number from 50 to 200,000. Received 1. The unit is kbit/s: 6000 is usual for 1080 pixels of height.",
    ],
  ],
  [
    { renditions: [{ ...rendition, codec: "h265", bitDepth: 12, dynamicRange: "hdr", encoder: "gpu" }] },
    [
      'renditions[0].codec must be one of h264, hevc, av1, vp9. Received "h265". Leave it out for h264.',
      'renditions[0].encoder must be one of software, nvenc. Received "gpu". Leave it out for software.',
      "renditions[0].bitDepth must be 8 or 10. Received 12. Leave it out for what suits codec and source.",
      'renditions[0].dynamicRange must be one of sdr, source. Received "hdr". Leave it out for what suits the codec.',
    ],
  ],
  [
    { renditions: [{ ...rendition, bitDepth: 10, dynamicRange: "source" }] },
    [
      "renditions[0].bitDepth must be 8 for h264. Received 10. Hardly any player decodes more: take hevc, av1 or vp9.",
      'renditions[0].dynamicRange must be sdr with 8 bits. Received "source". HDR takes 10: hevc, av1 or vp9.',
    ],
  ],
  [
    { renditions: [{ ...rendition, codec: "av1", bitDepth: 8, dynamicRange: "source", crf: 0 }] },
    [
      'renditions[0].dynamicRange must be sdr with 8 bits. Received "source". HDR takes 10: hevc, av1 or vp9.',
      "renditions[0].crf must be a number from 1 to 63. Received 0. Lower is better and larger; 25 to 45 is usual.",
    ],
  ],
  [
    { renditions: [{ ...rendition, codec: "vp9", crf: 64 }] },
    ["renditions[0].crf must be a number from 0 to 63. Received 64. Lower is better and larger; 25 to 40 is usual."],
  ],
  [
    { renditions: [{ ...rendition, crf: 20, bitrateKbps: 3000 }] },
    [
      "renditions[0].bitrateKbps must not be given together with crf. Received 3000. Keep crf and maxBitrateKbps for a constant quality, or bitrateKbps for a constant size.",
    ],
  ],
  [
    { renditions: [{ ...rendition, maxBitrateKbps: 4000, bitrateKbps: 3000 }] },
    [
      "renditions[0].bitrateKbps must not be given together with maxBitrateKbps. Received 3000. Keep crf and maxBitrateKbps for a constant quality, or bitrateKbps for a constant size.",
    ],
  ],
  [
    {
      renditions: [
        { ...rendition, vcpus: 8, memoryMiB: 1000 },
        { name: "b", height: 720, memoryMiB: 100 },
      ],
    },
    [
      "renditions[1].memoryMiB must be a whole number from 128 to 1,048,576. Received 100. The unit is MiB: 2048 is usual for 1080 pixels of height.",
      "renditions[0].vcpus must not be above 4, the most vCPUs of an environment of queue high. Received 8. The job would wait for ever: lower it, or raise maxVcpus of the environment.",
    ],
  ],
  [{ queues: [] }, ["queues must have at least one entry. Received []. Leave it out for the queues high and low."]],
  [
    { queues: [high, { name: "low", priority: -3 }] },
    [
      "queues[1].priority must be a whole number from 0 to 1,000. Received -3. A queue with a higher number is served first.",
    ],
  ],
  [
    { queues: [{ name: "high" } as typeof high] },
    ["queues[0].priority must be given. Received nothing. A queue with a higher number is served first."],
  ],
  [
    { queues: [high, { ...high, name: "High", jobQueueName: "has space" }] },
    [
      'queues[1].jobQueueName must be 1 to 128 letters, digits, hyphens or underscores, beginning with a letter or digit. Received "has space". Choose a name like 1080p or my-queue.',
      'queues[1].name must differ from queues[0].name by more than case. Received "High". Rename or remove one of them.',
    ],
  ],
  [
    { queues: Array.from({ length: 51 }, (_, index) => ({ name: `q${index}`, priority: 1 })) },
    ["queues must have at most 50 entries, which is what Batch allows. Received 51. Let several parts share a queue."],
  ],
  [
    { parts: [] },
    ["parts must have at least one entry. Received []. Leave it out for an opening of 10 seconds and the rest."],
  ],
  [
    { parts: [{ queue: "fast" }] },
    ['parts[0].queue must be the name of a queue: high, low. Received "fast". Correct it, or add the queue to queues.'],
  ],
  [
    { parts: [{ queue: "high" }, { queue: "low", seconds: 0 }] },
    [
      "parts[0].seconds must be given on every part but the last. Received nothing. Say how long the part is.",
      "parts[1].seconds must not be given on the last part, which takes what is left. Received 0. Remove it, or add a part for the rest.",
      "parts[1].seconds must be a whole number from 1 to 86,400. Received 0. An opening of 10 is usual.",
    ],
  ],
  [
    { computeEnvironments: [{ name: "compute", minVcpus: 8 }] },
    [
      "computeEnvironments[0].minVcpus must not be above computeEnvironments[0].maxVcpus, which is 4. Received 8. Lower it, or raise computeEnvironments[0].maxVcpus.",
    ],
  ],
  [
    { computeEnvironments: [{ name: "compute", desiredVcpus: 6 }] },
    [
      "computeEnvironments[0].desiredVcpus must be from computeEnvironments[0].minVcpus to computeEnvironments[0].maxVcpus, which are 0 and 4. Received 6. Leave it out: Batch moves it as it needs.",
    ],
  ],
  [
    { computeEnvironments: [{ name: "compute", maxVcpus: 0 }] },
    [
      "computeEnvironments[0].maxVcpus must be a whole number from 1 to 100,000. Received 0. The more, the more jobs run side by side.",
    ],
  ],
  [
    { network: { subnetIds: ["subnet-1"] } },
    [
      "network.securityGroupIds must be given together with network.subnetIds. Received nothing. Name a security group of the same VPC that lets HTTPS out.",
    ],
  ],
  [
    { computeEnvironments: [{ name: "compute", instanceTypes: [] }], network: { securityGroupIds: ["sg-1"] } },
    [
      "computeEnvironments[0].instanceTypes must have at least one entry. Received []. Leave it out for optimal.",
      "network.subnetIds must be given together with network.securityGroupIds. Received nothing. Name subnets of the security groups' VPC, or leave both out for the default VPC.",
    ],
  ],
  [
    { jobs: { metadata: { ...own, image: undefined }, features: own, transcode: own } },
    [
      "jobs.metadata.image must be given together with jobs.metadata.command. Received nothing. Name the image that has the command.",
    ],
  ],
  [
    { jobs: { metadata: { ...own, command: ["x", "Ref::rendition"] }, features: own, transcode: own } },
    [
      'jobs.metadata.command must refer only to Ref::input, Ref::output. Received "Ref::rendition". Nothing else is known when the job is submitted.',
    ],
  ],
  [
    { jobs: { transcode: { ...own, command: [] } } },
    ["jobs.transcode.command must have at least one word. Received []. Leave it out for the worker's command."],
  ],
  [
    { jobs: { metadata: own } },
    ["features", "transcode"].map(
      (key) =>
        `jobs.${key}.command must be given when jobs.metadata.command is: the worker follows a plan that only its own metadata job makes. Received nothing. Give it a command of its own too, or leave the worker's metadata job in place.`,
    ),
  ],
  [
    { jobs: { transcode: own, package: { attempts: 2 } } },
    [
      "jobs.package.command must be given when jobs.transcode.command is: the worker packages only what the worker transcoded. Received nothing. Give a command, or leave jobs.package out.",
    ],
  ],
  [
    { jobs: { metadata: { jobDefinitionName: "Job" }, package: { jobDefinitionName: "JOB" } } },
    [
      'jobs.package.jobDefinitionName must differ from jobs.metadata.jobDefinitionName by more than case. Received "JOB". Rename or remove one of them.',
    ],
  ],
  [
    { jobs: { features: { attempts: 11, attemptTimeoutSeconds: 59, vcpus: 5 } } },
    [
      "jobs.features.attempts must be a whole number from 1 to 10. Received 11. 3 is the default.",
      "jobs.features.attemptTimeoutSeconds must be a whole number from 60 to 1,209,600. Received 59. Batch ends no attempt before 60 seconds; 3600 is the default.",
      "jobs.features.vcpus must not be above 4, the most vCPUs of an environment of queue low. Received 5. The job would wait for ever: lower it, or raise maxVcpus of the environment.",
    ],
  ],
  [
    { jobs: { features: { environment: { AWS_BATCH_X: "1", VIDEO_BATCH_LADDER: "{}", FINE: "1" } } } },
    ["AWS_BATCH_X", "VIDEO_BATCH_LADDER"].map(
      (name) =>
        `jobs.features.environment must have no name that begins with AWS_BATCH or is VIDEO_BATCH_LADDER. Received "${name}". Batch and the pipeline set these themselves: choose another name.`,
    ),
  ],
  [
    { jobs: { features: { environment: { LONG: "x".repeat(24_000) } } } },
    [
      "jobs.features must make a job definition of at most 24,576 bytes, which is what Batch allows. Received 26416. Shorten the command, the environment or, for the metadata job, the list of renditions.",
    ],
  ],
  ...["output", "/output/", "/"].map((outputPrefix): [VideoBatchPipelineArgs, string[]] => [
    { storage: { outputPrefix } },
    [
      `storage.outputPrefix must be empty, or at most 512 characters that end with a slash and begin without one. Received "${outputPrefix}". Keys are written directly behind it: take for example output/.`,
    ],
  ]),
  [
    { storage: { protect: true, forceDestroy: true } },
    [
      "storage.forceDestroy must not be true together with storage.protect. Received true. Protect the bucket, or let it be deleted with all that is in it.",
    ],
  ],
  [
    { storage: { bucket: "ours", protect: true, forceDestroy: false, intermediateExpirationDays: 3 } },
    [
      "storage.protect must not be given together with storage.bucket. Received true. An existing bucket is left as it is: set it where that bucket is made.",
      "storage.intermediateExpirationDays must not be given together with storage.bucket. Received 3. An existing bucket is left as it is: set it where that bucket is made.",
    ],
  ],
  [
    { workflow: { partialOutcome: "maybe", continueOnRenditionFailure: true } },
    [
      'workflow.partialOutcome must be one of succeed, fail. Received "maybe". Choose how an execution ends that finished only a part; succeed is the default.',
    ],
  ],
  [
    { workflow: { partialOutcome: "fail" } },
    [
      'workflow.partialOutcome must be given together with workflow.continueOnRenditionFailure or workflow.continueOnFeaturesFailure. Received "fail". Without them the first failure ends the execution: set one of them, or leave this out.',
    ],
  ],
  [
    { approval: { timeoutSeconds: 59, defaultAnswer: "yes" } },
    [
      "approval.timeoutSeconds must be a whole number from 60 to 31,000,000. Received 59. The unit is seconds: 86400, a day, is the default.",
      'approval.defaultAnswer must be one of approve, reject. Received "yes". Choose what happens when nobody answers in time; reject is the default.',
    ],
  ],
  [
    { approval: { timeoutSeconds: 31_000_000 }, workflow: { timeoutSeconds: 600_000 } },
    [
      "approval.timeoutSeconds must be at most 31,536,000 together with workflow.timeoutSeconds. Received 31000000. There are 600000 seconds for the work: lower one of them.",
    ],
  ],
  [
    { workflow: { timeoutSeconds: 60, queueWaitSeconds: -1 } },
    [
      "workflow.timeoutSeconds must be a whole number from 300 to 31,535,000. Received 60. Step Functions ends an execution after a year; 3600 is the default.",
      "workflow.queueWaitSeconds must be a whole number from 0 to 31,536,000. Received -1. Leave it out to let jobs wait as long as the execution may take.",
    ],
  ],
  [
    { renditions: [{ ...rendition, name: "audio-2" }] },
    [
      'renditions[0].name must not be audio, alone or with a number. Received "audio-2". The sound has such names: choose another.',
    ],
  ],
  [
    { logs: { retentionDays: 8 } },
    [
      "logs.retentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653. Received 8. CloudWatch knows no other periods; 30 is the default.",
    ],
  ],
  [
    { audio: { bitrateKbps: 8, channels: 9, maxTracks: 0 } },
    [
      "audio.bitrateKbps must be a whole number from 16 to 512. Received 8. The unit is kbit/s: 128 is usual for stereo.",
      "audio.channels must be a whole number from 1 to 8. Received 9. 2 is stereo.",
      "audio.maxTracks must be a whole number from 1 to 16. Received 0. 1 keeps the default track alone.",
    ],
  ],
  [
    { gopSeconds: 4 },
    [
      "segmentSeconds must be a multiple of gopSeconds, which is 4. Received 6. Take for example 12: every segment begins with a GOP.",
    ],
  ],
  [
    { chunkSeconds: 4 },
    [
      "chunkSeconds must not be below segmentSeconds, which is 6. Received 4. Raise it: a job that encodes less than a segment costs more to start than to run.",
    ],
  ],
  [{ gopSeconds: 0 }, ["gopSeconds must be a whole number from 1 to 10. Received 0. 2 is usual."]],
];

describe("the validation", () => {
  for (const [args, expected] of CASES) {
    it(`${expected.length === 0 ? "accepts" : "refuses"} ${JSON.stringify(args).slice(0, 100)}`, () => {
      const problems = problemsOf("videos", { ...args, image: IMAGE });
      assert.deepEqual(
        problems.map(({ reason }) => reason),
        expected,
      );
      for (const { propertyPath, reason } of problems) assert.ok(reason.startsWith(`${propertyPath} must `));
    });
  }

  for (const name of ["", "9videos", "my_videos", "v".repeat(33)]) {
    it(`refuses ${JSON.stringify(name)} as a name`, () => {
      assert.deepEqual(problemsOf(name, { image: IMAGE }), [
        {
          propertyPath: "name",
          reason: `name must be 1 to 32 letters, digits or hyphens, beginning with a letter. Received ${JSON.stringify(name)}. The names of all resources begin with it: choose a short one like videos.`,
        },
      ]);
    });
  }

  it("refuses a state machine that Step Functions would not take", () => {
    const renditions = Array.from({ length: 90 }, (_, index) => ({ name: `r${index}`, height: 720, crf: 20 }));
    const parts = Array.from({ length: 12 }, (_, index) => ({ queue: "low", ...(index < 11 ? { seconds: 9 } : {}) }));
    const reasons = problemsOf("videos", { renditions, parts, image: IMAGE }).map(({ reason }) => reason);
    assert.equal(reasons.length, 1);
    assert.match(
      reasons[0] ?? "",
      /^renditions must, together with parts, make a state machine of at most 1,048,576 bytes, which is what Step Functions allows\. Received \d{7}\. There are 90 renditions with 12 parts each: use fewer of either\.$/,
    );
  });

  it("accepts 50 renditions in 5 parts", () => {
    const renditions = Array.from({ length: 50 }, (_, index) => ({ name: `rendition-${index}`, height: 720, crf: 20 }));
    const parts = [1, 2, 3, 4].map((seconds) => ({ queue: "high", seconds }));
    assert.deepEqual(problemsOf("videos", { renditions, parts: [...parts, { queue: "low" }], image: IMAGE }), []);
  });

  it("wants the worker's bundle only where the image is built", () => {
    const bundle = path.join(__dirname, "..", "..", "worker", "dist", "worker.cjs");
    const expected = fs.existsSync(bundle)
      ? []
      : [
          `image.uri must be given as long as the worker's bundle ${bundle} is missing, without which the image can't be built. Received nothing. Make the bundle with \`node scripts/bundle-worker.mjs\`, or name an existing image.`,
        ];
    assert.deepEqual(
      problemsOf("videos", {}).map(({ reason }) => reason),
      expected,
    );
    assert.deepEqual(problemsOf("videos", { jobs: { metadata: own, features: own, transcode: own } }), []);
  });

  it("reports everything at once, before anything is registered", async () => {
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
    assert.deepEqual(caught.errors, problemsOf("videos", args));
    assert.equal(
      caught.message,
      [
        'VideoBatchPipeline "videos" has 2 problems:',
        "- queues must have at least one entry. Received []. Leave it out for the queues high and low.",
        "- gopSeconds must be a whole number from 1 to 10. Received 0. 2 is usual.",
      ].join("\n"),
    );
  });
});
