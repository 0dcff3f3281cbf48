import type { Json, JsonObject } from "../../contract/asl";
import { callOf } from "../../contract/serviceCalls";
import { shapeOf } from "../serviceModels/shapes";
import { isOfType, type Shape } from "../serviceModels/shape";
import { StatesError } from "../stateMachine/errors";
import type { TaskHandler, TaskHandlers } from "../stateMachine/task";

/** What Step Functions takes as any value, and turns into text. */
const ANYTHING: Record<string, string[]> = {
  "sns:publish": ["Message"],
  "sqs:sendMessage": ["MessageBody"],
  "states:startExecution": ["Input"],
  "sfn:startSyncExecution": ["Input"],
  "events:putEvents": ["Detail"],
  "lambda:invoke": ["Payload"],
};

/**
 * Makes handlers refuse arguments as Step Functions does, by the model of the service: a task with a wrong one can't be started. That is
 * `States.Runtime`, which no retrier and no catcher sees, and which ends the whole execution, also from inside a Parallel or a Map.
 */
export function withModels(handlers: TaskHandlers): TaskHandlers {
  return Object.fromEntries(
    Object.entries(handlers).map(([resource, handler]) => [resource, withModel(resource, handler)]),
  );
}

function withModel(resource: string, handler: TaskHandler): TaskHandler {
  return {
    ...handler,
    run(args, context) {
      const problems = findMismatches(resource, args);
      if (problems.length > 0) {
        throw new StatesError(
          "States.Runtime",
          `An error occurred while executing the state '${context.visit.state}'. The Parameters '${JSON.stringify(args)}' could not be used to start the Task: [${problems.join(", ")}]`,
        );
      }
      return handler.run(args, context);
    },
  };
}

/** What arguments have that the model of the called operation does not allow. */
export function findMismatches(resource: string, args: JsonObject): string[] {
  const operation = operationOf(resource);
  const shape = shapeOf(operation);
  if (shape === undefined) return [];
  return mismatchesIn(withTexts(args, ANYTHING[operation] ?? []), shape, "");
}

/** Arguments whose members with one of these names are text, and so are those of the entries of their lists. */
function withTexts(args: JsonObject, names: readonly string[]): JsonObject {
  const read = (name: string, value: Json): Json => {
    if (names.includes(name)) return JSON.stringify(value);
    if (!Array.isArray(value)) return value;
    return value.map((entry) => (isOfType(entry, "structure") ? withTexts(entry as JsonObject, names) : entry));
  };
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, read(name, value)]));
}

/** The operation that a resource calls: `batch:submitJob` for `batch:submitJob.sync`. */
function operationOf(resource: string): string {
  return (callOf(resource) ?? resource).replace(/^aws-sdk:/, "").replace(/\..*$/, "");
}

function mismatchesIn(value: Json, shape: Shape, field: string): string[] {
  if (!isOfType(value, shape.type)) return [`The value for the field '${field}' must be ${NAMES[shape.type]}`];
  if (shape.type === "list")
    return (value as Json[]).flatMap((entry) => mismatchesIn(entry, shape.member as Shape, field));
  if (shape.type === "map") {
    return Object.entries(value as JsonObject).flatMap(([name, entry]) =>
      mismatchesIn(entry, shape.value as Shape, name),
    );
  }
  return shape.type === "structure" ? mismatchesOfMembers(value as JsonObject, shape) : [];
}

function mismatchesOfMembers(value: JsonObject, { members = {}, required: names = [] }: Shape): string[] {
  const missing = names.filter((name) => value[name] === undefined);
  const wrong = Object.entries(value).flatMap(([name, entry]) => {
    const member = members[name];
    return member ? mismatchesIn(entry, member, name) : [`The field '${name}' is not supported by Step Functions`];
  });
  return [...missing.map(required), ...wrong];
}

function required(name: string): string {
  return `The field '${name}' is required but was missing`;
}

/** How Step Functions calls the types. */
const NAMES: Record<string, string> = {
  string: "a STRING",
  integer: "an INTEGER",
  long: "a LONG",
  double: "a DOUBLE",
  boolean: "a BOOLEAN",
  list: "an ARRAY",
  map: "a MAP",
  structure: "a STRUCTURE",
  timestamp: "a TIMESTAMP",
  blob: "a BLOB",
};
