import { block, object } from "../../../../components/workflow/jsonata/code";
import * as snippets from "../../../../components/workflow/jsonata/noticeTexts";
import type { JsonObject } from "../../../../contract/asl";
import { damageReport } from "../../../../contract/damageReport";
import { testSnippets } from "./table";

const { approvalText, failedElsewhereText, failedMembers, failedText, FAILED_STEP } = snippets;
const { incompleteText, MANIFEST, PLAYLIST, readyElsewhereText, readyText } = snippets;

const video = "clip.mp4";
const output = "s3://o";
const files = { preview: "$output & '/p'", poster: "$output & '/q'" };
const context = { Execution: { Id: "arn:execution" }, Task: { Token: "token" } };
const failure = { step: "Package Video", error: "E", cause: "Package Video failed: E.", job: null, log: null };
const missing: JsonObject[] = [
  { features: true, cause: "No features." },
  { rendition: "720p", cause: "No 720p." },
];
const damage = damageReport([
  { fromSeconds: 123.4, toSeconds: 123.5, what: "2 pictures can't be decoded" },
]) as unknown as JsonObject;

/** All of a text at once, with the members of its JSON. */
function whole({ subject, summary, bind = "", members = {}, lines = [] }: snippets.NoticeText): string {
  const named = Object.entries(members).map(([name, value]) => `'${name}': ${value}`);
  return block(
    bind,
    `{'subject': ${subject}, 'summary': ${summary}, 'members': {${named.join(", ")}}, 'lines': [${lines.join(", ")}]}`,
  );
}

