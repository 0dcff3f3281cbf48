import type { Account } from "./account";
import type { LogStream } from "./jobs";

export interface LogLine {
  /** Milliseconds since the epoch. */
  time: number;
  text: string;
}

/** The lines of a log stream, or only the last ones. Empty if the stream does not exist, because the job wrote nothing. */
export async function readLog(account: Account, log: LogStream, options: { last?: number } = {}): Promise<string[]> {
  return (await readLogLines(account, log, options)).map(({ text }) => text);
}

/** The same lines with their times. */
export async function readLogLines(
  account: Account,
  { group, stream }: LogStream,
  { last }: { last?: number } = {},
): Promise<LogLine[]> {
  const lines: LogLine[] = [];
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
    for (const { message = "", timestamp = 0 } of page?.events ?? []) {
      lines.push({ time: timestamp, text: message.trimEnd() });
    }
    // At its end a stream returns the token of the request.
    if (last !== undefined || page?.nextForwardToken === undefined || page.nextForwardToken === token) return lines;
    token = page.nextForwardToken;
  }
}
