import type { JsonObject } from "../stateMachine/definition";
import type { StatesError } from "../stateMachine/errors";
import type { StateVisit } from "../stateMachine/events";
import type { TaskHandler, TaskHandlers } from "../stateMachine/task";

/** Decides before a call of a service whether the call fails, and how. Undefined lets it through. */
export type Fault = (resource: string, args: JsonObject, visit: StateVisit) => StatesError | undefined;

/** The same services, which fail where the fault says so: for tests of what a definition does then. */
export function withFault(handlers: TaskHandlers, fault: Fault): TaskHandlers {
  return Object.fromEntries(
    Object.entries(handlers).map(([resource, handler]): [string, TaskHandler] => [
      resource,
      {
        fields: handler.fields,
        async run(args, context) {
          const error = fault(resource, args, context.visit);
          if (error) throw error;
          return handler.run(args, context);
        },
      },
    ]),
  );
}
