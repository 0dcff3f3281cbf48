import type {
  BatchConfiguration,
  ComputeEnvironment,
  FairSharePolicy,
  JobDefinition,
  JobQueue,
} from "../batch/api/configuration";
import type { StateMachineType } from "../stateMachine/express";
import { jobDefinitionOfCloudControl } from "./cloudControl";
import { readJobDefinition } from "./jobDefinition";
import type { Synthesis, SynthesisedResource } from "./synthesis";
import { UsageError } from "../../contract/usageError";

/** The parts of a program that a run uses: one state machine, and the program's Batch resources. */
export interface Deployment {
  stateMachine: DeployedStateMachine;
  batch: BatchConfiguration;
}

export interface DeployedStateMachine {
  arn: string;
  name: string;
  roleArn: string;
  type: StateMachineType;
  definition: unknown;
}

export interface DeploymentOptions {
  /**
   * Resource name or physical name of the state machine. Defaults to the only one, or to that of the only pipeline; otherwise it is
   * required.
   */
  stateMachine?: string;
  /** vCPUs of every compute environment, instead of the program's. */
  maxVcpus?: number;
  /** Seconds after which queues with wait limits cancel the job at their head, instead of the program's. */
  waitLimitSeconds?: number;
}

const STATE_MACHINE = "aws:sfn/stateMachine:StateMachine";
const PIPELINE = "video-batch-pipeline:index:VideoBatchPipeline";
const JOB_DEFINITION = "aws:batch/jobDefinition:JobDefinition";
const JOB_QUEUE = "aws:batch/jobQueue:JobQueue";
const SCHEDULING_POLICY = "aws:batch/schedulingPolicy:SchedulingPolicy";
const COMPUTE_ENVIRONMENT = "aws:batch/computeEnvironment:ComputeEnvironment";

/** Extracts the parts that a run needs from a program's resources. */
export function readDeployment(synthesis: Synthesis, options: DeploymentOptions = {}): Deployment {
  const { maxVcpus, waitLimitSeconds } = options;
  const checkPositive = (what: string, value: number | undefined): void => {
    if (value === undefined || (value > 0 && Number.isFinite(value))) return;
    throw new UsageError(`The number of ${what} must be above 0. Received ${value}.`);
  };
  checkPositive("vCPUs", maxVcpus);
  checkPositive("seconds to wait", waitLimitSeconds);
  const ofType = (type: string): SynthesisedResource[] =>
    synthesis.resources.filter((resource) => resource.type === type);
  return {
    stateMachine: readStateMachine(pickStateMachine(synthesis, options.stateMachine)),
    batch: {
      jobDefinitions: [...ofType(JOB_DEFINITION), ...synthesis.resources.flatMap(jobDefinitionOfCloudControl)].map(
        (resource): JobDefinition => readJobDefinition(resource),
      ),
      queues: ofType(JOB_QUEUE).map((queue) => readQueue(queue, ofType(SCHEDULING_POLICY), waitLimitSeconds)),
      computeEnvironments: ofType(COMPUTE_ENVIRONMENT).map((resource) => readEnvironment(resource, maxVcpus)),
    },
  };
}

/** All state machines of a program. */
export function readStateMachines({ resources }: Synthesis): DeployedStateMachine[] {
  return resources.filter(({ type }) => type === STATE_MACHINE).map(readStateMachine);
}

function pickStateMachine({ resources }: Synthesis, wanted: string | undefined): SynthesisedResource {
  const machines = resources.filter(({ type }) => type === STATE_MACHINE);
  const names = machines.map(({ name }) => name).join(", ");
  const candidates = machines.filter(
    ({ name, outputs }) => wanted === undefined || name === wanted || outputs["name"] === wanted,
  );
  if (candidates.length === 1) return candidates[0] as SynthesisedResource;
  const pipelines = resources.filter(({ type }) => type === PIPELINE).map(({ urn }) => urn);
  const own = candidates.filter(({ parent }) => parent !== undefined && pipelines.includes(parent));
  if (wanted === undefined && own.length === 1) return own[0] as SynthesisedResource;
  if (machines.length === 0) {
    throw new UsageError(
      "The program has no state machine, so there is nothing to run. Add a VideoBatchPipeline to it.",
    );
  }
  throw new UsageError(
    wanted === undefined
      ? `The program has ${machines.length} state machines: ${names}. Specify which one to run.`
      : `The program has no state machine named ${wanted}. It has: ${names}.`,
  );
}

