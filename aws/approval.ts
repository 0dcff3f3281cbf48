import type { HistoryEvent } from "@aws-sdk/client-sfn";

import { UsageError } from "../contract/usageError";
import type { Account } from "./account";

/**
 * The token of the task in which an execution is waiting for an answer. The token is in the notice, and the history has the
 * notice in the task's scheduled event. The task is still waiting if no later event ends it.
 */
export async function findApprovalToken(account: Account, execution: string): Promise<string> {
  const ended = new Set<number>();
  let nextToken: string | undefined;
  do {
    const token = nextToken;
    const page = await account.stepFunctions((sdk, client) =>
      client.send(
        new sdk.GetExecutionHistoryCommand({
          ...{ executionArn: execution, reverseOrder: true, includeExecutionData: true, maxResults: 1000 },
          nextToken: token,
        }),
      ),
    );
    for (const event of page.events ?? []) {
      const found = tokenIn(event);
      if (found !== undefined && !ended.has(event.id ?? 0)) return found;
      // Each event of a task points to the previous one, so the chain from its end leads back to its start.
      const endsTask = /^(Task(Succeeded|Failed|TimedOut)|Execution(Succeeded|Failed|Aborted|TimedOut))$/.test(
        event.type ?? "",
      );
      if (endsTask || ended.has(event.id ?? 0)) ended.add(event.previousEventId ?? 0);
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  throw new UsageError(`${execution} isn't waiting for approval. See its state with the watch command.`);
}

function tokenIn({ type, taskScheduledEventDetails }: HistoryEvent): string | undefined {
  if (type !== "TaskScheduled" || taskScheduledEventDetails?.resource !== "publish.waitForTaskToken") return undefined;
  try {
    const { Message } = JSON.parse(taskScheduledEventDetails.parameters ?? "") as { Message: string };
    const { default: notice } = JSON.parse(Message) as { default: string };
    return (JSON.parse(notice) as { token?: string }).token;
  } catch (error) {
    // Another task than this pipeline's asks in another form.
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
