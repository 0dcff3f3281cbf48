import assert from "node:assert/strict";

import { expression } from "../../../../components/workflow/jsonata/code";
import { eventDetail, publishedMembers } from "../../../../components/workflow/jsonata/event";
import { failedMembers } from "../../../../components/workflow/jsonata/noticeTexts";
import type { Json } from "../../../../contract/asl";
import { damageReport, MAX_REPORTED_DAMAGE } from "../../../../contract/damageReport";
import { VIDEO_EVENTS } from "../../../../contract/videoEvents";
import { entrySize, MAX_REQUEST_BYTES } from "../../../../runner/eventBridge/entry";
import { Evaluator } from "../../../../runner/stateMachine/expressions";

/** Characters of four bytes in UTF-8, of which JSONata counts each as one. */
const wide = (length: number): string => "\u{1F3AC}".repeat(length);
const arn = `arn:aws-us-gov:states:us-gov-west-1:123456789012:execution:${"x".repeat(80)}`;
const uri = `s3://${"b".repeat(63)}/${wide(256)}`;
const stretches = Array.from({ length: MAX_REPORTED_DAMAGE + 9 }, (_, index) => ({
  ...{ fromSeconds: index + 0.123, toSeconds: index + 0.456, what: wide(1000) },
}));

const VARIABLES: Record<string, Json> = {
  ...{ input: wide(262_144), approvedBy: wide(65_536) },
  missing: Array.from({ length: 100 }, (_, index) => ({ rendition: `${"r".repeat(60)}${index}` })),
  leftOut: Array.from({ length: 100 }, (_, index) => ({ sound: `stream ${index}` })),
  damage: damageReport(stretches) as unknown as Json,
  failure: { step: "s".repeat(80), error: wide(256), cause: wide(2000), job: "j".repeat(64), log: wide(512) },
};

async function sizeOf(members: Record<string, string>, executionInput: string): Promise<number> {
  const context = {
    Execution: { Id: arn, Name: "x".repeat(80), StartTime: "2026-11-30T00:00:00.000Z", Input: executionInput },
    StateMachine: { Id: arn },
  };
  const detail = await new Evaluator({ now: () => 0, random: () => 0 }).evaluate(
    expression(eventDetail("n".repeat(80), members)),
    "Detail",
    "State",
    { ...VARIABLES, output: uri, states: { context } },
  );
  const entry = { Source: "video-batch-pipeline", DetailType: VIDEO_EVENTS.published, Resources: [arn, arn] };
  return entrySize({ ...entry, Detail: JSON.stringify(detail) });
}

describe("the largest event", () => {
  const published = publishedMembers({ files: true, incomplete: true, damage: true, approved: true });
  const EVENTS: [what: string, members: Record<string, string>][] = [
    ["published video", published],
    ["failed one", failedMembers("g".repeat(512))],
  ];
  for (const [what, members] of EVENTS) {
    it(`about a ${what} is far from EventBridge's limit, whatever its execution's input`, async () => {
      const longest = await sizeOf(members, wide(16_384));
      assert.ok(longest > 65_000 && longest < MAX_REQUEST_BYTES / 1.5, `${longest} bytes`);
      assert.ok((await sizeOf(members, wide(16_385))) < longest - 65_000);
    });
  }
});
