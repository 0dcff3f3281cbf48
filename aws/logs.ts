import type { Account } from "./account";
import type { LogStream } from "./jobs";

/** The lines of a log stream, or its last ones. Empty for a stream that isn't there: a job that wrote nothing has none. */
export async function readLog(
  account: Account,
  { group, stream }: LogStream,
  { last }: { last?: number } = {},
): Promise<string[]> {
  const lines: string[] = [];
  let token: string | undefined;
  for (;;) {
    const nextToken = token;
    const page = await account.logs(async (sdk, client) => {
      try {
        return await client.send(
          new sdk.GetLogEventsCommand({
            ...{ logGroupName: group, logStreamName: stream, startFromHead: last === undefined },
            ...(last === undefined ? { nextToken } : { limit: last }),
          }),
        );
      } catch (error) {
        if (error instanceof sdk.ResourceNotFoundException) return undefined;
        throw error;
      }
    });
    lines.push(...(page?.events ?? []).map(({ message = "" }) => message.trimEnd()));
    // At its end a stream answers with the token that it was asked with.
    if (last !== undefined || page?.nextForwardToken === undefined || page.nextForwardToken === token) return lines;
    token = page.nextForwardToken;
  }
}
