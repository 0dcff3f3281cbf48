import { everyState, type SubMachine } from "../../contract/asl";
import { callOf } from "../../contract/serviceCalls";
import { UsageError } from "../../contract/usageError";
import type { BatchConfiguration } from "../batch/api/configuration";
import type { Deployment } from "./deployment";

interface Request {
  step: string;
  queue: string;
  vcpus: number;
}

/**
 * Throws if a step requests more vCPUs than any compute environment of its queue has: it would wait until a limit of the queue or of the
 * step cancels it.
 *
 * @param maxVcpus The vCPUs that the environments were given instead of the program's.
 */
export function checkVcpus({ stateMachine, batch }: Deployment, maxVcpus: number): void {
  const environments = new Map(batch.computeEnvironments.map((environment) => [environment.arn, environment]));
  const tooLarge = requests(stateMachine.definition, batch).filter(({ queue, vcpus }) => {
    const { computeEnvironments = [] } = batch.queues.find(({ arn }) => arn === queue) ?? {};
    return computeEnvironments.every((arn) => (environments.get(arn)?.maxVcpus ?? 0) < vcpus);
  });
  const largest = tooLarge.sort((a, b) => b.vcpus - a.vcpus)[0];
  if (!largest) return;
  const { step, vcpus } = largest;
  throw new UsageError(
    `--max-vcpus ${maxVcpus} is too few: ${step} requests ${vcpus} vCPUs and would wait forever. Use at least ${vcpus}.`,
  );
}

/** What steps request of queues that are known. Arguments may be an expression, which contains these values literally. */
function requests(definition: unknown, { jobDefinitions, queues }: BatchConfiguration): Request[] {
  return everyState(definition as SubMachine).flatMap(({ name, state }): Request[] => {
    const { Resource = "", Arguments } = state as { Resource?: string; Arguments?: unknown };
    if (!callOf(Resource)?.startsWith("batch:submitJob")) return [];
    const text = JSON.stringify(Arguments) ?? "";
    const queue = queues.find(
      ({ arn }) => /:job-queue\/[\w-]+/.exec(text)?.[0] === arn.slice(arn.indexOf(":job-queue/")),
    );
    const found = /:job-definition\/[\w-]+(?::\d+)?/.exec(text)?.[0];
    const definition = jobDefinitions.find(({ arn }) => found !== undefined && arn.includes(found));
    const vcpus = Number(/VCPU\W+Value\W+([\d.]+)/.exec(text)?.[1] ?? definition?.vcpus);
    return queue && vcpus > 0 ? [{ step: name, queue: queue.arn, vcpus }] : [];
  });
}
