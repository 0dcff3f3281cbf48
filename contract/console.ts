/** A region in its partition. */
export interface ConsolePlace {
  partition: string;
  region: string;
}

/** Partitions whose console has a domain of its own. */
const DOMAINS: Record<string, string> = {
  "aws-cn": "amazonaws.cn",
  "aws-us-gov": "amazonaws-us-gov.com",
};

/** Where AWS's console shows a page of a service. */
export function consoleUrl({ partition, region }: ConsolePlace, path: string): string {
  return `https://${region}.console.${DOMAINS[partition] ?? "aws.amazon.com"}/${path}`;
}

/** A view of a service's start page, which is what most of the console's URLs name. */
export function consoleView(place: ConsolePlace, service: string, view: string): string {
  return consoleUrl(place, `${service}/home?region=${place.region}#${view}`);
}

/** A log group, or one of its streams. */
export function consoleLog(place: ConsolePlace, group: string, stream?: string): string {
  const events = stream === undefined ? "" : `/log-events/${escapeTwice(stream)}`;
  return consoleView(place, "cloudwatch", `logsV2:log-groups/log-group/${escapeTwice(group)}${events}`);
}

/** The console requires the names of logs to be escaped twice, with `$` for `%`. */
function escapeTwice(text: string): string {
  return encodeURIComponent(encodeURIComponent(text)).replaceAll("%", "$");
}
