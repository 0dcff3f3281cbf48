import { strict as assert } from "node:assert";

import { mergeUserData } from "../../components/compute/userData";
import type { Synthesis } from "../../runner/synthesis/synthesis";
import { bundleWorker, containerOf, fixture, named, ofType, synthesisePipeline } from "../support/pipeline";

const COMPONENT = "video-batch-pipeline:index:VideoBatchPipeline";
const STACK = "urn:pulumi:stack::project::pulumi:pulumi:Stack";

describe("VideoBatchPipeline without arguments", () => {
  let synthesis: Synthesis;
  before(async () => {
    bundleWorker();
    synthesis = await synthesisePipeline();
  });

  it("registers exactly these resources, all as its children", () => {
    const [component] = ofType(synthesis, COMPONENT);
    assert.equal(component?.parent, `${STACK}::project-stack`);
    assert.equal(component?.urn, `${STACK}$${COMPONENT}::videos`);
    const children = synthesis.resources.filter(({ parent }) => parent === component?.urn);
    assert.equal(children.length, synthesis.resources.length - 1);
    assert.deepEqual(children.map(({ type, name }) => `${type} ${name}`).sort(), [
      "aws:batch/computeEnvironment:ComputeEnvironment videos-compute",
      "aws:batch/jobDefinition:JobDefinition videos-ExtractFeatures",
      "aws:batch/jobDefinition:JobDefinition videos-ExtractMetadata",
      "aws:batch/jobDefinition:JobDefinition videos-PackageVideo",
      "aws:batch/jobDefinition:JobDefinition videos-TranscodeVideo",
      "aws:batch/jobQueue:JobQueue videos-high-queue",
      "aws:batch/jobQueue:JobQueue videos-low-queue",
      "aws:cloudwatch/logGroup:LogGroup videos-job-logs",
      "aws:cloudwatch/logGroup:LogGroup videos-state-machine-logs",
      "aws:ec2/launchTemplate:LaunchTemplate videos-compute-launch-template",
      "aws:ec2/securityGroup:SecurityGroup videos-security-group",
      "aws:iam/instanceProfile:InstanceProfile videos-instance-profile",
      "aws:iam/role:Role videos-execution-role",
      "aws:iam/role:Role videos-instance-role",
      "aws:iam/role:Role videos-job-role",
      "aws:iam/role:Role videos-state-machine-role",
      "aws:iam/rolePolicy:RolePolicy videos-execution-policy",
      "aws:iam/rolePolicy:RolePolicy videos-job-policy",
      "aws:iam/rolePolicy:RolePolicy videos-state-machine-policy",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment videos-instance-role-policy",
      "aws:s3/bucket:Bucket videos-bucket",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration videos-bucket-lifecycle",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls videos-bucket-ownership",
      "aws:s3/bucketPolicy:BucketPolicy videos-bucket-policy",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock videos-bucket-public-access",
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration videos-bucket-encryption",
      "aws:sfn/stateMachine:StateMachine videos-state-machine",
      "aws:sns/topic:Topic videos-topic",
      "aws:sns/topicPolicy:TopicPolicy videos-topic-policy",
      "awsx:ec2:DefaultVpc videos-vpc",
      "awsx:ecr:Image videos-image",
      "awsx:ecr:Repository videos-repository",
    ]);
  });

  it("makes a compute environment of EC2 instances in the default VPC", () => {
    const { inputs, options } = named(synthesis, "videos-compute");
    assert.deepEqual(inputs, {
      type: "MANAGED",
      state: "ENABLED",
      updatePolicy: { terminateJobsOnUpdate: false, jobExecutionTimeoutMinutes: 30 },
      computeResources: {
        type: "EC2",
        allocationStrategy: "BEST_FIT_PROGRESSIVE",
        minVcpus: 0,
        desiredVcpus: 2,
        maxVcpus: 4,
        instanceTypes: ["optimal"],
        ec2Configurations: [{ imageType: "ECS_AL2023" }],
        launchTemplate: { launchTemplateId: "videos-compute-launch-template-id", version: "1" },
        instanceRole: "arn:aws:iam::123456789012:instance-profile/videos-instance-profile",
        subnets: ["subnet-videos-vpc-a", "subnet-videos-vpc-b"],
        securityGroupIds: ["videos-security-group-id"],
      },
    });
    assert.deepEqual(options.ignoreChanges, ["computeResources.desiredVcpus"]);
    assert.ok(options.dependencies.includes(named(synthesis, "videos-instance-role-policy").urn));
    assert.deepEqual(named(synthesis, "videos-compute-launch-template").inputs, {
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeType: "gp3", volumeSize: 100, encrypted: "true", deleteOnTermination: "true" },
        },
      ],
      metadataOptions: {
        httpEndpoint: "enabled",
        httpProtocolIpv6: "disabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
      },
      userData: Buffer.from(mergeUserData(undefined, "ec2")!).toString("base64"),
    });
    assert.deepEqual(named(synthesis, "videos-security-group").inputs, {
      vpcId: "vpc-videos-vpc",
      description: "Instances of the video batch pipeline videos: everything out, nothing in",
      egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] }],
    });
  });

  it("makes a high and a low queue", () => {
    const queue = (priority: number): unknown => ({
      priority,
      state: "ENABLED",
      jobStateTimeLimitActions: [
        ["CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY", 3600] as const,
        ["MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE", 600] as const,
        ["MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT", 600] as const,
      ].map(([reason, maxTimeSeconds]) => ({ state: "RUNNABLE", action: "CANCEL", reason, maxTimeSeconds })),
      computeEnvironmentOrders: [
        { order: 1, computeEnvironment: "arn:aws:batch:us-east-1:123456789012:compute-environment/videos-compute" },
      ],
    });
    assert.deepEqual(named(synthesis, "videos-high-queue").inputs, queue(10));
    assert.deepEqual(named(synthesis, "videos-low-queue").inputs, queue(1));
  });

  it("makes job definitions of the worker", () => {
    const { containerProperties, ...rest } = named(synthesis, "videos-TranscodeVideo").inputs;
    assert.equal(typeof containerProperties, "string");
    assert.deepEqual(rest, {
      type: "container",
      platformCapabilities: ["EC2"],
      retryStrategy: {
        attempts: 3,
        evaluateOnExits: [
          { onStatusReason: "Host EC2*", action: "RETRY" },
          { onReason: "CannotPullContainer*", action: "RETRY" },
          { onStatusReason: "Task failed to start*", action: "RETRY" },
          { onExitCode: "1*", action: "RETRY" },
          { onReason: "*", action: "EXIT" },
        ],
      },
      timeout: { attemptDurationSeconds: 3600 },
      deregisterOnNewRevision: false,
      propagateTags: true,
    });
    assert.deepEqual(containerOf(synthesis, "videos-TranscodeVideo"), {
      image: `123456789012.dkr.ecr.us-east-1.amazonaws.com/videos-image@sha256:${"0".repeat(64)}`,
      command: [
        ...["worker", "transcode", "--input", "Ref::input", "--output", "Ref::output", "--plan", "Ref::plan"],
        ...["--max-damaged-share", "Ref::maxDamagedShare"],
        ...["--rendition", "Ref::rendition", "--part", "Ref::part"],
      ],
      jobRoleArn: "arn:aws:iam::123456789012:role/videos-job-role",
      executionRoleArn: "arn:aws:iam::123456789012:role/videos-execution-role",
      resourceRequirements: [
        { type: "VCPU", value: "2" },
        { type: "MEMORY", value: "1024" },
      ],
      environment: [{ name: "AWS_REGION", value: "us-east-1" }],
      user: "10001",
      privileged: false,
      readonlyRootFilesystem: true,
      volumes: [{ name: "scratch" }],
      mountPoints: [{ sourceVolume: "scratch", containerPath: "/tmp", readOnly: false }],
      linuxParameters: { initProcessEnabled: true },
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": "videos-job-logs", "awslogs-stream-prefix": "TranscodeVideo" },
      },
    });
    const commands = ["ExtractMetadata", "ExtractFeatures", "PackageVideo"].map(
      (name) => containerOf(synthesis, `videos-${name}`)["command"],
    );
    assert.deepEqual(
      commands,
      ["metadata", "features", "package"].map((step) => [
        "worker",
        step,
        "--input",
        "Ref::input",
        "--output",
        "Ref::output",
        ...(step === "metadata" ? [] : ["--plan", "Ref::plan"]),
        ...(step === "features" ? [] : ["--max-damaged-share", "Ref::maxDamagedShare"]),
      ]),
    );
  });

  it("gives the metadata job, and no other, the ladder", () => {
    const environments = ofType(synthesis, "aws:batch/jobDefinition:JobDefinition").map(({ name }) => [
      name,
      (containerOf(synthesis, name)["environment"] as { name: string; value: string }[]).map(
        (variable) => variable.name,
      ),
    ]);
    assert.deepEqual(Object.fromEntries(environments), {
      "videos-ExtractMetadata": ["AWS_REGION", "VIDEO_BATCH_LADDER"],
      "videos-ExtractFeatures": ["AWS_REGION"],
      "videos-TranscodeVideo": ["AWS_REGION"],
      "videos-PackageVideo": ["AWS_REGION"],
    });
    const [, { value }] = containerOf(synthesis, "videos-ExtractMetadata")["environment"] as [
      object,
      { value: string },
    ];
    const ladder = JSON.parse(value) as { renditions: { name: string }[] };
    assert.deepEqual(
      ladder.renditions.map(({ name }) => name),
      ["4k", "1080p", "720p", "480p"],
    );
  });

  it("makes a private, encrypted bucket in which intermediates expire", () => {
    const { inputs, options } = named(synthesis, "videos-bucket");
    assert.deepEqual([inputs, options.protect], [{ forceDestroy: false }, false]);
    const of = (name: string): unknown => {
      const { bucket, ...rest } = named(synthesis, `videos-bucket-${name}`).inputs;
      assert.equal(bucket, "videos-bucket");
      return rest;
    };
    assert.deepEqual(of("public-access"), {
      ...{ blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    });
    assert.deepEqual(of("ownership"), { rule: { objectOwnership: "BucketOwnerEnforced" } });
    assert.deepEqual(of("encryption"), {
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" }, bucketKeyEnabled: true }],
    });
    assert.deepEqual(of("lifecycle"), {
      rules: [
        {
          id: "expire-intermediates",
          status: "Enabled",
          filter: { tag: { key: "video-batch-pipeline", value: "intermediate" } },
          expiration: { days: 16 },
        },
        {
          id: "abort-incomplete-uploads",
          status: "Enabled",
          filter: { prefix: "" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    });
    const everything = {
      ...{ Effect: "Deny", Principal: "*", Action: "s3:*" },
      Resource: ["arn:aws:s3:::videos-bucket", "arn:aws:s3:::videos-bucket/*"],
    };
    assert.deepEqual(of("policy"), {
      policy: {
        Version: "2012-10-17",
        Statement: [
          { ...everything, Sid: "OnlyTls", Condition: { Bool: { "aws:SecureTransport": "false" } } },
          {
            ...{ ...everything, Sid: "OnlyThisAccount" },
            Condition: {
              StringNotEquals: { "aws:PrincipalAccount": "123456789012" },
              Bool: { "aws:PrincipalIsAWSService": "false" },
            },
          },
        ],
      },
    });
  });

  it("builds the worker's image into a repository of its own", () => {
    assert.deepEqual(named(synthesis, "videos-repository").inputs, {
      forceDelete: true,
      imageScanningConfiguration: { scanOnPush: true },
      imageTagMutability: "IMMUTABLE",
      lifecyclePolicy: {
        rules: [{ description: "Keep the 20 latest images", tagStatus: "any", maximumNumberOfImages: 20 }],
      },
    });
    const { context, imageTag, ...rest } = named(synthesis, "videos-image").inputs;
    assert.equal(context, "worker");
    // A tag that never moves is made of what the image is made of.
    assert.match(String(imageTag), /^videos-linux-amd64-[0-9a-f]{16}$/);
    assert.deepEqual(rest, {
      args: {},
      platform: "linux/amd64",
      repositoryUrl: "123456789012.dkr.ecr.us-east-1.amazonaws.com/videos-repository",
    });
  });

  it("makes a standard state machine that logs, with the generated definition", () => {
    const { definition, ...rest } = named(synthesis, "videos-state-machine").inputs;
    assert.deepEqual(rest, {
      type: "STANDARD",
      roleArn: "arn:aws:iam::123456789012:role/videos-state-machine-role",
      loggingConfiguration: {
        level: "ERROR",
        includeExecutionData: true,
        logDestination: "arn:aws:logs:us-east-1:123456789012:log-group:videos-state-machine-logs:*",
      },
    });
    const expected = JSON.stringify(fixture("default.json"))
      .replaceAll("eu-west-1", "us-east-1")
      .replaceAll(":notices", ":videos-topic")
      .replaceAll("'/aws/batch/videos'", "'videos-job-logs'")
      .replaceAll("job-queue/", "job-queue/videos-")
      .replaceAll(/job-queue\/videos-(high|low)/g, "job-queue/videos-$1-queue")
      .replaceAll("job-definition/metadata:7", "job-definition/videos-ExtractMetadata:1")
      .replaceAll("job-definition/features:7", "job-definition/videos-ExtractFeatures:1")
      .replaceAll("job-definition/transcode:7", "job-definition/videos-TranscodeVideo:1")
      .replaceAll("job-definition/package:7", "job-definition/videos-PackageVideo:1");
    assert.deepEqual(JSON.parse(definition as string), JSON.parse(expected));
    const { options } = named(synthesis, "videos-state-machine");
    assert.ok(options.dependencies.includes(named(synthesis, "videos-state-machine-policy").urn));
  });

  it("keeps logs for 30 days, under names that a person finds", () => {
    assert.deepEqual(named(synthesis, "videos-job-logs").inputs, {
      namePrefix: "/aws/batch/videos-",
      retentionInDays: 30,
    });
    assert.deepEqual(named(synthesis, "videos-state-machine-logs").inputs, {
      namePrefix: "/aws/vendedlogs/states/videos-",
      retentionInDays: 30,
    });
  });

  it("makes an encrypted topic", () => {
    assert.deepEqual(named(synthesis, "videos-topic").inputs, { kmsMasterKeyId: "alias/aws/sns" });
  });

  it("gives back the ARNs and names of all of it", () => {
    const { definition, topicPolicy, ...rest } = synthesis.outputs;
    assert.deepEqual(JSON.parse(topicPolicy as string), named(synthesis, "videos-topic-policy").inputs["policy"]);
    assert.equal(definition, named(synthesis, "videos-state-machine").inputs["definition"]);
    const batch = "arn:aws:batch:us-east-1:123456789012";
    const iam = "arn:aws:iam::123456789012";
    assert.deepEqual(rest, {
      computeEnvironmentArns: { compute: `${batch}:compute-environment/videos-compute` },
      computeEnvironmentNames: { compute: "videos-compute" },
      jobQueueArns: { high: `${batch}:job-queue/videos-high-queue`, low: `${batch}:job-queue/videos-low-queue` },
      jobQueueNames: { high: "videos-high-queue", low: "videos-low-queue" },
      jobDefinitionArns: {
        metadata: `${batch}:job-definition/videos-ExtractMetadata:1`,
        features: `${batch}:job-definition/videos-ExtractFeatures:1`,
        transcode: `${batch}:job-definition/videos-TranscodeVideo:1`,
        package: `${batch}:job-definition/videos-PackageVideo:1`,
      },
      jobDefinitionNames: {
        metadata: "videos-ExtractMetadata",
        features: "videos-ExtractFeatures",
        transcode: "videos-TranscodeVideo",
        package: "videos-PackageVideo",
      },
      imageUris: {
        x86_64: `123456789012.dkr.ecr.us-east-1.amazonaws.com/videos-image@sha256:${"0".repeat(64)}`,
      },
      bucketName: "videos-bucket",
      bucketArn: "arn:aws:s3:::videos-bucket",
      whatDestroyDoes:
        "pulumi destroy deletes the bucket videos-bucket only when it is empty, and fails as long as it holds anything.",
      topicArn: "arn:aws:sns:us-east-1:123456789012:videos-topic",
      stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:videos-state-machine",
      stateMachineName: "videos-state-machine",
      stateMachineRoleArn: `${iam}:role/videos-state-machine-role`,
      jobRoleArn: `${iam}:role/videos-job-role`,
      executionRoleArn: `${iam}:role/videos-execution-role`,
      instanceRoleArn: `${iam}:role/videos-instance-role`,
      deadLetterQueueUrl: null,
      ...{ eventBusArn: null, eventBusPolicy: null },
      jobLogGroupName: "videos-job-logs",
      stateMachineLogGroupName: "videos-state-machine-logs",
    });
  });
});
