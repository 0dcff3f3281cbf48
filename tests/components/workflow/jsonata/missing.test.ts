import * as snippets from "../../../../components/workflow/jsonata/missing";
import { NOTHING, testSnippets } from "./table";

const {
  describeIncomplete,
  firstFailedRendition,
  isIncomplete,
  lacksAllRenditions,
  missingAsJson,
  missingNames,
  nameList,
  allOmissions,
  renditionOmissions,
  RENDITION_COUNT,
  sharedOmissions,
} = snippets;

const features = { features: true, step: "Extract Features", cause: "Extract Features failed." };
const lost = ["720p", "480p"].map((rendition) => ({
  rendition,
  step: `Transcode_${rendition}-1`,
  cause: `No ${rendition}.`,
}));
const missing = [features, ...lost];

describe("JSONata: what is missing", () => {
  const json = (text: object): string => JSON.stringify(text);
  testSnippets<typeof snippets>({
    renditionOmissions: [
      [
        "those of branches that failed",
        renditionOmissions(),
        { states: { result: [{}, lost[0]!, {}, lost[1]!] } },
        lost,
      ],
      ["one, as a list", renditionOmissions(), { states: { result: [{}, lost[0]!] } }, [lost[0]!]],
      ["none", renditionOmissions(), { states: { result: [{}, {}] } }, []],
    ],
    sharedOmissions: [
      [
        "with those that their jobs would have encoded too",
        sharedOmissions(),
        {
          states: { result: [{}, lost[0]!, lost[1]!] },
          encodedTogether: { "720p": ["360p", "240p"], "1080p": ["90p"] },
        },
        [lost[0]!, { ...lost[0]!, rendition: "360p" }, { ...lost[0]!, rendition: "240p" }, lost[1]!],
      ],
      ["one, as a list", sharedOmissions(), { states: { result: [{}, lost[0]!] }, encodedTogether: {} }, [lost[0]!]],
      ["none", sharedOmissions(), { states: { result: [{}, {}] }, encodedTogether: { "720p": ["360p"] } }, []],
    ],
    allOmissions: [
      ["everything", allOmissions(), { states: { result: [features, { missing: lost }] } }, missing],
      ["the features alone", allOmissions(), { states: { result: [features, {}] } }, [features]],
      ["a rendition alone", allOmissions(), { states: { result: [{}, { missing: [lost[0]!] }] } }, [lost[0]!]],
      ["nothing", allOmissions(), { states: { result: [{}, { missing: [] }] } }, []],
    ],
    isIncomplete: [
      ["something is missing", isIncomplete(), { missing: [features] }, true],
      ["nothing is", isIncomplete(), { missing: [] }, false],
    ],
    lacksAllRenditions: [
      ["all of two", lacksAllRenditions("2"), { missing }, true],
      ["two of three", lacksAllRenditions("3"), { missing }, false],
      [
        "two of the same job, of two",
        lacksAllRenditions("2"),
        { missing: [lost[0]!, { ...lost[0]!, rendition: "360p" }] },
        false,
      ],
      ["the features alone", lacksAllRenditions("1"), { missing: [features] }, false],
      ["all that are planned", lacksAllRenditions(RENDITION_COUNT), { missing, renditions: 2 }, true],
    ],
    RENDITION_COUNT: [["a number", RENDITION_COUNT, { renditions: 1 }, 1]],
    firstFailedRendition: [
      ["a failure", firstFailedRendition(), { missing }, lost[0]!],
      ["none", firstFailedRendition(), { missing: [features] }, NOTHING],
    ],
    missingAsJson: [
      [
        "all of it, with shortened causes",
        missingAsJson(5),
        { missing },
        json({ renditions: ["720p", "480p"], features: true, causes: ["Extra", "No 72", "No 48"] }),
      ],
      [
        "two renditions that the same job would have encoded, with its cause once",
        missingAsJson(99),
        { missing: [lost[0]!, { ...lost[0]!, rendition: "360p" }] },
        json({ renditions: ["720p", "360p"], features: false, causes: ["No 720p."] }),
      ],
      [
        "one rendition",
        missingAsJson(99),
        { missing: [lost[0]!] },
        json({ renditions: ["720p"], features: false, causes: ["No 720p."] }),
      ],
      ["nothing", missingAsJson(99), { missing: [] }, json({ renditions: [], features: false, causes: [] })],
    ],
    missingNames: [
      ["several", missingNames(), { missing }, "features, 720p, 480p"],
      ["one", missingNames(), { missing: [features] }, "features"],
    ],
    nameList: [
      [
        "several, sound too",
        nameList("$missing"),
        { missing: [...missing, { sound: "stream 2" }] },
        ["features", "720p", "480p", "stream 2"],
      ],
      ["one, as a list", nameList("$missing"), { missing: [features] }, ["features"]],
      ["none", nameList("$missing"), { missing: [] }, []],
    ],
    describeIncomplete: [
      [
        "the names and the first cause",
        describeIncomplete(),
        { missing },
        "The video lacks features, 720p, 480p. Extract Features failed.",
      ],
    ],
  });
});
