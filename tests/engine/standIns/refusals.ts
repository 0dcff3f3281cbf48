import { checkPattern } from "../../../components/eventPattern/checkPattern";
import type { SubMachine } from "../../../contract/asl";
import { expressProblems } from "../../../runner/stateMachine/express";
import type { Existing, ResourceType } from "./resourceType";
import { refusalOfFunction } from "./functionRefusals";
import { busName, refusalOfBus, refusalOfBusPolicy } from "./busRefusals";
import { namesIt } from "./references";

/** Why AWS refuses to make a resource, if it does. */
export function refusalOfCreation(resource: Existing, others: Existing[], type: ResourceType): string | undefined {
  if (type.name === undefined || type.sharesNames) return undefined;
  const same = others.find((other) => other.name === resource.name && isInTheSamePlace(resource, other, type));
  return same && `AlreadyExists: ${resource.name} exists already (${same.urn})`;
}

function isInTheSamePlace(one: Existing, other: Existing, { uniqueIn }: ResourceType): boolean {
  if (uniqueIn === "account") return true;
  const scope = uniqueIn?.input;
  return one.region === other.region && (scope === undefined || one.inputs[scope] === other.inputs[scope]);
}

type Refusal = (resource: Existing, others: Existing[]) => string | undefined;

const OF_CONTENTS: Record<string, Refusal> = {
  "aws:sfn/stateMachine:StateMachine": ({ inputs }) => {
    if (inputs["type"] !== "EXPRESS") return undefined;
    const problems = expressProblems(JSON.parse(String(inputs["definition"])) as SubMachine);
    return problems.length > 0 ? `InvalidDefinition: SCHEMA_VALIDATION_FAILED: ${problems.join(", ")}` : undefined;
  },
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": refusalOfBusPolicy,
  "aws:cloudwatch/eventRule:EventRule": ({ inputs }, others) =>
    refusalOfPattern(inputs["eventPattern"]) ?? refusalOfBus(inputs["eventBusName"], others),
  "aws:lambda/function:Function": refusalOfFunction,
  "aws:ec2/subnet:Subnet": refusalOfRange,
};

/** Why AWS refuses what a resource is to be, if it does. */
export function refusalOfContent(resource: Existing, others: Existing[]): string | undefined {
  return OF_CONTENTS[resource.type]?.(resource, others);
}

function refusalOfRange(subnet: Existing, others: Existing[]): string | undefined {
  const rangeOf = ({ inputs }: Existing): string => String(inputs["cidrBlock"]);
  const other = ofType(others, subnet.type).find(
    (each) =>
      each.id !== subnet.id &&
      each.inputs["vpcId"] === subnet.inputs["vpcId"] &&
      overlap(rangeOf(subnet), rangeOf(each)),
  );
  return other && `InvalidSubnet.Conflict: The CIDR '${rangeOf(subnet)}' conflicts with another subnet`;
}

/** Whether two ranges have addresses in common: then the smaller one begins in the larger one. */
function overlap(one: string, other: string): boolean {
  const [small, large] = [one, other].sort((a, b) => maskOf(b) - maskOf(a)) as [string, string];
  return startOf(small, maskOf(large)) === startOf(large, maskOf(large));
}

function maskOf(range: string): number {
  return Number(range.split("/")[1]);
}

function startOf(range: string, mask: number): number {
  const address = range
    .split("/")[0]!
    .split(".")
    .reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return Math.floor(address / 2 ** (32 - mask));
}

function refusalOfPattern(pattern: unknown): string | undefined {
  if (typeof pattern !== "string") return undefined;
  const problems = checkPattern("pattern", JSON.parse(pattern));
  const reasons = problems.map(({ reason }) => reason).join(" ");
  return problems.length > 0
    ? `InvalidEventPatternException: Event pattern is not valid. Reason: ${reasons}`
    : undefined;
}

const OF_DELETIONS: Record<string, Refusal> = {
  "aws:cloudwatch/eventBus:EventBus": (bus, others) => {
    const rule = ofType(others, "aws:cloudwatch/eventRule:EventRule").find(
      ({ inputs, region }) => region === bus.region && busName(inputs["eventBusName"]) === bus.name,
    );
    return rule && `ValidationException: Cannot delete event bus ${bus.name}: it has the rule ${rule.name}`;
  },
  "aws:batch/computeEnvironment:ComputeEnvironment": (environment, others) => {
    const queue = ofType(others, "aws:batch/jobQueue:JobQueue").find((other) => namesIt(other.inputs, environment));
    return queue && `ClientException: Cannot delete, found existing JobQueue relationship (${environment.name})`;
  },
  "aws:batch/schedulingPolicy:SchedulingPolicy": (policy, others) => {
    const queue = ofType(others, "aws:batch/jobQueue:JobQueue").find((other) => namesIt(other.inputs, policy));
    return queue && `ClientException: scheduling policy ${policy.name} is in use by ${queue.name}`;
  },
  "aws:iam/role:Role": (role, others) => {
    const attached = others.find(({ type, inputs }) => ATTACHED_TO_ROLES.test(type) && inputs["role"] === role.name);
    return attached && `DeleteConflict: ${role.name} still has ${attached.urn}`;
  },
  "aws:cloudwatch/eventRule:EventRule": (rule, others) => {
    const target = ofType(others, "aws:cloudwatch/eventTarget:EventTarget").find(
      ({ inputs }) => inputs["rule"] === rule.name,
    );
    return target && `ValidationException: Rule can't be deleted since it has targets (${rule.name})`;
  },
  "aws:ec2/securityGroup:SecurityGroup": (group, others) => {
    const user = others.find(({ inputs }) => JSON.stringify(inputs).includes(`"${group.id}"`));
    return user && `DependencyViolation: resource ${group.id} has a dependent object (${user.urn})`;
  },
};

const ATTACHED_TO_ROLES = /^aws:iam\/(rolePolicy|rolePolicyAttachment|instanceProfile):/;

/** Why AWS refuses to delete a resource at once, if it does. */
export function refusalOfDeletion(resource: Existing, others: Existing[]): string | undefined {
  return OF_DELETIONS[resource.type]?.(resource, others);
}

function ofType(resources: Existing[], type: string): Existing[] {
  return resources.filter((resource) => resource.type === type);
}
