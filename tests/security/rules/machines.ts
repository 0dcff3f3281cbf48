import { INSTANCE_ROLE_GUARD } from "../../../components/compute/instanceRoleGuard";
import { listed } from "../../support/aws/iam";
import { hub, type Inputs, type Rule, unless } from "./rule";

interface Container {
  privileged?: boolean;
  readonlyRootFilesystem?: boolean;
  user?: string;
  command?: string[];
  environment?: { name: string }[];
  fargatePlatformConfiguration?: { platformVersion?: string };
  volumes?: { host?: object; efsVolumeConfiguration?: { transitEncryption?: string } }[];
  logConfiguration?: object;
}

const containerOf = ({ containerProperties }: Inputs): Container =>
  typeof containerProperties === "string" ? (JSON.parse(containerProperties) as Container) : {};

const changed =
  (change: object): Rule["breaks"][1] =>
  (inputs) => ({ containerProperties: JSON.stringify({ ...containerOf(inputs), ...change }) });

interface Pod {
  hostNetwork?: boolean;
  containers: { securityContext?: { privileged?: boolean; allowPrivilegeEscalation?: boolean } }[];
}

const podsOf = ({ eksProperties }: Inputs): Pod[] =>
  eksProperties ? [(eksProperties as { podProperties: Pod }).podProperties] : [];

const CREDENTIALS = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "ECS_ENGINE_AUTH_DATA"];

