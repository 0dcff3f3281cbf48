import { everyState, type SubMachine } from "../../contract/asl";
import { callOf, serviceOf } from "../../contract/serviceCalls";
import { isService, type Service } from "./kinds";

/** A state that calls a service. */
export interface TaskStep {
  name: string;
  service: Service;
  /** Whether it reads an object, which may be missing or unreadable. */
  reads?: true;
}

/** The steps of a definition that faults apply to. Those in branches follow the state that contains them. */
export function stepsOf(definition: unknown): TaskStep[] {
  return everyState(definition as SubMachine).flatMap(({ name, state }): TaskStep[] => {
    const resource = state.Type === "Task" ? state.Resource : "";
    const service = serviceOf(resource);
    if (!isService(service)) return [];
    return [{ name, service, ...(callOf(resource) === "aws-sdk:s3:getObject" ? { reads: true } : {}) }];
  });
}
