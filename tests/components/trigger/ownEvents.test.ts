import { strict as assert } from "node:assert";

import { matchesPattern } from "../../../components/eventPattern/matchesPattern";
import { ANY_ARNS, serviceEvents, videoEvents } from "../../../components/trigger/ownEvents";
import { VIDEO_EVENTS } from "../../../contract/videoEvents";
import { runScripted } from "../../../testing";
import { objectCreated } from "../../support/aws/objectCreated";
import { IMAGE, synthesisePipeline } from "../../support/pipeline";

/** A pattern that an event matches by each value that it has, of those that a pattern can name. */
function patternOf(event: object): object {
  return Object.fromEntries(
    Object.entries(event).flatMap(([name, value]: [string, unknown]) => {
      if (Array.isArray(value)) return value.length > 0 && typeof value[0] !== "object" ? [[name, value]] : [];
      return [[name, typeof value === "object" && value !== null ? patternOf(value) : [value]]];
    }),
  );
}

describe("what a pipeline causes itself", () => {
  it("has every event that it sends, with all members", async () => {
    const plain = await synthesisePipeline({ image: IMAGE, events: {} });
    const rejecting = await synthesisePipeline({ image: IMAGE, events: {}, approval: {} });
    const runs = [
      await runScripted(plain),
      await runScripted(plain, {
        script: ({ command }) => (command[1] === "package" ? { seconds: 1, exitCode: 2 } : undefined),
      }),
      await runScripted(rejecting),
    ];
    const events = runs.flatMap((run) => run.events ?? []);
    const kinds = new Set<string>();
    for (const { source, detailType, detail, resources } of events) {
      const event = { "version": "0", "id": "1", source, "detail-type": detailType, resources, detail };
      const pattern = patternOf(event);
      assert.ok(matchesPattern(pattern, event));
      assert.ok(
        videoEvents("videos").events.some((own) => matchesPattern(pattern, own)),
        JSON.stringify(pattern),
      );
      assert.ok(!videoEvents("others").events.some((own) => matchesPattern(pattern, own)));
      kinds.add(detailType);
    }
    // Only the worker itself sends that a video is playable.
    assert.deepEqual([...kinds, VIDEO_EVENTS.playable].sort(), Object.values(VIDEO_EVENTS).sort());
  });

  it("has S3's events about its outputs, and about no other objects", () => {
    const found = (key: string, bucket = "videos-bucket"): boolean => {
      const pattern = patternOf(objectCreated(key, { bucket }));
      const own = serviceEvents({ outputPrefix: "output/", bucket: "videos-bucket", ...ANY_ARNS });
      return own.some(({ events }) => events.some((event) => matchesPattern(pattern, event)));
    };
    assert.ok(found("output/talk.mp4/manifest.json"));
    assert.ok(!found("uploads/talk.mp4"));
    assert.ok(!found("output/talk.mp4/manifest.json", "masters"));
  });
});