function readStateMachine({ name, inputs, outputs }: SynthesisedResource): DeployedStateMachine {
  return {
    arn: String(outputs["arn"]),
    name: String(outputs["name"]),
    roleArn: (inputs["roleArn"] as string | undefined) ?? "",
    type: inputs["type"] === "EXPRESS" ? "EXPRESS" : "STANDARD",
    definition: parseDefinition(name, inputs["definition"]),
  };
}

function parseDefinition(name: string, definition: unknown): unknown {
  try {
    return JSON.parse(definition as string) as unknown;
  } catch (error) {
    const message = (error as Error).message;
    throw new UsageError(`The definition of state machine ${name} must be a JSON string. ${message}`);
  }
}

interface EnvironmentOrder {
  order: number;
  computeEnvironment: string;
}

interface TimeLimit {
  reason: string;
  maxTimeSeconds: number;
}

function readQueue(
  { inputs, outputs }: SynthesisedResource,
  policies: SynthesisedResource[],
  waitLimitSeconds: number | undefined,
): JobQueue {
  const orders = (inputs["computeEnvironmentOrders"] ?? []) as EnvironmentOrder[];
  const limits = (inputs["jobStateTimeLimitActions"] ?? []) as TimeLimit[];
  const limitOf = (kind: string): number | undefined => {
    const limit = limits.find(({ reason }) => reason.startsWith(`${kind}:`));
    return limit && (waitLimitSeconds ?? limit.maxTimeSeconds);
  };
  const misfit = limitOf("MISCONFIGURATION");
  const capacity = limitOf("CAPACITY");
  const policy = policies.find(({ outputs: { arn } }) => arn !== undefined && arn === inputs["schedulingPolicyArn"]);
  return {
    arn: String(outputs["arn"]),
    name: String(outputs["name"]),
    enabled: inputs["state"] !== "DISABLED",
    priority: Number(inputs["priority"]),
    computeEnvironments: [...orders]
      .sort((a, b) => a.order - b.order)
      .map(({ computeEnvironment }) => computeEnvironment),
    ...(misfit === undefined ? {} : { misfitWaitSeconds: misfit }),
    ...(capacity === undefined ? {} : { capacityWaitSeconds: capacity }),
    ...(policy ? { fairShare: readFairShare(policy) } : {}),
  };
}

interface FairShareInput {
  shareDecaySeconds?: number;
  computeReservation?: number;
  shareDistributions?: { shareIdentifier: string; weightFactor?: number }[];
}

function readFairShare({ inputs }: SynthesisedResource): FairSharePolicy {
  const policy = (inputs["fairSharePolicy"] ?? {}) as FairShareInput;
  return {
    // Zero means ten minutes, as in the service.
    decaySeconds: policy.shareDecaySeconds || 600,
    reservationPercent: policy.computeReservation ?? 0,
    weights: (policy.shareDistributions ?? []).map(({ shareIdentifier, weightFactor = 1 }) => ({
      identifier: shareIdentifier,
      weight: weightFactor,
    })),
  };
}

function readEnvironment({ inputs, outputs }: SynthesisedResource, maxVcpus: number | undefined): ComputeEnvironment {
  const resources = (inputs["computeResources"] ?? {}) as { maxVcpus?: number; type?: string };
  return {
    arn: String(outputs["arn"]),
    name: String(outputs["name"]),
    enabled: inputs["state"] !== "DISABLED",
    // An unmanaged environment has no limit.
    maxVcpus: maxVcpus ?? resources.maxVcpus ?? Infinity,
    ...(resources.type === undefined ? {} : { type: resources.type }),
  };
}
