import * as snippets from "../../../../components/workflow/jsonata/event";
import { object } from "../../../../components/workflow/jsonata/code";
import type { JsonObject } from "../../../../contract/asl";
import { type Row, testSnippets } from "./table";

const { eventDetail, eventTarget, failedEvent, PLANNED_MEMBERS, publishedMembers } = snippets;

const execution = { Id: "arn:execution", Name: "a-1", StartTime: "2026-01-01T00:00:00.000Z" };
const contextWith = (Input: JsonObject): JsonObject => ({
  states: { context: { Execution: { ...execution, Input }, StateMachine: { Id: "arn:machine" } } },
});
const input = { input: "s3://m/a.mp4", id: 42 };
const about = {
  version: 1,
  pipeline: "it's",
  execution: "arn:execution",
  executionName: "a-1",
  stateMachine: "arn:machine",
  startTime: "2026-01-01T00:00:00.000Z",
};
const video = { input: "s3://m/a.mp4", output: "s3://o/a" };
const all = { files: true, incomplete: true, damage: true, approved: true };
const published = (known: typeof all): string =>
  `(${"$shown := function($v) {$v};"} ${object(publishedMembers(known))})`;
const files = { manifest: "s3://o/a/manifest.json", playlist: "s3://o/a/hls/master.m3u8" };
const lost = { rendition: "720p", step: "Transcode_720p-1", cause: "No 720p." };

describe("JSONata: events", () => {
  testSnippets<typeof snippets>({
    eventTarget: [
      [
        "the bus and the execution, as JSON",
        eventTarget("it's", "arn:bus"),
        contextWith(input),
        JSON.stringify({ bus: "arn:bus", detail: about }),
      ],
    ],
    eventDetail: [
      [
        "what all events have, with members of its own",
        eventDetail("it's", { a: "'b'", none: "$none" }),
        { ...video, ...contextWith(input) },
        { ...about, ...video, executionInput: input, a: "b" },
      ],
      [
        "no input that is too long",
        eventDetail("it's", {}),
        { ...video, ...contextWith({ input: "x".repeat(16_384) }) },
        { ...about, ...video },
      ],
      [
        "an input that just fits",
        `$length(${eventDetail("it's", {})}.executionInput.input)`,
        { ...video, ...contextWith({ input: "x".repeat(16_384 - '{"input":""}'.length) }) },
        16_384 - '{"input":""}'.length,
      ],
      [
        "nonsense for a video",
        eventDetail("it's", {}),
        { input: null, output: [1], ...contextWith({}) },
        { ...about, input: null, output: "[1]", executionInput: {} },
      ],
    ] as Row[],
    PLANNED_MEMBERS: [
      [
        "where the worker's findings are",
        object(PLANNED_MEMBERS),
        { output: "s3://o/a" },
        { metadata: "s3://o/a/metadata.json", plan: "s3://o/a/plan.json" },
      ],
    ],
    publishedMembers: [
      [
        "a complete video",
        published(all),
        { output: "s3://o/a", missing: [], leftOut: [], damage: {}, approvedBy: "Ada" },
        { status: "SUCCEEDED", ...files, approvedBy: "Ada" },
      ],
      [
        "a video without what failed, and with damage",
        published(all),
        {
          ...{
            output: "s3://o/a",
            missing: [lost, { features: true }],
            leftOut: [{ sound: "stream 2" }],
            approvedBy: null,
          },
          damage: { clause: "with", lines: [], damagedSeconds: 1 },
        },
        { status: "PARTIAL", ...files, missing: ["720p", "features", "stream 2"], damagedSeconds: 1, approvedBy: null },
      ],
      [
        "a video with one thing missing, as a list",
        published({ ...all, incomplete: false, damage: false, approved: false }),
        { output: "s3://o/a", leftOut: [{ sound: "stream 2" }] },
        { status: "SUCCEEDED", ...files, missing: ["stream 2"] },
      ],
      [
        "a video of somebody else's commands",
        published({ files: false, incomplete: false, damage: false, approved: false }),
        {},
        { status: "SUCCEEDED" },
      ],
    ] as Row[],
    failedEvent: [
      ["a failure", failedEvent(), { failure: { error: "States.TaskFailed" } }, "Video Failed"],
      ["a rejection", failedEvent(), { failure: { error: "VideoRejected" } }, "Video Rejected"],
    ],
  });
});
