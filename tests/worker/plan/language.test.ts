import assert from "node:assert/strict";
import fc from "fast-check";

import { languageName, languageTag, mediaLanguageCode } from "../../../worker/plan/language";
import { THREE_LETTERS } from "../../../worker/plan/languageCodes";

/** Languages whose three letters in catalogues of libraries (ISO 639-2/B) are not those of MP4 (639-2/T). */
const BIBLIOGRAPHIC = Object.entries({
  ...{ alb: "sq", arm: "hy", baq: "eu", bur: "my", chi: "zh", cze: "cs", dut: "nl", fre: "fr", geo: "ka", ger: "de" },
  ...{ gre: "el", ice: "is", mac: "mk", mao: "mi", may: "ms", per: "fa", rum: "ro", slo: "sk", tib: "bo", wel: "cy" },
});

describe("languageTag", () => {
  const cases: [stated: string | undefined, tag: string | undefined][] = [
    ["deu", "de"],
    ["ENG", "en"],
    ["en-us", "en-US"],
    ["en-UK", "en-GB"],
    ["pt_BR", "pt-BR"],
    ["de_AT.UTF-8", "de-AT"],
    ["zh-hant-tw", "zh-Hant-TW"],
    ["zh-yue", "yue"],
    ["zh-cmn-Hans-CN", "zh-Hans-CN"],
    ["sgn-ase", "ase"],
    ["zh-xyz", undefined],
    ["cmn", "zh"],
    ["iw", "he"],
    ["es-419", "es-419"],
    ["en-QQ", "en"],
    ["de-1996", "de"],
    ["qaa", "qaa"],
    ["zxx", "zxx"],
    ["english", "en"],
    ["English", "en"],
    [" German ", "de"],
    ["Deutsch", "de"],
    ["français", "fr"],
    ["日本語", "ja"],
    ["und", undefined],
    ["UND", undefined],
    ["mul", undefined],
    ["mis", undefined],
    ["und-US", undefined],
    ["xyz", undefined],
    ["xx", undefined],
    ["klingons", undefined],
    ["x-private", undefined],
    ["not a language", undefined],
    ["eng,fre", undefined],
    ['en"', undefined],
    ["\u0000\u0000\u0000", undefined],
    ["", undefined],
    [undefined, undefined],
  ];
  for (const [stated, tag] of cases) it(`makes ${tag} of ${stated}`, () => assert.equal(languageTag(stated), tag));

  it("has two letters for every language that has them, whichever three are stated", () => {
    for (const [two, three] of THREE_LETTERS) assert.deepEqual([languageTag(three), languageTag(two)], [two, two]);
    for (const [three, two] of BIBLIOGRAPHIC) assert.equal(languageTag(three), two);
    assert.equal(THREE_LETTERS.size, 181);
  });

  it("makes a canonical tag or none of any text", () => {
    const texts = fc.oneof(fc.string(), fc.stringMatching(/^[a-zA-Z]{1,9}([-_][a-zA-Z0-9]{1,9}){0,3}$/));
    fc.assert(
      fc.property(texts, (text) => {
        const tag = languageTag(text);
        if (tag === undefined) return;
        assert.match(tag, /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/);
        assert.deepEqual([Intl.getCanonicalLocales(tag)[0], languageTag(tag)], [tag, tag]);
      }),
    );
  });
});

describe("mediaLanguageCode", () => {
  const cases: [stated: string | undefined, code: string | undefined][] = [
    ["ger", "deu"],
    ["de", "deu"],
    ["fre", "fra"],
    ["pt-BR", "por"],
    ["english", "eng"],
    ["gsw", "gsw"],
    ["tw", "aka"],
    ["mul", undefined],
    ["nonsense", undefined],
    [undefined, undefined],
  ];
  for (const [stated, code] of cases)
    it(`makes ${code} of ${stated}`, () => assert.equal(mediaLanguageCode(stated), code));
});

describe("languageName", () => {
  const cases: [stated: string, name: string | undefined][] = [
    ["ger", "Deutsch"],
    ["french", "Français"],
    ["gsw", "Schwiizertüütsch"],
    ["mul", undefined],
    ["qaa", undefined],
  ];
  for (const [stated, name] of cases) it(`makes ${name} of ${stated}`, () => assert.equal(languageName(stated), name));
});
