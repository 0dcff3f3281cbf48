import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { EventEntry } from "../../../contract/videoEvents";
import { putEvent } from "../../../worker/events/eventBridge";
import { sendEvent } from "../../../worker/events/sendEvent";
import { useEnvironment } from "../../support/useEnvironment";

const ENTRY: EventEntry = {
  EventBusName: "arn:aws:events:eu-west-1:123456789012:event-bus/media",
  ...{ Source: "video-batch-pipeline", DetailType: "Video Playable", Detail: "{}", Resources: ["arn:execution"] },
};

interface Answer {
  status: number;
  body: object;
}

describe("a job's event", () => {
  const received: { target?: string; body: unknown }[] = [];
  let answers: Answer[] = [];
  let server: Server;
  before(async () => {
    server = createServer((request, response) => {
      let text = "";
      request.on("data", (data: Buffer) => (text += data.toString()));
      request.on("end", () => {
        received.push({ target: request.headers["x-amz-target"] as string, body: JSON.parse(text) });
        const { status, body } = answers.shift()!;
        response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  after(() => void server.close());
  const set = useEnvironment();
  beforeEach(() => {
    received.length = 0;
    set({
      AWS_ENDPOINT_URL_EVENTBRIDGE: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      ...{ AWS_REGION: undefined, AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "key" },
    });
  });

  it("is put on its bus", async () => {
    answers = [{ status: 200, body: { FailedEntryCount: 0, Entries: [{ EventId: "1" }] } }];
    await sendEvent(ENTRY);
    assert.deepEqual(received, [{ target: "AWSEvents.PutEvents", body: { Entries: [ENTRY] } }]);
  });

  it("is put again when there were too many calls", async () => {
    const throttled = { status: 400, body: { __type: "ThrottlingException", message: "Rate exceeded" } };
    answers = [throttled, throttled, { status: 200, body: { FailedEntryCount: 0, Entries: [{ EventId: "1" }] } }];
    await putEvent(ENTRY);
    assert.equal(received.length, 3);
  });

  it("fails if the call succeeds and its entry doesn't", async () => {
    const Entries = [{ ErrorCode: "InternalFailure", ErrorMessage: "Unexpected error occurred." }];
    answers = [{ status: 200, body: { FailedEntryCount: 1, Entries } }];
    await assert.rejects(putEvent(ENTRY), {
      message: "EventBridge refused the event: InternalFailure Unexpected error occurred.",
    });
  });

  it("fails without the permission", async () => {
    answers = [{ status: 400, body: { __type: "AccessDeniedException", message: "Not authorized." } }];
    await assert.rejects(putEvent(ENTRY), { name: "AccessDeniedException" });
    assert.equal(received.length, 1);
  });
});
