import * as snippets from "../../../../components/workflow/jsonata/executionInput";
import type { Json, JsonObject } from "../../../../contract/asl";
import { fails, type Row, testSnippets } from "./table";

const { givenOutput, inputOrNull, inputUri, outputOrNull, outputUri } = snippets;

const PREFIX = "s3://videos-bucket/output/";
const NO_INPUT = fails("The input of an execution must be like s3://bucket/key, or an Object Created event from S3.");
const NO_OUTPUT = fails("The output of an execution must be like s3://bucket/prefix.");

const event = (key: string): JsonObject => ({ detail: { bucket: { name: "masters" }, object: { key } } });

/** Inputs with the video and the output that they stand for. */
const INPUTS: [what: string, input: Json, video: string, output: string][] = [
  ["an input with an output", { input: "s3://m/a.mp4", output: "s3://o/x" }, "s3://m/a.mp4", "s3://o/x"],
  ["slashes at the end of the output", { input: "s3://m/a.mp4", output: "s3://o/x//" }, "s3://m/a.mp4", "s3://o/x"],
  ["no output", { input: "s3://m/dir/a.mp4" }, "s3://m/dir/a.mp4", `${PREFIX}dir/a.mp4`],
  ["an empty output", { input: "s3://m/a.mp4", output: "" }, "s3://m/a.mp4", `${PREFIX}a.mp4`],
  ["an output of null", { input: "s3://m/a.mp4", output: null }, "s3://m/a.mp4", `${PREFIX}a.mp4`],
  [
    "odd characters",
    { input: `s3://m/it's "5%" + a#b ?é😀://x` },
    `s3://m/it's "5%" + a#b ?é😀://x`,
    `${PREFIX}it's "5%" + a#b ?é😀://x`,
  ],
  ["a key that begins with a slash", { input: "s3://m//a.mp4" }, "s3://m//a.mp4", `${PREFIX}/a.mp4`],
  ["files", { input: "file:///me/my video.mp4", output: "file:///out" }, "file:///me/my video.mp4", "file:///out"],
  ["an event of S3", event("new/é 1.mp4"), "s3://masters/new/é 1.mp4", `${PREFIX}new/é 1.mp4`],
  ["an event besides an input", { ...event("a"), input: "s3://m/b" }, "s3://masters/a", `${PREFIX}a`],
];

/** Inputs that name no video, and what a notice shows as input and output. */
const NONSENSE: [input: Json, video: Json, output: Json][] = [
  [{}, null, null],
  ["hello", null, null],
  [7, null, null],
  [null, null, null],
  [[], null, null],
  [{ input: 3 }, 3, null],
  [{ input: "" }, "", null],
  [{ input: "a.mp4" }, "a.mp4", null],
  [{ input: ["s3://m/a"] }, ["s3://m/a"], null],
  [{ input: { deep: true } }, { deep: true }, null],
  [{ output: "s3://o/x/" }, null, "s3://o/x"],
  [{ output: 5 }, null, 5],
  [{ detail: { object: {} } }, null, null],
];

const given = (input: Json): JsonObject => ({ states: { input } });

describe("JSONata: the execution's input", () => {
  testSnippets<typeof snippets>({
    inputUri: [
      ...INPUTS.map(([what, input, video]): Row => [what, inputUri(), given(input), video]),
      ...NONSENSE.map(([input]): Row => [JSON.stringify(input), inputUri(), given(input), NO_INPUT]),
    ],
    outputUri: [
      ...INPUTS.map(([what, input, , output]): Row => [what, outputUri(PREFIX), given(input), output]),
      ["an output that is no URI", outputUri(PREFIX), given({ input: "s3://m/a", output: "out" }), NO_OUTPUT],
      ["an output that is no text", outputUri(PREFIX), given({ input: "s3://m/a", output: 5 }), NO_OUTPUT],
      ["no video", outputUri(PREFIX), given({}), NO_OUTPUT],
      ["a prefix with an apostrophe", outputUri("s3://it's/"), given({ input: "s3://m/a" }), "s3://it's/a"],
    ],
    inputOrNull: [
      ...INPUTS.map(([what, input, video]): Row => [what, inputOrNull(), given(input), video]),
      ...NONSENSE.map(([input, video]): Row => [JSON.stringify(input), inputOrNull(), given(input), video]),
    ],
    outputOrNull: [
      ...INPUTS.filter(([, input]) => !("output" in (input as JsonObject))).map(([what, input, , output]): Row => [
        what,
        outputOrNull(PREFIX),
        given(input),
        output,
      ]),
      ...NONSENSE.map(([input, , output]): Row => [JSON.stringify(input), outputOrNull(PREFIX), given(input), output]),
    ],
    givenOutput: [
      ["an output", givenOutput(), given({ output: "s3://o/x/" }), "s3://o/x/"],
      ["none", givenOutput(), given({ input: "s3://m/a" }), null],
      ["nonsense", givenOutput(), given(7), null],
    ],
  });
});
