import { outputs } from "../../contract/outputs";
import type { Account } from "../../aws/account";
import { machineOfExecution } from "../../aws/arn";
import type { ExecutionReader } from "../../aws/execution";
import { OutputFiles } from "../../aws/outputFiles";
import type { Run } from "../../contract/run";
import { outline } from "../../view/outline/outline";
import { reportPage } from "../../view/report/page";
import { mediaOf } from "../../view/report/report";
import { readFeatures } from "./features";

/** The report of an execution, with the data of its output in S3 as far as that is readable. It does not download the videos. */
export async function deployedReport(
  account: Account,
  reader: ExecutionReader,
  run: Run,
  warn: (sentence: string) => void,
): Promise<string> {
  const files = reader.output === undefined ? undefined : new OutputFiles(account, reader.output, warn);
  const media = mediaOf(await files?.json(outputs.manifest));
  const region = machineOfExecution(run.execution)?.region;
  return reportPage(
    {
      run,
      machine: outline(reader.definition),
      priorities: reader.queues.priorities,
      ...(media ? { media } : {}),
      features: files ? await readFeatures(files) : { thumbnails: [], changes: [] },
      links: { log: (stream) => consoleLink(region, reader.logs.get(stream)) },
    },
    { now: Date.now() },
  );
}

/** The console requires names to be escaped twice, with `$` for `%`. */
function consoleLink(
  region: string | undefined,
  log: { group: string; stream: string } | undefined,
): string | undefined {
  if (region === undefined || log === undefined) return undefined;
  const escapeTwice = (text: string): string => encodeURIComponent(encodeURIComponent(text)).replaceAll("%", "$");
  return `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${escapeTwice(log.group)}/log-events/${escapeTwice(log.stream)}`;
}
