import assert from "node:assert/strict";

import fc from "fast-check";

import * as states from "../../contract/states";

const { AUDIO_STATES, encodesRendition, FEATURES_STATES, isBookkeeping, renditionStates } = states;
const LINE = Object.values(states).filter((value) => typeof value === "string" && value !== states.FEATURES);
/** As an argument may name a rendition. */
const NAME = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/).filter((name) => name !== "audio" && name !== states.FEATURES);
const PARTS = [1, 2, 10, 21];

function namesOf(rendition: string): string[] {
  const { check, transcode, recordDone, skip, readCause, failed } = renditionStates(rendition);
  return [skip, readCause, failed, ...PARTS.flatMap((part) => [check(part), transcode(part), recordDone(part)])];
}

describe("the names of states", () => {
  it("are these of a rendition", () => {
    const { check, transcode, recordDone, ...others } = renditionStates("720p");
    assert.deepEqual([check(1), transcode(2), recordDone(10)], ["Check_720p-1", "Transcode_720p-2", "Done_720p-10"]);
    assert.deepEqual(others, { skip: "Skip_720p", readCause: "Read Cause of 720p", failed: "Transcode_720p Failed" });
  });

  it("are unique, whatever the renditions are called", () => {
    const others = [...LINE, ...Object.values(AUDIO_STATES), ...Object.values(FEATURES_STATES)];
    assert.equal(others.length, 16 + 5 + 6);
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(NAME, fc.constantFrom("a", "a-1", "a-1-1", "a-2", "1"))), (renditions) => {
        const all = [...others, ...renditions.flatMap(namesOf)];
        assert.equal(new Set(all).size, all.length);
      }),
    );
  });

  it("are short enough for Step Functions with the longest name of a rendition", () => {
    assert.ok(namesOf("x".repeat(60)).every((name) => name.length <= 80));
  });

  it("say which rendition a state encodes", () => {
    const encoded = [
      "Transcode_a-1",
      "Transcode_a-1-2",
      "Transcode_a Failed",
      "Transcode_a-",
      "Done_a-1",
      "Transcode_b-1",
    ];
    assert.deepEqual(
      encoded.filter((name) => encodesRendition(name, "a")),
      ["Transcode_a-1"],
    );
    assert.deepEqual(
      encoded.filter((name) => encodesRendition(name, "a-1")),
      ["Transcode_a-1-2"],
    );
  });

  it("say what is bookkeeping", () => {
    assert.deepEqual(LINE.filter(isBookkeeping).sort(), ["Find Done Jobs", "Notify Failure", "Read Cause"]);
    assert.deepEqual(Object.values(AUDIO_STATES).filter(isBookkeeping), ["Done_audio"]);
    assert.deepEqual(Object.values(FEATURES_STATES).filter(isBookkeeping), ["Done_features", "Read Cause of features"]);
    assert.deepEqual(namesOf("720p").filter(isBookkeeping), [
      "Read Cause of 720p",
      ...PARTS.map((part) => `Done_720p-${part}`),
    ]);
  });
});
