import { strict as assert } from "node:assert";

import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";

import type { VideoBatchPipelineArgs } from "../../index";
import type { Synthesis } from "../../runner/synthesis/synthesis";
import { bundleWorker, containerOf, IMAGE, named, ofType, synthesisePipeline } from "../support/pipeline";

/** Types that AWS gives no tags, and those of awsx that make no resource which could have some. */
const UNTAGGABLE = [
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:sns/topicSubscription:TopicSubscription",
  "awsx:ec2:DefaultVpc",
  "awsx:ecr:Image",
  "video-batch-pipeline:index:VideoBatchPipeline",
];

const own = { image: "public.ecr.aws/docker/library/alpine:3", command: ["true"] };

function typesOf({ resources }: Synthesis): string[] {
  return resources.map(({ type }) => type);
}

describe("VideoBatchPipeline with options", () => {
  it("tags every child that can have tags, and the instances", async () => {
    bundleWorker();
    const tags = { team: "video" };
    const synthesis = await synthesisePipeline({ tags, notifications: { emailAddresses: ["a@example.com"] } });
    for (const { type, name, inputs } of synthesis.resources) {
      if (!UNTAGGABLE.includes(type)) assert.deepEqual(inputs["tags"], tags, name);
      else if (!type.startsWith("video-batch")) assert.equal(inputs["tags"], undefined, name);
    }
    const { computeResources } = named(synthesis, "videos-compute").inputs as Record<string, Record<string, unknown>>;
    assert.deepEqual(computeResources?.["tags"], tags);
  });

  it("uses subnets and security groups that exist", async () => {
    const network = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
    const synthesis = await synthesisePipeline({ network, image: IMAGE });
    assert.ok(!typesOf(synthesis).some((type) => /DefaultVpc|SecurityGroup/.test(type)));
    const { computeResources } = named(synthesis, "videos-compute").inputs as Record<string, Record<string, unknown>>;
    assert.deepEqual(
      [computeResources?.["subnets"], computeResources?.["securityGroupIds"]],
      [["subnet-1"], undefined],
    );
    // Batch takes the groups from the interface, which gives no public address.
    assert.deepEqual(named(synthesis, "videos-compute-launch-template").inputs["networkInterfaces"], [
      {
        deviceIndex: 0,
        associatePublicIpAddress: "false",
        deleteOnTermination: "true",
        securityGroups: ["sg-1"],
      },
    ]);
  });

  it("uses a topic that exists, and subscribes addresses to it", async () => {
    const topicArn = "arn:aws:sns:us-east-1:123456789012:ours";
    const notifications = { topicArn, emailAddresses: ["a@example.com", "b@example.com"] };
    const synthesis = await synthesisePipeline({ notifications, image: IMAGE });
    assert.deepEqual(ofType(synthesis, "aws:sns/topic:Topic"), []);
    assert.deepEqual(
      ofType(synthesis, "aws:sns/topicSubscription:TopicSubscription").map(({ name, inputs }) => [name, inputs]),
      [
        ["videos-email-1", { topic: topicArn, protocol: "email", endpoint: "a@example.com" }],
        ["videos-email-2", { topic: topicArn, protocol: "email", endpoint: "b@example.com" }],
      ],
    );
    assert.equal(synthesis.outputs["topicArn"], topicArn);
    assert.ok(JSON.stringify(named(synthesis, "videos-state-machine-policy").inputs).includes(`"${topicArn}"`));
  });

  it("uses buckets that exist, and leaves them as they are", async () => {
    const storage = { bucket: "ours", inputBuckets: ["masters"], outputPrefix: "" };
    const synthesis = await synthesisePipeline({ storage, image: IMAGE });
    assert.ok(!typesOf(synthesis).some((type) => type.startsWith("aws:s3")));
    assert.deepEqual([synthesis.outputs["bucketName"], synthesis.outputs["bucketArn"]], ["ours", "arn:aws:s3:::ours"]);
    const { policy } = named(synthesis, "videos-job-policy").inputs as {
      policy: { Statement: { Resource: string[] }[] };
    };
    assert.deepEqual(
      policy.Statement.map(({ Resource }) => Resource),
      [
        ["arn:aws:s3:::ours/*", "arn:aws:s3:::masters/*"],
        ["arn:aws:s3:::ours", "arn:aws:s3:::masters"],
        ["arn:aws:s3:::ours/*"],
      ],
    );
  });

  it("protects and keeps the bucket with its settings and its key, and nothing else", async () => {
    const args = { image: IMAGE, encryption: { enableKey: true }, trigger: { uploads: {} } };
    const settings = ["encryption", "lifecycle", "ownership", "policy", "public-access", "versioning"];
    const kept = ["videos-bucket", ...settings.map((name) => `videos-bucket-${name}`), "videos-key"];
    for (const option of ["protect", "retainOnDelete"] as const) {
      const storage = { [option]: true, enableVersioning: true };
      const { resources } = await synthesisePipeline({ ...args, storage });
      const having = resources.filter(({ options }) => options[option]).map(({ name }) => name);
      assert.deepEqual(having.sort(), kept, option);
      assert.ok(resources.every(({ options }) => option === "protect" || !options.protect));
    }
  });

  it("says what pulumi destroy does with the videos", async () => {
    const cases: [VideoBatchPipelineArgs, string][] = [
      [{}, "deletes the bucket videos-bucket only when it is empty, and fails as long as it holds anything."],
      [{ storage: { forceDestroy: true } }, "DELETES the bucket videos-bucket with all videos and outputs in it."],
      [{ storage: { retainOnDelete: true } }, "leaves the bucket videos-bucket in AWS, with everything in it."],
      [
        { storage: { protect: true } },
        "fails in its preview while storage.protect is true; with --skip-preview, which the Automation API uses, it deletes everything but the bucket videos-bucket and what belongs to it. After that, it deletes the bucket videos-bucket only when it is empty, and fails as long as it holds anything.",
      ],
      [
        { storage: { protect: true, retainOnDelete: true } },
        "fails in its preview while storage.protect is true; with --skip-preview, which the Automation API uses, it deletes everything but the bucket videos-bucket and what belongs to it. After that, it leaves the bucket videos-bucket in AWS, with everything in it.",
      ],
      [{ storage: { bucket: "ours" } }, "doesn't touch the bucket ours: the pipeline didn't create it."],
      [{ jobs: { metadata: own, features: own, transcode: own } }, "deletes no videos: this pipeline has no storage."],
    ];
    for (const [args, said] of cases) {
      const { outputs } = await synthesisePipeline({ image: IMAGE, ...args });
      assert.equal(outputs["whatDestroyDoes"], `pulumi destroy ${said}`);
    }
  });

  it("keeps former versions for a time, and of intermediates hardly any", async () => {
    const storage = { enableVersioning: true, versionExpirationDays: 90 };
    const synthesis = await synthesisePipeline({ storage, image: IMAGE });
    const versioning = named(synthesis, "videos-bucket-versioning");
    assert.deepEqual(versioning.inputs["versioningConfiguration"], { status: "Enabled" });
    const lifecycle = named(synthesis, "videos-bucket-lifecycle");
    assert.ok(lifecycle.options.dependencies.includes(versioning.urn));
    const [intermediates, uploads, versions] = lifecycle.inputs["rules"] as Record<string, unknown>[];
    assert.deepEqual(
      [intermediates?.["expiration"], intermediates?.["noncurrentVersionExpiration"], uploads?.["id"], versions],
      [
        { days: 16 },
        { noncurrentDays: 1 },
        "abort-incomplete-uploads",
        {
          ...{ id: "expire-versions", status: "Enabled", filter: { prefix: "" } },
          noncurrentVersionExpiration: { noncurrentDays: 90 },
          expiration: { expiredObjectDeleteMarker: true },
        },
      ],
    );
  });

  it("uses an image that exists, and may pull exactly that one", async () => {
    const synthesis = await synthesisePipeline({
      image: IMAGE,
      jobs: { features: { image: "210987654321.dkr.ecr.eu-west-1.amazonaws.com/team/derived:v1" } },
    });
    assert.ok(!typesOf(synthesis).some((type) => type.startsWith("awsx:ecr")));
    assert.deepEqual(synthesis.outputs["imageUris"], { x86_64: IMAGE.uri });
    assert.equal(containerOf(synthesis, "videos-TranscodeVideo")["image"], IMAGE.uri);
    const features = containerOf(synthesis, "videos-ExtractFeatures");
    assert.equal(features["image"], "210987654321.dkr.ecr.eu-west-1.amazonaws.com/team/derived:v1");
    assert.deepEqual((features["command"] as string[]).slice(0, 2), ["worker", "features"]);
    const { policy } = named(synthesis, "videos-execution-policy").inputs as {
      policy: { Statement: { Sid: string; Resource: string[] }[] };
    };
    assert.deepEqual(policy.Statement.find(({ Sid }) => Sid === "PullImages")?.Resource, [
      "arn:aws:ecr:eu-west-1:210987654321:repository/team/derived",
      "arn:aws:ecr:us-east-1:123456789012:repository/worker",
    ]);
  });

  it("needs no image, bucket or permission for them when all jobs are the user's own", async () => {
    const synthesis = await synthesisePipeline({ jobs: { metadata: own, features: own, transcode: own } });
    assert.ok(!typesOf(synthesis).some((type) => /ecr|s3/.test(type)));
    assert.deepEqual([synthesis.outputs["imageUris"], synthesis.outputs["bucketName"]], [{}, null]);
    assert.deepEqual(
      ofType(synthesis, "aws:iam/rolePolicy:RolePolicy")
        .map(({ name }) => name)
        .sort(),
      ["videos-execution-policy", "videos-state-machine-policy"],
    );
    const { retryStrategy } = named(synthesis, "videos-TranscodeVideo").inputs;
    assert.deepEqual(retryStrategy, { attempts: 3 });
  });

  it("configures each job", async () => {
    const synthesis = await synthesisePipeline({
      image: IMAGE,
      jobs: {
        features: {
          vcpus: 1,
          memoryMiB: 512,
          attempts: 5,
          attemptTimeoutSeconds: 600,
          jobDefinitionName: "Features",
          environment: { Z: "last", A: pulumi.output("first") },
        },
      },
    });
    const { name, retryStrategy, timeout } = named(synthesis, "videos-ExtractFeatures").inputs;
    assert.deepEqual(
      [name, (retryStrategy as { attempts: number }).attempts, timeout],
      ["Features", 5, { attemptDurationSeconds: 600 }],
    );
    const { environment, resourceRequirements } = containerOf(synthesis, "videos-ExtractFeatures");
    assert.deepEqual(environment, [
      { name: "A", value: "first" },
      { name: "AWS_REGION", value: "us-east-1" },
      { name: "Z", value: "last" },
    ]);
    assert.deepEqual(resourceRequirements, [
      { type: "VCPU", value: "1" },
      { type: "MEMORY", value: "512" },
    ]);
    assert.deepEqual(synthesis.outputs["jobDefinitionNames"], {
      metadata: "videos-ExtractMetadata",
      features: "Features",
      transcode: "videos-TranscodeVideo",
      package: "videos-PackageVideo",
    });
  });

  it("reaches every child with an explicit provider", async () => {
    const synthesis = await synthesisePipeline({ image: IMAGE }, () => ({
      providers: [new Provider("elsewhere", { region: "eu-west-1" })],
    }));
    const children = synthesis.resources.filter(({ type }) => type.startsWith("aws:"));
    assert.ok(children.length > 20);
    for (const { name, options } of children) assert.match(options.provider, /::elsewhere::/, name);
  });

  it("hands transformations and protection down to its children", async () => {
    const synthesis = await synthesisePipeline({ image: IMAGE }, () => ({
      protect: true,
      transformations: [
        ({ type, props, opts }) =>
          type === "aws:sns/topic:Topic" ? { props: { ...props, displayName: "Videos" }, opts } : undefined,
      ],
    }));
    assert.equal(named(synthesis, "videos-topic").inputs["displayName"], "Videos");
    assert.ok(synthesis.resources.every(({ options }) => options.protect));
  });
});
