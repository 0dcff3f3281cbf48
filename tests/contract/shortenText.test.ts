import assert from "node:assert/strict";
import fc from "fast-check";

import { characters, endOfText, shortenText } from "../../contract/shortenText";

const FAMILY = "👩‍👩‍👧‍👦";

describe("shortenText", () => {
  const cases: [what: string, text: string, length: number, short: string][] = [
    ["leaves a text that fits", "abc", 3, "abc"],
    ["cuts letters", "abcd", 3, "abc"],
    ["leaves out a character of two units that only half fits", "ab😀", 3, "ab"],
    ["leaves out a flag that only half fits", "a🇩🇪🇫🇷", 7, "a🇩🇪"],
    ["leaves out a family that only partly fits", `a${FAMILY}`, 8, "a"],
    ["leaves out a letter whose accent doesn't fit", "abe\u0301", 3, "ab"],
    ["leaves out a syllable whose last letter doesn't fit", "가각\u1100\u1161\u11a8", 4, "가각"],
    ["cuts a first character of many accents between them", `e${"\u0301".repeat(9)}`, 4, "e\u0301\u0301\u0301"],
    ["cuts a first character of many emoji between them", FAMILY, 4, "👩\u200d"],
    ["returns nothing where nothing fits", "😀", 1, ""],
  ];
  for (const [what, text, length, short] of cases) {
    it(what, () => assert.equal(shortenText(text, length), short));
  }

  it("makes well-formed text of at most the length, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), fc.nat(30), (text, length) => {
        const [short, end] = [shortenText(text, length), endOfText(text, length)];
        assert.ok(short.length <= length && end.length <= length);
        assert.doesNotMatch(short + end, /\p{Surrogate}/u);
        assert.ok(text.startsWith(short) && text.endsWith(end));
      }),
    );
  });
});

describe("endOfText", () => {
  it("leaves out a character that only half fits", () => assert.equal(endOfText("a😀b", 2), "b"));
});

describe("characters", () => {
  it("are what a reader counts", () => assert.deepEqual(characters(`e\u0301${FAMILY}🇩🇪`), ["e\u0301", FAMILY, "🇩🇪"]));
});
