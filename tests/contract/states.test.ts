import assert from "node:assert/strict";

import fc from "fast-check";

import * as states from "../../contract/states";

const { AUDIO_STATES, encodesRendition, FEATURES_STATES, isBookkeeping, renditionStates } = states;
const LINE = Object.values(states).filter((value) => typeof value === "string");
/** As an argument may name a rendition. */
const NAME = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/).filter((name) => name !== "audio");
const PARTS = [1, 2, 10, 21];

function namesOf(rendition: string): string[] {
  const { check, transcode, skip, readCause, fail } = renditionStates(rendition);
  return [skip, readCause, fail, ...PARTS.flatMap((part) => [check(part), transcode(part)])];
}

/** The states that send events, in the order of their names. */
const SENDING = ["Send Video Failed", "Send Video Planned", "Send Video Published"];

describe("the names of states", () => {
  it("are these of a rendition", () => {
    const { check, transcode, ...others } = renditionStates("720p");
    assert.deepEqual([check(1), transcode(10)], ["Check_720p-1", "Transcode_720p-10"]);
    assert.deepEqual(others, { skip: "Skip_720p", readCause: "Read Cause_720p", fail: "Fail_720p" });
  });

  it("are unique, whatever the renditions are called", () => {
    const others = [...new Set([...LINE, ...Object.values(AUDIO_STATES), ...Object.values(FEATURES_STATES)])];
    assert.equal(others.length, 22 + 5 + 4);
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(NAME, fc.constantFrom("a", "a-1", "a-1-1", "a-2", "1"))), (renditions) => {
        const all = [...others, ...renditions.flatMap(namesOf)];
        assert.equal(new Set(all).size, all.length);
      }),
    );
  });

  it("begin with a verb, and join what belongs to a track as AWS's tutorial does", () => {
    const verbs = "Ask for|Await|Check|Extract|Fail|Notify|Package|Process|Read|Send|Skip|Transcode";
    const words = new RegExp(`^(?:${verbs})(?: [A-Z][a-z]+){1,3}$`);
    const track = new RegExp(`^(?:${verbs}|Read Cause)_(?:audio|720p)(?:-\\d+)?$`);
    const others = [...LINE, ...Object.values(FEATURES_STATES), ...Object.values(AUDIO_STATES), ...namesOf("720p")];
    assert.deepEqual(
      others.filter((name) => name !== "Read Cause of Features" && !words.test(name) && !track.test(name)),
      [],
    );
  });

  it("are short enough for Step Functions with the longest name of a rendition", () => {
    assert.ok(namesOf("x".repeat(60)).every((name) => name.length <= 80));
  });

  it("say which rendition a state encodes", () => {
    const encoded = ["Transcode_a-1", "Transcode_a-1-2", "Fail_a-1", "Transcode_a-", "Check_a-1", "Transcode_b-1"];
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
    assert.deepEqual(LINE.filter(isBookkeeping).sort(), ["Notify Failure", "Read Cause", "Read Damage", ...SENDING]);
    assert.deepEqual(Object.values(AUDIO_STATES).filter(isBookkeeping), ["Read Cause_audio"]);
    assert.deepEqual(Object.values(FEATURES_STATES).filter(isBookkeeping), ["Read Cause of Features"]);
    assert.deepEqual(namesOf("720p").filter(isBookkeeping), ["Read Cause_720p"]);
  });
});
