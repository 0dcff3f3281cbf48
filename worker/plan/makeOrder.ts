import type { Order } from "../../contract/order";
import { outputs } from "../../contract/outputs";
import type { Plan } from "../../contract/plan";
import { leadingRenditions } from "./steps";

/** @param todo The steps that have something to do. */
export function makeOrder(plan: Plan, todo: string[]): Order {
  return {
    version: 1,
    plan: { path: outputs.plan, fingerprint: plan.fingerprint },
    chunks: plan.parts.map(({ chunks }) => chunks),
    renditions: leadingRenditions(plan).length,
    todo,
  };
}