describe("JSONata: what notices say", () => {
  testSnippets<typeof snippets>({
    readyText: [
      [
        "a video and its playlist",
        whole(readyText({ playlist: PLAYLIST })),
        { video, output },
        {
          subject: "Video ready: clip.mp4",
          summary: "clip.mp4 is ready: s3://o/hls/master.m3u8",
          members: {},
          lines: [],
        },
      ],
      [
        "a video without a playlist",
        whole(readyText({})),
        { video },
        { subject: "Video ready: clip.mp4", summary: "clip.mp4 is ready.", members: {}, lines: [] },
      ],
      [
        "a video that is damaged, and what it lacks",
        whole(readyText({ playlist: PLAYLIST, damage: true })),
        { video, output, leftOut: [{ sound: "stream 2", cause: "It is in AC-4." }], damage },
        {
          subject: "Video ready, with 0.1 s damaged at 2:03: clip.mp4",
          summary: "clip.mp4 is ready without stream 2, with 0.1 s damaged at 2:03: s3://o/hls/master.m3u8",
          members: {
            missing: [{ sound: "stream 2", cause: "It is in AC-4." }],
            damagedSeconds: 0.1,
            damage: damage["damage"]!,
          },
          lines: ["It is in AC-4.", "Damaged at 2:03.4 for 0.1 s: 2 pictures can't be decoded."],
        },
      ],
    ],
    readyElsewhereText: [
      [
        "a video and its playlist",
        whole(readyElsewhereText("$output & '/a.m3u8'")),
        { video, output },
        {
          subject: "Video ready: clip.mp4",
          summary: "clip.mp4 is ready: s3://o/a.m3u8",
          members: { playlist: "s3://o/a.m3u8" },
          lines: [],
        },
      ],
      ["a video without a playlist", readyElsewhereText(undefined).summary, { video }, "clip.mp4 is ready."],
    ],
    incompleteText: [
      [
        "a video and what it lacks",
        whole(incompleteText({})),
        { video, missing },
        {
          subject: "Video incomplete: clip.mp4",
          summary: "clip.mp4 lacks features, 720p.",
          members: { missing },
          lines: ["No features.", "No 720p.", ""],
        },
      ],
      [
        "a damaged video and what it lacks",
        whole(incompleteText({ damage: true })),
        { video, missing, damage },
        {
          subject: "Video incomplete, with 0.1 s damaged at 2:03: clip.mp4",
          summary: "clip.mp4 lacks features, 720p, with 0.1 s damaged at 2:03.",
          members: { missing, damagedSeconds: 0.1, damage: damage["damage"]! },
          lines: ["No features.", "No 720p.", "Damaged at 2:03.4 for 0.1 s: 2 pictures can't be decoded.", ""],
        },
      ],
      [
        "a cause that two renditions share, once",
        `${whole(incompleteText({}))}.[summary, lines]`,
        { video, missing: [...missing, { rendition: "480p", cause: "No 720p." }] },
        ["clip.mp4 lacks features, 720p, 480p.", "No features.", "No 720p.", ""],
      ],
    ],
    failedText: [
      [
        "a failure without a job",
        whole(failedText("/aws/batch/videos")),
        { video, failure, states: { context } },
        {
          subject: "Video failed at Package Video: clip.mp4",
          summary: "clip.mp4: Package Video failed: E.",
          members: { ...failure, logGroup: "/aws/batch/videos" },
          lines: [
            "Log: /aws/batch/videos",
            "To resume from the failed step: npx video-batch-pipeline redrive arn:execution",
          ],
        },
      ],
      [
        "a failed job and its log",
        `${whole(failedText("it's"))}.lines`,
        { video, failure: { ...failure, job: "42", log: "package/1" }, states: { context } },
        [
          "Log: it's, stream package/1",
          'To see all logs of the step: npx video-batch-pipeline logs arn:execution "Package Video"',
          "To resume from the failed step: npx video-batch-pipeline redrive arn:execution",
        ],
      ],
    ],
    failedElsewhereText: [
      [
        "a failure without a job",
        whole(failedElsewhereText("/aws/batch/videos")),
        { video, failure },
        {
          subject: "Video failed at Package Video: clip.mp4",
          summary: "clip.mp4: Package Video failed: E.",
          members: { ...failure, logGroup: "/aws/batch/videos" },
          lines: [],
        },
      ],
      [
        "a failed job and its log",
        `${whole(failedElsewhereText("it's"))}.lines`,
        { video, failure: { ...failure, job: "42", log: "package/1" } },
        ["Log: it's, stream package/1"],
      ],
    ],
    failedMembers: [
      ["all that is known", object(failedMembers("/logs")), { failure }, { ...failure, logGroup: "/logs" }],
    ],
    FAILED_STEP: [["the step", FAILED_STEP, { failure }, "Package Video"]],
    approvalText: [
      [
        "a video, and how to answer",
        whole(approvalText(600, "reject", files)),
        { video, output, states: { context } },
        {
          subject: "Approval needed: clip.mp4",
          summary: "clip.mp4 waits for approval until 2026-01-01T00:10:00.000Z and is then rejected.",
          members: {
            preview: "s3://o/p",
            poster: "s3://o/q",
            until: "2026-01-01T00:10:00.000Z",
            defaultAnswer: "reject",
            approve: "npx video-batch-pipeline approve arn:execution",
            reject: "npx video-batch-pipeline reject arn:execution",
            token: "token",
          },
          lines: [
            "Preview: s3://o/p",
            "Poster: s3://o/q",
            "",
            "To approve: npx video-batch-pipeline approve arn:execution",
            'To reject: npx video-batch-pipeline reject arn:execution --cause "Why"',
            "",
          ],
        },
      ],
      [
        "a video that is known to be damaged",
        `${whole(approvalText(600, "reject", files))}.[subject, summary, members.damage[0].what, lines[2]]`,
        { video, output, states: { context }, damage },
        [
          "Approval needed: clip.mp4",
          "clip.mp4, with 0.1 s damaged at 2:03, waits for approval until 2026-01-01T00:10:00.000Z and is then rejected.",
          "2 pictures can't be decoded",
          "Damaged at 2:03.4 for 0.1 s: 2 pictures can't be decoded.",
        ],
      ],
      [
        "the other answer, without anything to look at",
        `${whole(approvalText(60, "approve"))}.[summary, $count(lines)]`,
        { video, states: { context } },
        ["clip.mp4 waits for approval until 2026-01-01T00:01:00.000Z and is then approved.", 3],
      ],
    ],
    MANIFEST: [["the manifest", MANIFEST, { output }, "s3://o/manifest.json"]],
    PLAYLIST: [["the playlist", PLAYLIST, { output }, "s3://o/hls/master.m3u8"]],
  });
});
