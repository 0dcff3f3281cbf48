import type { JsonObject } from "../../contract/asl";
import type { SentEvent } from "../../contract/events";
import type { EventEntry } from "../../contract/videoEvents";

/**
 * An entry of `PutEvents`, whose types are right.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
 */
export interface Entry {
  EventBusName?: string;
  Source?: string;
  DetailType?: string;
  /** JSON. */
  Detail?: string;
  Resources?: string[];
  Time?: string;
  TraceHeader?: string;
}

export const MAX_REQUEST_BYTES = 262_144;
const MAX_DETAIL_TYPE = 128;

/** The bytes of an entry that count: its texts in UTF-8, and 14 for a time. The name of the bus is not among them. */
export function entrySize({ Source = "", DetailType = "", Detail = "", Resources = [], Time }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return texts + (Time === undefined ? 0 : 14);
}

/** Why the service would fail an entry that it takes, by its own codes. */
export function findRefusal(entry: Entry): { code: string; message: string } | undefined {
  const { Source, DetailType, Detail, EventBusName } = entry;
  for (const [name, value] of Object.entries({ Source, DetailType, Detail })) {
    if (!value) return invalidArgument(name, `${name} is a required argument.`);
  }
  if (Source!.startsWith("aws.")) {
    return { code: "NotAuthorizedForSourceException", message: "Not authorized for the source." };
  }
  if (EventBusName !== undefined && !BUS.test(EventBusName)) {
    return invalidArgument("EventBusName", "It must be the name or the ARN of an event bus.");
  }
  if (DetailType!.length > MAX_DETAIL_TYPE) {
    return invalidArgument("DetailType", `It has more than ${MAX_DETAIL_TYPE} characters.`);
  }
  return isObject(Detail!) ? undefined : { code: "MalformedDetail", message: "Detail is malformed." };
}

/** A bus may exist outside the program, so only the form of its name can be checked. */
const BUS = /^(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:\d{12}:event-bus\/)?[/.\-_A-Za-z0-9]{1,256}$/;

function invalidArgument(name: string, reason: string): { code: string; message: string } {
  return { code: "InvalidArgument", message: `Parameter ${name} is not valid. Reason: ${reason}` };
}

function isObject(json: string): boolean {
  const value = parse(json);
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Nothing for text that is no JSON. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** The event of an entry that the service takes. */
export function readEvent(entry: Entry, time: number): SentEvent {
  const { EventBusName = "default", Source = "", DetailType = "", Detail = "{}", Resources = [] } = entry;
  return {
    time,
    bus: EventBusName,
    source: Source,
    detailType: DetailType,
    detail: JSON.parse(Detail) as JsonObject,
    resources: Resources,
  };
}

/** Why the service would not take the event that a job printed, if it wouldn't. A program of a user's own may print anything. */
export function findProblem(json: string): string | undefined {
  const entry = parse(json) as Partial<Record<keyof EventEntry, unknown>> | undefined;
  if (entry === undefined) return "It is not JSON.";
  const { Resources, ...texts } = entry;
  const wrong = Object.entries(texts).find(([, value]) => typeof value !== "string")?.[0];
  if (wrong !== undefined) return `${wrong} is not text.`;
  if (!Array.isArray(Resources) || !Resources.every((one) => typeof one === "string"))
    return "Resources are not texts.";
  const bytes = entrySize(entry as Entry);
  if (bytes > MAX_REQUEST_BYTES) return `It has ${bytes} bytes, and may have at most ${MAX_REQUEST_BYTES}.`;
  return findRefusal(entry as Entry)?.message;
}
