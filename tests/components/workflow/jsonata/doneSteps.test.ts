import * as snippets from "../../../../components/workflow/jsonata/doneSteps";
import type { Json, JsonObject } from "../../../../contract/asl";
import { testSnippets } from "./table";

const { DONE_BUCKET, DONE_PREFIX, doneKey, doneLocation, doneSteps, isDone } = snippets;

const context = { Execution: { Name: "one" } };
const doneIn = { bucket: "b", prefix: "out/work/done/one/" };
const listed = (result: Json): JsonObject => ({ states: { result } });

describe("JSONata: steps that are done", () => {
  const location = doneLocation("$output", "work/done/");
  testSnippets<typeof snippets>({
    doneLocation: [
      ["below an output in S3", location, { output: "s3://b/out", states: { context } }, doneIn],
      [
        "below a bucket",
        location,
        { output: "s3://b", states: { context } },
        { bucket: "b", prefix: "work/done/one/" },
      ],
      [
        "below a folder",
        location,
        { output: "file:///my out", states: { context } },
        { bucket: "", prefix: "my out/work/done/one/" },
      ],
    ],
    DONE_BUCKET: [["the bucket", DONE_BUCKET, { doneIn }, "b"]],
    DONE_PREFIX: [["the prefix", DONE_PREFIX, { doneIn }, "out/work/done/one/"]],
    doneKey: [
      ["the key of a step's object", doneKey("Transcode_it's-1"), { doneIn }, "out/work/done/one/Transcode_it's-1"],
    ],
    doneSteps: [
      ["none", doneSteps(), listed({ KeyCount: 0 }), []],
      [
        "one, as a list",
        doneSteps(),
        listed({ Contents: [{ Key: "o/work/done/one/Transcode_a-1" }] }),
        ["Transcode_a-1"],
      ],
      ["several", doneSteps(), listed({ Contents: [{ Key: "x/A B" }, { Key: "C" }] }), ["A B", "C"]],
    ],
    isDone: [
      ["a step that is", isDone("Extract Features"), { done: ["a", "Extract Features"] }, true],
      ["a step that is not", isDone("Extract Features"), { done: ["Extract Features 2"] }, false],
      ["no step is", isDone("Extract Features"), { done: [] }, false],
      ["an execution that began before there were records", isDone("Extract Features"), {}, false],
    ],
  });
});
