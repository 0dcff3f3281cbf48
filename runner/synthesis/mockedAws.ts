import type { runtime } from "@pulumi/pulumi";

/** Account id in every mocked ARN. AWS reserves it for documentation. */
export const ACCOUNT = "123456789012";

/** The form of a type's ARN: the service, and the resource part with the physical name. */
interface ArnForm {
  service: string;
  resource: (name: string) => string;
  /** False for services whose ARNs have neither a region nor an account. */
  regional: boolean;
  /** True for services whose ARNs have an account but no region. */
  account?: boolean;
}

const regional = (service: string, prefix: string, suffix = ""): ArnForm => ({
  service,
  resource: (name) => `${prefix}${name}${suffix}`,
  regional: true,
});
const iam = (prefix: string): ArnForm => ({
  service: "iam",
  resource: (name) => `${prefix}${name}`,
  regional: false,
  account: true,
});

const JOB_DEFINITION = regional("batch", "job-definition/", ":1");

const ARNS: Record<string, ArnForm> = {
  "aws:batch/computeEnvironment:ComputeEnvironment": regional("batch", "compute-environment/"),
  "aws:batch/jobQueue:JobQueue": regional("batch", "job-queue/"),
  "aws:batch/jobDefinition:JobDefinition": JOB_DEFINITION,
  "aws:batch/schedulingPolicy:SchedulingPolicy": regional("batch", "scheduling-policy/"),
  "aws:cloudwatch/eventBus:EventBus": regional("events", "event-bus/"),
  "aws:cloudwatch/eventRule:EventRule": regional("events", "rule/"),
  "aws:cloudwatch/metricAlarm:MetricAlarm": regional("cloudwatch", "alarm:"),
  "aws:cloudwatch/logGroup:LogGroup": regional("logs", "log-group:"),
  "aws:dynamodb/table:Table": regional("dynamodb", "table/"),
  "aws:ec2/launchTemplate:LaunchTemplate": regional("ec2", "launch-template/"),
  "aws:ec2/securityGroup:SecurityGroup": regional("ec2", "security-group/"),
  "aws:ecr/repository:Repository": regional("ecr", "repository/"),
  "aws:iam/instanceProfile:InstanceProfile": iam("instance-profile/"),
  "aws:iam/policy:Policy": iam("policy/"),
  "aws:iam/role:Role": iam("role/"),
  "aws:lambda/function:Function": regional("lambda", "function:"),
  "aws:kms/key:Key": regional("kms", "key/"),
  "aws:scheduler/schedule:Schedule": regional("scheduler", "schedule/default/"),
  "aws:scheduler/scheduleGroup:ScheduleGroup": regional("scheduler", "schedule-group/"),
  "aws:s3/bucket:Bucket": { service: "s3", resource: (name) => name, regional: false },
  "aws:sfn/stateMachine:StateMachine": regional("states", "stateMachine:"),
  "aws:sns/topic:Topic": regional("sns", ""),
  "aws:sqs/queue:Queue": regional("sqs", ""),
};

/** Outputs besides the inputs, for types whose outputs programs read. */
const OUTPUTS: Record<string, (name: string, region: string) => Record<string, unknown>> = {
  "awsx:ec2:DefaultVpc": (name) => ({
    vpcId: `vpc-${name}`,
    publicSubnetIds: [`subnet-${name}-a`, `subnet-${name}-b`],
    privateSubnetIds: [],
  }),
  "awsx:ec2:Vpc": (name) => ({
    vpcId: `vpc-${name}`,
    publicSubnetIds: [`subnet-${name}-public-a`, `subnet-${name}-public-b`],
    privateSubnetIds: [`subnet-${name}-private-a`, `subnet-${name}-private-b`],
    routeTables: ["a", "b"].map((zone) => ({ id: `rtb-${name}-private-${zone}` })),
  }),
  "aws:ec2/launchTemplate:LaunchTemplate": () => ({ latestVersion: 1 }),
  "aws:batch/computeEnvironment:ComputeEnvironment": (name, region) => ({
    ecsClusterArn: `arn:aws:ecs:${region}:${ACCOUNT}:cluster/AWSBatch-${name}`,
  }),
  "aws:sqs/queue:Queue": (name, region) => ({ url: `https://sqs.${region}.amazonaws.com/${ACCOUNT}/${name}` }),
  "awsx:ecr:Repository": (name, region) => ({ url: `${ACCOUNT}.dkr.ecr.${region}.amazonaws.com/${name}` }),
  "awsx:ecr:Image": (name, region) => ({
    imageUri: `${ACCOUNT}.dkr.ecr.${region}.amazonaws.com/${name}@sha256:${"0".repeat(64)}`,
  }),
};

