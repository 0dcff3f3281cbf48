import assert from "node:assert/strict";

import { languageTag } from "../../../worker/plan/language";

describe("languageTag", () => {
  const cases: [stated: string | undefined, tag: string | undefined][] = [
    ["ger", "de"],
    ["deu", "de"],
    ["chi", "zh"],
    ["en-us", "en-US"],
    ["qaa", "qaa"],
    ["und", undefined],
    ["not a language", undefined],
    [undefined, undefined],
  ];
  for (const [stated, tag] of cases) it(`makes ${tag} of ${stated}`, () => assert.equal(languageTag(stated), tag));
});
