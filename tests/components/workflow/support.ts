import jsonata from "jsonata";

import type { VideoBatchPipelineArgs } from "../../../index";
import { normalise, type Pipeline } from "../../../components/settings";
import type { State } from "../../../components/workflow/asl/states";
import { everyState } from "../../../contract/asl";
import { jobVariants } from "../../../components/workflow/batch/jobVariants";
import { generateWorkflow, type GeneratedWorkflow } from "../../../components/workflow/generateWorkflow";
import type { WorkflowArns } from "../../../components/workflow/settings/arns";

export function arnsFor(pipeline: Pipeline): WorkflowArns {
  const arn = (kind: string, name: string): string => `arn:aws:batch:eu-west-1:123456789012:${kind}/${name}`;
  return {
    jobQueues: Object.fromEntries(pipeline.queues.map(({ name }) => [name, arn("job-queue", name)])),
    jobDefinitions: Object.fromEntries(
      jobVariants(pipeline).map(({ key }) => [key, arn("job-definition", `${key}:7`)]),
    ),
    topic: "arn:aws:sns:eu-west-1:123456789012:notices",
    jobLogGroup: "/aws/batch/videos",
    bucketName: "videos-bucket",
  };
}

export function workflowOf(args: VideoBatchPipelineArgs = {}): GeneratedWorkflow {
  const pipeline = normalise("videos", args);
  return generateWorkflow(pipeline, arnsFor(pipeline));
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

/** Evaluates the expressions of a template as Step Functions does: an expression without a value is an error. */
export async function evaluate(template: unknown, bindings: Record<string, unknown>): Promise<unknown> {
  if (typeof template === "string") {
    const code = /^{% (.*) %}$/s.exec(template)?.[1];
    return code === undefined ? template : evaluateCode(code, bindings);
  }
  if (Array.isArray(template)) return Promise.all(template.map((entry) => evaluate(entry, bindings)));
  if (typeof template !== "object" || template === null) return template;
  const entries = Object.entries(template).map(async ([key, value]) => [key, await evaluate(value, bindings)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function evaluateCode(code: string, bindings: Record<string, unknown>): Promise<unknown> {
  const expression = jsonata(code);
  expression.registerFunction("parse", (text: string) => JSON.parse(text) as unknown, "<s:x>");
  const value: unknown = await expression.evaluate(null, bindings);
  if (value === undefined) throw new Error(`States.QueryEvaluationError: ${code} has no value`);
  // JSONata's arrays carry properties of their own.
  return JSON.parse(JSON.stringify(value));
}