/** The state that AWS would return for a new resource: its inputs, its physical name and its ARN. */
export function mockedState(args: runtime.MockResourceArgs, region: string): Record<string, unknown> {
  const inputs = args.inputs as Record<string, unknown>;
  const physicalName = (inputs["name"] ?? inputs["bucket"] ?? args.name) as string;
  const state: Record<string, unknown> = { ...inputs, ...OUTPUTS[args.type]?.(args.name, region) };
  if (args.type === "aws:cloudcontrol/resource:Resource") {
    return { ...state, properties: cloudControlProperties(inputs, region) };
  }
  const arn = arnOf(args.type, physicalName, region, inputs);
  if (arn === undefined) return state;
  return {
    ...state,
    arn,
    ...(args.type === "aws:s3/bucket:Bucket" ? { bucket: physicalName } : { name: physicalName }),
    ...(args.type === "aws:batch/jobDefinition:JobDefinition"
      ? { arnPrefix: arn.replace(/:\d+$/, ""), revision: 1 }
      : {}),
  };
}

/** The ARN of a resource with this name or id in AWS. Nothing for types without one, or of which nothing is known. */
export function arnOf(
  type: string,
  name: string,
  region: string,
  inputs: Record<string, unknown> = {},
): string | undefined {
  const form = ARNS[type];
  return form && formatArn(region, form, `${busOf(inputs)}${name}`);
}

/** What the ARN of a rule has before its name, unless it is on the account's own bus. */
function busOf({ eventBusName }: Record<string, unknown>): string {
  const bus = typeof eventBusName === "string" ? eventBusName.replace(/^arn:.*:event-bus\//, "") : "default";
  return bus === "default" ? "" : `${bus}/`;
}

/** The properties that Cloud Control returns: the desired ones, and those that AWS adds. */
function cloudControlProperties({ typeName, desiredState }: Record<string, unknown>, region: string): string {
  const properties = JSON.parse(String(desiredState)) as Record<string, unknown>;
  if (typeName !== "AWS::Batch::JobDefinition") return JSON.stringify(properties);
  const arn = formatArn(region, JOB_DEFINITION, String(properties["JobDefinitionName"]));
  return JSON.stringify({ ...properties, JobDefinitionArn: arn });
}

function formatArn(region: string, { service, resource, regional, account }: ArnForm, name: string): string {
  const location = regional ? `${region}:${ACCOUNT}` : account ? `:${ACCOUNT}` : ":";
  return `arn:aws:${service}:${location}:${resource(name)}`;
}

const CALLS: Record<string, (region: string) => Record<string, unknown>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    accountId: ACCOUNT,
    arn: `arn:aws:iam::${ACCOUNT}:user/local`,
    userId: "local",
  }),
  "aws:index/getPartition:getPartition": () => ({
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:index/getRegion:getRegion": (region) => ({ region, name: region, id: region }),
};

/** Answers a program's calls for its account, partition and region. Any other call is an error. */
export function mockedCall(args: runtime.MockCallArgs, region: string): Record<string, unknown> {
  const answer = CALLS[args.token];
  if (!answer) {
    const message = `The program calls ${args.token}, which cannot be answered without AWS. Pass the value as configuration instead.`;
    // The SDK prints the gRPC details of a failed call instead of its message.
    throw Object.assign(new Error(message), { details: message });
  }
  return answer(region);
}
