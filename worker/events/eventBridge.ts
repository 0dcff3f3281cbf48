import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";

import { parseArn } from "../../contract/arn";
import type { EventEntry } from "../../contract/videoEvents";

/** The video doesn't wait for longer, retries included. */
const LONGEST_WAIT_MS = 10_000;

/** Sends an event to a bus that its ARN names. A failed entry is an error too, though the call succeeds. */
export async function putEvent(entry: EventEntry): Promise<void> {
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const client = new EventBridgeClient({ region: parseArn(entry.EventBusName).region, maxAttempts: 4 });
  try {
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [entry] }), {
      abortSignal: AbortSignal.timeout(LONGEST_WAIT_MS),
    });
    const [failed] = Entries.filter(({ ErrorCode }) => ErrorCode !== undefined);
    if (failed)
      throw new Error(`EventBridge refused the event: ${failed.ErrorCode} ${failed.ErrorMessage ?? ""}`.trim());
  } finally {
    client.destroy();
  }
}
