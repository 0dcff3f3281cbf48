import type { Order } from "../../contract/order";
import { outputs } from "../../contract/outputs";
import type { OwnedOutput } from "../output/ownedOutput";
import { makeOrder } from "../plan/makeOrder";
import { remainingSteps, type Vouching } from "./remainingSteps";

/** Records what the execution of a metadata job has to do. */
export async function writeOrder(output: OwnedOutput, job: string, vouching: Vouching): Promise<Order> {
  const order = makeOrder(output.plan, await remainingSteps(output, vouching));
  await output.write(outputs.order(job), JSON.stringify(order), { intermediate: true });
  return order;
}
