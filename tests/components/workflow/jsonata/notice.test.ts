import * as snippets from "../../../../components/workflow/jsonata/notice";
import type { JsonObject } from "../../../../contract/asl";
import { type Row, testSnippets } from "./table";

const { notice, noticeMessage, noticeSubject } = snippets;

const context = { Execution: { Id: "arn:execution" }, StateMachine: { Id: "arn:machine" } };
const about = { execution: "arn:execution", stateMachine: "arn:machine" };
const video = { input: "s3://m/dir/clip.mp4", output: "s3://o" };

/** Values that an execution may have for input and output, and what a notice shows of them. */
const SHOWN: [what: string, value: JsonObject[string], shown: JsonObject[string]][] = [
  ["null", null, null],
  ["a number", 3, "3"],
  ["an object", { deep: true }, '{"deep":true}'],
  ["a list", [1, 2], "[1,2]"],
  ["endless text", "x".repeat(250_000), "x".repeat(2048)],
];

/** Inputs, and what their video is called. */
const NAMES: [what: string, input: JsonObject[string], name: string][] = [
  ["a file in a folder", "s3://m/dir/clip.mp4", "clip.mp4"],
  ["other letters", "s3://m/Ümlaut 映画 🎬.mp4", "Ümlaut 映画 🎬.mp4"],
  ["a name without end", `s3://m/${"x".repeat(400)}`, "x".repeat(255)],
  ["a folder", "s3://m/dir/", ""],
  ["empty text", "", "The video"],
  ["null", null, "The video"],
  ["an object", { a: 1 }, "The video"],
];

describe("JSONata: notices", () => {
  const summary = "$video & ' is ready.'";
  const bindings = { ...video, states: { context } };
  const content = { status: "SUCCEEDED", summary } as const;
  testSnippets<typeof snippets>({
    notice: [
      [
        "what all notices have",
        notice(content),
        bindings,
        { status: "SUCCEEDED", summary: "clip.mp4 is ready.", ...about, ...video },
      ],
      [
        "members of its own, with what is bound for them",
        notice({ ...content, bind: "$a := 'b';", members: { a: "$a", none: "$none" } }),
        bindings,
        { status: "SUCCEEDED", summary: "clip.mp4 is ready.", ...about, ...video, a: "b" },
      ],
      ...SHOWN.map(([what, value, shown]): Row => [
        `${what} for an input and output`,
        notice({ ...content, summary: "''" }),
        { input: value, output: value, states: { context } },
        { status: "SUCCEEDED", summary: "", ...about, input: shown, output: shown },
      ]),
      ...NAMES.map(([what, input, name]): Row => [
        `the name of ${what}`,
        `${notice({ ...content, summary: "$video" })}.summary`,
        { ...bindings, input },
        name,
      ]),
    ],
    noticeMessage: [
      [
        "JSON for programs and text for people",
        `$parse(${noticeMessage({ ...content, lines: ["'a'", "$none", "$list", "''"] })})`,
        { ...bindings, list: ["b", "c"] },
        {
          default: JSON.stringify({ status: "SUCCEEDED", summary: "clip.mp4 is ready.", ...about, ...video }),
          email: "clip.mp4 is ready.\n\na\nb\nc\n\nExecution: arn:execution",
        },
      ],
    ],
    noticeSubject: [
      ["the video and the pipeline", noticeSubject("'Ready: ' & $video", "videos"), video, "Ready: clip.mp4 - videos"],
      ["characters that SNS does not take", noticeSubject("$video", "p"), { input: "s3://m/Ü 映\n🎬" }, "? ???? - p"],
      ["99 characters", noticeSubject("$video", "p"), { input: `s3://m/${"x".repeat(200)}` }, "x".repeat(99)],
    ],
  });
});
