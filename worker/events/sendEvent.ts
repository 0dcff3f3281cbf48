import { type EventEntry, PRINT_EVENTS_VARIABLE } from "../../contract/videoEvents";
import type * as EventBridgeModule from "./eventBridge";

/** Sends an event to its bus. In a local run there is none: the runner reads the event from the job's output. */
export async function sendEvent(entry: EventEntry): Promise<void> {
  if (process.env[PRINT_EVENTS_VARIABLE]) {
    process.stdout.write(`event ${JSON.stringify(entry)}\n`);
    return;
  }
  // As with S3, the bundle loads the SDK only here, which few jobs need.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { putEvent } = require("./eventBridge") as typeof EventBridgeModule;
  await putEvent(entry);
}
