import * as snippets from "../../../../components/workflow/jsonata/eventInput";
import type { Json, JsonObject } from "../../../../contract/asl";
import { objectCreated } from "../../../support/aws/objectCreated";
import { fails, type Row, testSnippets } from "./table";

const { BRANCH_RESULT, inputOfEvent, lacksVideo, READ_INPUT } = snippets;

const DETAIL = { input: "s3://masters/a.mp4", output: "s3://o/x", shareIdentifier: "gold", schedulingPriority: 7 };
const EVENT: JsonObject = { "source": "our.uploads", "detail-type": "Video Uploaded", "detail": DETAIL };
const ASSET: JsonObject = { ...EVENT, detail: { asset: { uri: "s3://masters/a.mp4" }, ids: [1, 2] } };
const UPLOAD = objectCreated("uploads/a.mp4") as unknown as JsonObject;

const OWN = { executionInput: "$id := detail.ids[1]; { 'input': detail.asset.uri, 'id': $id }", uploads: false };
const IN_ALL: Json[] = [{ input: "s3://m/a" }, {}, "text", 7, null, [], [EVENT], { detail: DETAIL }];

const started = (input: Json): JsonObject => ({ states: { input } });
const read = (input: Json, Input: Json): JsonObject => ({ states: { input, context: { Execution: { Input } } } });

describe("JSONata: the input that an event stands for", () => {
  testSnippets<typeof snippets>({
    inputOfEvent: [
      ...[{ uploads: true }, OWN].flatMap((mapping) =>
        IN_ALL.map((input): Row => [`${JSON.stringify(input)} as it is`, inputOfEvent(mapping), started(input), input]),
      ),
      ["the detail", inputOfEvent({ uploads: false }), started(EVENT), DETAIL],
      ["an event of S3 as it is", inputOfEvent({ uploads: false }), started(UPLOAD), UPLOAD],
      ...[null, 7, "text", [DETAIL, DETAIL]].map((detail): Row => {
        const what = `an empty object for the detail ${JSON.stringify(detail)}`;
        return [what, inputOfEvent({ uploads: false }), started({ ...EVENT, detail }), {}];
      }),
      ["an empty object without a detail", inputOfEvent({ uploads: false }), started({ "detail-type": "A" }), {}],
      ["what an expression yields", inputOfEvent(OWN), started(ASSET), { input: "s3://masters/a.mp4", id: 2 }],
      [
        "what it yields from $states",
        inputOfEvent({ ...OWN, executionInput: "$states.input.detail" }),
        started(EVENT),
        DETAIL,
      ],
      [
        "an empty object for another value",
        inputOfEvent({ ...OWN, executionInput: "detail.asset.uri" }),
        started(ASSET),
        {},
      ],
      ["an empty object for no value", inputOfEvent({ ...OWN, executionInput: "detail.none" }), started(ASSET), {}],
      ["an upload as it is, beside uploads", inputOfEvent({ ...OWN, uploads: true }), started(UPLOAD), UPLOAD],
      [
        "an upload by an expression, without",
        inputOfEvent({ ...OWN, executionInput: "{ 'key': detail.object.key }" }),
        started(UPLOAD),
        { key: "uploads/a.mp4" },
      ],
      [
        "an error of an expression",
        inputOfEvent({ ...OWN, executionInput: "$error('No asset.')" }),
        started(ASSET),
        fails("No asset."),
      ],
    ],
    READ_INPUT: [["as it is", READ_INPUT, started(DETAIL), DETAIL]],
    BRANCH_RESULT: [["the first", BRANCH_RESULT, { states: { result: [DETAIL] } }, DETAIL]],
    lacksVideo: [
      ["not if it has an input", lacksVideo(), read(DETAIL, EVENT), false],
      ["not if it is S3's event", lacksVideo(), read(UPLOAD, UPLOAD), false],
      ...([{}, { input: 7 }, { input: "a.mp4" }, { output: "s3://o/x" }] as Json[]).map((input): Row => [
        ...([`if it has ${JSON.stringify(input)}`, lacksVideo(), read(input, EVENT), true] as const),
      ]),
      ...IN_ALL.map((input): Row => [
        `not for ${JSON.stringify(input)}, which is no event`,
        lacksVideo(),
        read(input, input),
        false,
      ]),
    ],
  });
});
