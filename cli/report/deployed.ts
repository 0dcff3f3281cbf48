import { consoleLog } from "../../contract/console";
import { outputs } from "../../contract/outputs";
import type { Account } from "../../aws/account";
import { machineOfExecution } from "../../aws/arn";
import type { ExecutionReader } from "../../aws/execution";
import { OutputFiles } from "../../aws/outputFiles";
import type { Run } from "../../contract/run";
import { outline } from "../../view/outline/outline";
import { reportPage } from "../../view/report/page";
import { mediaOf, planOf } from "../../view/report/report";
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
  const place = machineOfExecution(run.execution);
  const logUrl = (stream: string): string | undefined => {
    const log = reader.logs.get(stream);
    return place && log && consoleLog(place, log.group, log.stream);
  };
  return reportPage(
    {
      run,
      machine: outline(reader.definition),
      priorities: reader.queues.priorities,
      ...(media ? { media } : {}),
      plan: planOf(await files?.json(outputs.plan)),
      features: files ? await readFeatures(files) : { thumbnails: [], changes: [] },
      links: { log: logUrl },
    },
    { now: Date.now() },
  );
}
