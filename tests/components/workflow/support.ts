import type { VideoBatchPipelineArgs } from "../../../index";
import { normalise } from "../../../components/settings";
import type { State } from "../../../components/workflow/asl/states";
import { everyState, type Json, type JsonObject } from "../../../contract/asl";
import { jobVariants } from "../../../components/workflow/batch/jobVariants";
import { generateWorkflow, type GeneratedWorkflow } from "../../../components/workflow/generateWorkflow";
import type { WorkflowArns } from "../../../components/workflow/settings/arns";
import type { WorkflowSettings } from "../../../components/workflow/settings/settings";
import { Evaluator } from "../../../runner/stateMachine/expressions";

export function arnsFor(settings: WorkflowSettings): WorkflowArns {
  const arn = (kind: string, name: string): string => `arn:aws:batch:eu-west-1:123456789012:${kind}/${name}`;
  return {
    jobQueues: Object.fromEntries(settings.queues.map(({ name }) => [name, arn("job-queue", name)])),
    jobDefinitions: Object.fromEntries(
      jobVariants(settings).map(({ key }) => [key, arn("job-definition", `${key}:7`)]),
    ),
    topic: "arn:aws:sns:eu-west-1:123456789012:notices",
    ...(settings.sendsEvents ? { eventBus: "arn:aws:events:eu-west-1:123456789012:event-bus/media" } : {}),
    jobLogGroup: "/aws/batch/videos",
    bucketName: "videos-bucket",
  };
}

export function workflowOf(args: VideoBatchPipelineArgs = {}): GeneratedWorkflow {
  const { workflow } = normalise("videos", args).stateMachine;
  return generateWorkflow(workflow, arnsFor(workflow));
}

export function stateOf<T extends State["Type"]>(
  workflow: GeneratedWorkflow,
  name: string,
  type: T,
): Extract<State, { Type: T }> {
  const state = everyState(workflow.definition).find((located) => located.name === name)?.state;
  if (state?.Type !== type) throw new Error(`There is no ${type} state named ${name}.`);
  return state as Extract<State, { Type: T }>;
}

/** One for all, so that each expression is parsed once. */
const evaluator = new Evaluator({ now: () => Date.now(), random: () => 0 });

/** Evaluates the expressions of a template as a state does when the workflow runs on this machine. */
export function evaluate(template: unknown, bindings: Record<string, unknown>): Promise<Json> {
  return evaluator.evaluate(template as Json, "Field", "State", bindings as JsonObject);
}
