import { listed, statementsOf } from "../../support/aws/iam";
import { textOf, type Existing } from "./resourceType";

/** The name of a bus that is named by its name or its ARN. */
export function busName(named: unknown): string {
  return (textOf(named) ?? "default").replace(/^arn:.*:event-bus\//, "");
}

/** EventBridge knows a bus in the same account and region, and the default one. */
export function refusalOfBus(named: unknown, others: Existing[]): string | undefined {
  const name = busName(named);
  const isThere = name === "default" || findBus(name, others) !== undefined;
  return isThere ? undefined : `ResourceNotFoundException: Event bus ${name} does not exist.`;
}

/** A bus's policy is about this bus alone. */
export function refusalOfBusPolicy({ inputs }: Existing, others: Existing[]): string | undefined {
  const bus = findBus(busName(inputs["eventBusName"]), others);
  if (!bus) return refusalOfBus(inputs["eventBusName"], others);
  const foreign = statementsOf(inputs["policy"])
    .flatMap(({ Resource }) => listed(Resource))
    .find((resource) => resource !== bus.outputs["arn"]);
  return foreign && `ValidationException: Resource ${foreign} in the policy of ${bus.name} is not this event bus.`;
}

function findBus(name: string, others: Existing[]): Existing | undefined {
  return others.find((other) => other.type === "aws:cloudwatch/eventBus:EventBus" && other.name === name);
}
