import { type Outcome, outcomeIn } from "../contract/notices";
import type { Account } from "./account";

/** Executions that are read at once: Step Functions throttles whoever asks for more. */
const AT_ONCE = 5;

/**
 * The outcomes of executions that succeeded, by their ARNs: each one's output is its notice. Lists of executions don't have outputs, so
 * this is a call for each. When a call fails, it warns and leaves out the rest, which are the older ones.
 */
export async function readOutcomes(
  account: Account,
  executions: readonly string[],
  warn: (sentence: string) => void,
): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (let index = 0; index < executions.length; index += AT_ONCE) {
    try {
      const group = executions.slice(index, index + AT_ONCE);
      const outputs = await Promise.all(group.map((arn) => readOutput(account, arn)));
      for (const [position, arn] of group.entries()) {
        const outcome = outcomeIn(outputs[position] ?? "");
        if (outcome) outcomes.set(arn, outcome);
      }
    } catch (error) {
      warn(`From here on, the list doesn't show what is missing or damaged: ${(error as Error).message}`);
      break;
    }
  }
  return outcomes;
}

async function readOutput(account: Account, executionArn: string): Promise<string | undefined> {
  const { output } = await account.stepFunctions((sdk, client) =>
    client.send(new sdk.DescribeExecutionCommand({ executionArn })),
  );
  return output;
}
