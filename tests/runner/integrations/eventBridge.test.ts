import assert from "node:assert/strict";

import type { Json, JsonObject } from "../../../contract/asl";
import type { SentEvent } from "../../../contract/events";
import { VirtualClock } from "../../../runner/clock/clock";
import { entrySize, findProblem } from "../../../runner/eventBridge/entry";
import { putEvents } from "../../../runner/integrations/eventBridge";
import { findMismatches } from "../../../runner/integrations/serviceModel";
import { context, failureOf } from "./support";

const ENTRY = { EventBusName: "media", Source: "ours", DetailType: "Done", Detail: { a: 1 } };
const EXECUTION = "arn:aws:states:eu-west-1:123456789012:execution:m:e";
const MACHINE = "arn:aws:states:eu-west-1:123456789012:stateMachine:m";
const clock = new VirtualClock(1000);

async function put(...entries: JsonObject[]): Promise<{ sent: SentEvent[]; answer: Json }> {
  const sent: SentEvent[] = [];
  const answer = await putEvents(clock, (event) => sent.push(event)).run({ Entries: entries }, context());
  return { sent, answer };
}

describe("events:putEvents", () => {
  it("sends events, with the execution and its state machine among their resources", async () => {
    const { sent, answer } = await put({ ...ENTRY, Resources: ["arn:x"] }, { ...ENTRY, Detail: '{"b":2}' });
    const event = { time: 1000, bus: "media", source: "ours", detailType: "Done" };
    assert.deepEqual(sent, [
      { ...event, detail: { a: 1 }, resources: ["arn:x", EXECUTION, MACHINE] },
      { ...event, detail: { b: 2 }, resources: [EXECUTION, MACHINE] },
    ]);
    const { Entries, FailedEntryCount } = answer as { Entries: { EventId: string }[]; FailedEntryCount: number };
    assert.deepEqual([Entries.length, FailedEntryCount], [2, 0]);
    assert.match(Entries[0]!.EventId, /^[\da-f-]{36}$/);
  });

  it("sends to the default bus without a name", async () => {
    const { EventBusName, ...entry } = ENTRY;
    assert.equal(EventBusName, "media");
    assert.equal((await put(entry)).sent[0]?.bus, "default");
  });

  const REFUSED: [what: string, change: JsonObject, code: string, message: string][] = [
    [
      "no source",
      { Source: "" },
      "InvalidArgument",
      "Parameter Source is not valid. Reason: Source is a required argument.",
    ],
    [
      "no type",
      { DetailType: "" },
      "InvalidArgument",
      "Parameter DetailType is not valid. Reason: DetailType is a required argument.",
    ],
    [
      "no detail",
      { Detail: "" },
      "InvalidArgument",
      "Parameter Detail is not valid. Reason: Detail is a required argument.",
    ],
    ["a source of AWS", { Source: "aws.s3" }, "NotAuthorizedForSourceException", "Not authorized for the source."],
    ["text for a detail", { Detail: "done" }, "MalformedDetail", "Detail is malformed."],
    ["a list for a detail", { Detail: [1] }, "MalformedDetail", "Detail is malformed."],
    [
      "a long type",
      { DetailType: "x".repeat(129) },
      "InvalidArgument",
      "Parameter DetailType is not valid. Reason: It has more than 128 characters.",
    ],
    [
      "no name of a bus",
      { EventBusName: "my bus" },
      "InvalidArgument",
      "Parameter EventBusName is not valid. Reason: It must be the name or the ARN of an event bus.",
    ],
  ];
  for (const [what, change, ErrorCode, ErrorMessage] of REFUSED) {
    it(`fails the task for an entry with ${what}, and sends the others`, async () => {
      const sent: SentEvent[] = [];
      const run = putEvents(clock, (event) => sent.push(event)).run(
        { Entries: [ENTRY, { ...ENTRY, ...change }] },
        context(),
      );
      const [error, cause = "{}"] = await failureOf(run);
      assert.equal(error, "EventBridge.FailedEntry");
      const { Entries, FailedEntryCount } = JSON.parse(cause) as { Entries: object[]; FailedEntryCount: number };
      assert.deepEqual([Entries[1], FailedEntryCount], [{ ErrorCode, ErrorMessage }, 1]);
      assert.equal(sent.length, 1);
    });
  }

  it("takes ten entries, and 256 KiB of them together", async () => {
    const failure = "EventBridge.AmazonEventBridgeException";
    assert.deepEqual(await failureOf(put()), [failure, "Entries must have 1 to 10 members. Received 0."]);
    assert.deepEqual(await failureOf(put(...Array<JsonObject>(11).fill(ENTRY))), [
      failure,
      "Entries must have 1 to 10 members. Received 11.",
    ]);
    assert.equal((await put(...Array<JsonObject>(10).fill(ENTRY))).sent.length, 10);
    const rest = "ours".length + "Done".length + '{"a":""}'.length + EXECUTION.length + MACHINE.length;
    const filled = (bytes: number): JsonObject => ({ ...ENTRY, Detail: { a: "x".repeat(bytes - rest) } });
    assert.equal((await put(filled(262_144))).sent.length, 1);
    assert.deepEqual(await failureOf(put(filled(262_145))), [
      failure,
      "The entries must have at most 262144 bytes together. Received 262145.",
    ]);
  });

  it("counts bytes as the service does: UTF-8, and 14 for a time", () => {
    assert.equal(entrySize({ Source: "ü", DetailType: "映", Detail: "{}", Resources: ["a", "b"], Time: "now" }), 23);
    assert.equal(entrySize({ EventBusName: "not counted" }), 0);
  });

  it("takes any detail, and otherwise only what the model has", () => {
    const resource = "arn:aws:states:::events:putEvents";
    assert.deepEqual(findMismatches(resource, { Entries: [ENTRY, { ...ENTRY, Detail: "{}" }] }), []);
    assert.deepEqual(findMismatches(resource, { Entries: [{ ...ENTRY, Source: 1, Bus: "b" }] }), [
      "The value for the field 'Source' must be a STRING",
      "The field 'Bus' is not supported by Step Functions",
    ]);
    assert.deepEqual(findMismatches(resource, {}), ["The field 'Entries' is required but was missing"]);
  });
});

describe("an event that a job prints", () => {
  const printed = { ...ENTRY, Detail: "{}", Resources: ["arn:x"] };
  const cases: [what: string, json: string, problem: string | undefined][] = [
    ["as the worker does", JSON.stringify(printed), undefined],
    ["that is no JSON", "{a", "It is not JSON."],
    ["with a number", JSON.stringify({ ...printed, Source: 1 }), "Source is not text."],
    ["without resources", JSON.stringify({ ...printed, Resources: undefined }), "Resources are not texts."],
    ["with a detail that is no object", JSON.stringify({ ...printed, Detail: "[]" }), "Detail is malformed."],
    [
      "that is too large",
      JSON.stringify({ ...printed, Detail: JSON.stringify("x".repeat(262_144)) }),
      "It has 262159 bytes, and may have at most 262144.",
    ],
  ];
  for (const [what, json, problem] of cases) {
    it(`is ${problem === undefined ? "taken" : "refused"}: one ${what}`, () =>
      assert.equal(findProblem(json), problem));
  }
});