/** Rules for what runs jobs: instances, images, containers, pods. */
export const MACHINE_RULES: Rule[] = [
  {
    rule: "Instances answer to IMDSv2 only, and containers don't reach it",
    breaks: ["LaunchTemplate", () => ({}), "containers get at the instance's role"],
    source: hub("ec2", "ec2-170"),
    types: ["LaunchTemplate"],
    violations: ({ metadataOptions }) => {
      const { httpTokens, httpPutResponseHopLimit, httpProtocolIpv6 } = (metadataOptions ?? {}) as Inputs;
      return [
        ...unless(httpTokens === "required", "IMDSv1 is on"),
        ...unless(httpPutResponseHopLimit === 1, "containers get at the instance's role"),
        // iptables guards the other address alone.
        ...unless(httpProtocolIpv6 === "disabled", "it has an IPv6 address too"),
      ];
    },
  },
  {
    rule: "Jobs that share the network of their instance don't reach its role, unless they run as root",
    breaks: ["LaunchTemplate", (inputs) => ({ ...inputs, userData: undefined }), "jobs get at the instance's role"],
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
    types: ["LaunchTemplate"],
    violations: ({ userData = "" }, { name }, { resources }) => {
      // Batch runs jobs on ECS in the network of the host. Pods have their own.
      const inHostNetwork = resources.some(({ inputs }) => {
        const { launchTemplate } = (inputs["computeResources"] ?? {}) as { launchTemplate?: Inputs };
        return launchTemplate?.["launchTemplateId"] === `${name}-id` && inputs["eksConfiguration"] === undefined;
      });
      const decoded = Buffer.from(String(userData), "base64").toString();
      return unless(
        !inHostNetwork || decoded.includes(INSTANCE_ROLE_GUARD.trimEnd()),
        "jobs get at the instance's role",
      );
    },
  },
  {
    rule: "Disks of instances are encrypted",
    breaks: ["LaunchTemplate", () => ({}), "a disk is not"],
    source: hub("ec2", "ec2-7"),
    types: ["LaunchTemplate"],
    violations: ({ blockDeviceMappings }) => {
      const disks = listed(blockDeviceMappings as { ebs?: Inputs }[] | undefined);
      return unless(disks.length > 0 && disks.every(({ ebs }) => ebs?.["encrypted"] === "true"), "a disk is not");
    },
  },
  {
    rule: "Nothing comes in from the network, but HTTPS from the machines to endpoints of AWS",
    breaks: ["SecurityGroup", () => ({ ingress: [{ fromPort: 22 }] }), "the security group lets something in"],
    source: hub("ec2", "ec2-18"),
    types: ["SecurityGroup"],
    violations: ({ ingress }) =>
      listed(ingress as Inputs[] | undefined).flatMap(
        ({ fromPort, toPort, cidrBlocks, ipv6CidrBlocks, securityGroups }) =>
          unless(
            [cidrBlocks, ipv6CidrBlocks].every((blocks) => blocks === undefined) &&
              listed(securityGroups).length === 1 &&
              [fromPort, toPort].every((port) => port === 443),
            "the security group lets something in",
          ),
      ),
  },
  {
    rule: "Machines have public addresses only where somebody asks for them, and in the default VPC, where nothing else leads out",
    breaks: [
      "LaunchTemplate",
      () => ({ networkInterfaces: [{ associatePublicIpAddress: "true" }] }),
      "they have public addresses",
    ],
    source: hub("ec2", "ec2-25"),
    types: ["LaunchTemplate"],
    violations: ({ networkInterfaces }, _, { resources }) => {
      const asked = resources.some(
        ({ inputs }) => (inputs["network"] as Inputs | undefined)?.["enablePublicAddresses"],
      );
      const addresses = listed(networkInterfaces as Inputs[] | undefined).map((one) => one["associatePublicIpAddress"]);
      return unless(asked === true || !addresses.includes("true"), "they have public addresses");
    },
  },
  {
    rule: "Images can't be exchanged under their tag, and are scanned",
    breaks: ["Repository", () => ({}), "tags can be moved"],
    source: hub("ecr", "ecr-2"),
    types: ["Repository"],
    violations: ({ imageTagMutability, imageScanningConfiguration }) => [
      ...unless(imageTagMutability === "IMMUTABLE", "tags can be moved"),
      ...unless((imageScanningConfiguration as Inputs | undefined)?.["scanOnPush"] === true, "nobody scans it"),
    ],
  },
  {
    rule: "Containers have no privileges, and log",
    breaks: ["JobDefinition", changed({ privileged: true }), "it is privileged"],
    source: hub("ecs", "ecs-4"),
    types: ["JobDefinition"],
    violations: (inputs) => {
      if (inputs["containerProperties"] === undefined) return [];
      const { privileged, logConfiguration } = containerOf(inputs);
      return [
        ...unless(privileged === false, "it is privileged"),
        ...unless(logConfiguration !== undefined, "it doesn't log"),
      ];
    },
  },
  {
    rule: "The worker can't write to its root, and is not root",
    breaks: ["JobDefinition", changed({ user: "0", command: ["worker"] }), "it is root"],
    source: hub("ecs", "ecs-5"),
    types: ["JobDefinition"],
    violations: (inputs) => {
      const { command = [], readonlyRootFilesystem, user } = containerOf(inputs);
      if (command[0] !== "worker") return [];
      return [
        ...unless(readonlyRootFilesystem === true, "its root can be written"),
        ...unless(user !== undefined && !/^0(:|$)/.test(user), "it is root"),
      ];
    },
  },
  {
    rule: "File systems are mounted over TLS, and no directory of the machine is",
    breaks: ["JobDefinition", changed({ volumes: [{ host: { sourcePath: "/" } }] }), "it sees the machine's disk"],
    source: "https://docs.aws.amazon.com/efs/latest/ug/encryption-in-transit.html",
    types: ["JobDefinition"],
    violations: (inputs) =>
      (containerOf(inputs).volumes ?? []).flatMap(({ host, efsVolumeConfiguration: efs }) => [
        ...unless(host === undefined, "it sees the machine's disk"),
        ...unless(efs === undefined || efs.transitEncryption === "ENABLED", "files travel in the open"),
      ]),
  },
  {
    rule: "Pods stay in their own network and can't gain privileges",
    breaks: [
      "JobDefinition",
      () => ({ eksProperties: { podProperties: { hostNetwork: false, containers: [{}] } } }),
      "it can gain privileges",
    ],
    source: "https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html",
    types: ["JobDefinition"],
    violations: (inputs) =>
      podsOf(inputs).flatMap(({ hostNetwork, containers }) => [
        ...unless(hostNetwork === false, "it is in the host's network"),
        ...containers.flatMap(({ securityContext: context }) =>
          unless(context?.privileged === false && context.allowPrivilegeEscalation === false, "it can gain privileges"),
        ),
      ]),
  },
  {
    rule: "No credentials are handed to containers as plain variables",
    breaks: ["JobDefinition", changed({ environment: [{ name: "AWS_SECRET_ACCESS_KEY" }] }), "AWS_SECRET_ACCESS_KEY"],
    source: hub("ecs", "ecs-8"),
    types: ["JobDefinition"],
    violations: (inputs) =>
      (containerOf(inputs).environment ?? []).flatMap(({ name }) => unless(!CREDENTIALS.includes(name), name)),
  },
  {
    rule: "Functions have a runtime that AWS supports, and log into a group that the program keeps",
    breaks: ["Function", (inputs) => ({ ...inputs, runtime: "nodejs18.x" }), "its runtime is an old one"],
    source: hub("lambda", "lambda-2"),
    types: ["Function"],
    violations: ({ runtime, loggingConfig }) => [
      ...unless(/^nodejs2[24]\.x$/.test(String(runtime)), "its runtime is an old one"),
      ...unless((loggingConfig as Inputs | undefined)?.["logGroup"] !== undefined, "its logs are kept for ever"),
    ],
  },
  {
    rule: "Fargate has its latest platform",
    breaks: [
      "JobDefinition",
      changed({ fargatePlatformConfiguration: { platformVersion: "1.3.0" } }),
      "its platform is an old one",
    ],
    source: hub("ecs", "ecs-10"),
    types: ["JobDefinition"],
    violations: (inputs) => {
      const { fargatePlatformConfiguration: platform } = containerOf(inputs);
      return unless(platform === undefined || platform.platformVersion === "LATEST", "its platform is an old one");
    },
  },
];
