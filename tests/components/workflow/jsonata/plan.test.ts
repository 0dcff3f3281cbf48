import * as snippets from "../../../../components/workflow/jsonata/plan";
import type { JsonObject } from "../../../../contract/asl";
import { fails, NOTHING, testSnippets } from "./table";

const { hasPart, isPlanned, planFingerprint, plannedChunks, plannedRenditions, plannedSound, submitChunks } = snippets;

const read = (plan: object): JsonObject => ({ states: { result: { Body: JSON.stringify(plan) } } });
const renditions = [{ name: "1080p" }, { name: "720p" }, { name: "480p", encodedWith: "720p" }];

describe("JSONata: the plan", () => {
  testSnippets<typeof snippets>({
    planFingerprint: [
      ["the fingerprint", planFingerprint(), read({ fingerprint: "0a1b" }), "0a1b"],
      ["a plan without", planFingerprint(), read({}), NOTHING],
      [
        "text that is no plan",
        planFingerprint(),
        { states: { result: { Body: "<Error/>" } } },
        fails(`Unexpected token '<', "<Error/>" is not valid JSON`),
      ],
    ],
    plannedRenditions: [
      ["those that have jobs of their own", plannedRenditions(), read({ renditions }), ["1080p", "720p"]],
      ["one, as a list", plannedRenditions(), read({ renditions: [{ name: "480p" }] }), ["480p"]],
      ["none", plannedRenditions(), read({ renditions: [] }), []],
    ],
    plannedChunks: [
      ["of several parts", plannedChunks(), read({ parts: [{ chunks: 1 }, { chunks: 12 }] }), [1, 12]],
      ["of one part, as a list", plannedChunks(), read({ parts: [{ chunks: 3 }] }), [3]],
      ["of no parts", plannedChunks(), read({}), []],
    ],
    plannedSound: [
      ["sound", plannedSound(), read({ audio: [{ name: "audio" }] }), true],
      ["none", plannedSound(), read({}), false],
    ],
    isPlanned: [
      ["a rendition that is made", isPlanned("720p"), { renditions: ["1080p", "720p"] }, true],
      ["a rendition that is not", isPlanned("720p"), { renditions: ["720p60"] }, false],
      ["a name with an apostrophe", isPlanned("it's"), { renditions: ["it's"] }, true],
    ],
    hasPart: [
      ["the last part", hasPart(2), { chunks: [1, 4] }, true],
      ["a part behind the end", hasPart(3), { chunks: [1, 4] }, false],
    ],
    submitChunks: [
      [
        "one chunk, as a plain job",
        submitChunks("{'JobName': $name}", 1),
        { name: "n", chunks: [1, 9] },
        { JobName: "n" },
      ],
      [
        "several, as an array job",
        submitChunks("{'JobName': $name}", 2),
        { name: "n", chunks: [1, 9] },
        { JobName: "n", ArrayProperties: { Size: 9 } },
      ],
    ],
  });
});
